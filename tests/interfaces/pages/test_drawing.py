from fractions import Fraction
from xml.etree import ElementTree as ET

from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from gongxin.interfaces.pages.drawing import SHEETS, Bar, Point, bars, line

shares = st.none() | st.fractions(0, 1)


@given(st.lists(shares, max_size=20))
def test_a_bar_is_as_long_as_its_share_and_never_leaves_the_sheet(told: list[Fraction | None]) -> None:
    for drawing in bars([Bar(str(place), share, "") for place, share in enumerate(told)]):
        [sheet] = [one for one in SHEETS if one.name == drawing.sheet]
        room = sheet.width - sheet.labels - sheet.words
        for drawn in drawing.bars:
            assert abs(drawn.width - room * float(drawn.bar.share or 0)) < 1
            assert drawn.x + drawn.width <= drawing.width
            assert drawn.y + drawing.thick <= drawing.height


@given(st.lists(shares, max_size=24))
def test_a_line_never_bridges_a_month_without_data(told: list[Fraction | None]) -> None:
    for drawing in line([Point(str(place), share, "") for place, share in enumerate(told)]):
        runs = "".join("x" if share is not None else " " for share in told).split()
        assert [len(piece.split()) for piece in drawing.pieces] == [len(run) for run in runs]
        assert all(drawn.y is None or 0 <= drawn.y <= drawing.foot for drawn in drawing.points)


def test_nothing_is_drawn_of_nothing() -> None:
    assert bars([]) == bars([Bar("a", None, "no data")]) == ()
    assert line([Point("a", Fraction(1), "100")]) == ()


def test_a_picture_has_a_title_a_description_and_every_value_in_words() -> None:
    drawings = bars(
        [Bar("示范市 <b>", Fraction(1, 2), "50.0 · 二级", "expected"), Bar("乙", None, "没有数据")]
    )

    drawn = render_to_string(
        "parts/bars.html", {"drawings": drawings, "id": "x", "title": "题", "desc": "述"}
    )

    tree = ET.fromstring(drawn)  # noqa: S314 (our own)
    titles = [node.text for node in tree.iter() if node.tag.endswith("title")]
    assert titles == ["题", "题"]
    assert "50.0 · 二级" in drawn
    assert "没有数据" in drawn
    assert "<b>" not in drawn
