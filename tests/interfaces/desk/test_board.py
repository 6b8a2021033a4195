"""The quality board: an agency sees its own, the centre all; every figure leads to rows with that sum."""

import re
from html import unescape

import pytest
from cast import AT, BUREAU, LIN, firm_code
from desk_cast import Cast
from django.test import Client
from sending import csv_of, penalty, sent

from gongxin.flows.quality import rebuild
from gongxin.registry.accounts.models import Agency
from gongxin.registry.quality.models import QualityMonth

BOARD = "/desk/board/"


def fine(number: int, **changes: str) -> dict[str, str]:
    own = {
        "CF_XDR_SHXYM": firm_code(number),
        "CF_XDR_MC": f"示范第{number}机械有限公司",
        "CF_WSH": f"示环罚〔2026〕{number}号",
        "CF_JDRQ": "2026-11-18",
    }
    return penalty(**own | changes)


@pytest.fixture
def reported(cast: Cast) -> None:
    """The regulator is late once and wrong once, the bureau has nothing against it."""
    rows = csv_of(fine(1), fine(2, CF_JDRQ="2026-10-12"), fine(3, CF_JDRQ="2026-02-30"))
    sent(rows, agency=cast.regulator)
    sent(csv_of(fine(4, CF_CFJGDM=BUREAU, served_on="2026-11-19")), agency=cast.bureau)
    Agency.objects.filter(id=cast.bureau.id).update(region="990101")


def page(client: Client, address: str = BOARD) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return unescape(response.content.decode())


def links(text: str) -> list[tuple[str, str]]:
    """Return the address and words of every link to the rows behind a figure."""
    return re.findall(r'<a href="(/desk/board/rows/\?[^"]*)">([^<]*)</a>', text)


def test_the_centre_sees_every_agency_and_an_agency_only_itself(
    reported: None, zhao: Client, lin: Client, auditor: Client
) -> None:
    for everyone in (page(zhao), page(auditor)):
        assert "示范市生态环境局" in everyone
        assert "示范市青禾区" not in everyone
        assert "青禾区" in everyone  # a region by its name
    own = page(lin)
    assert "示范市生态环境局" not in own
    assert "按单位" not in own


def test_the_score_is_told_with_its_level_and_the_moment_of_the_count(reported: None, lin: Client) -> None:
    own = page(lin)

    # In time 1 of 2, accepted 2 of 3, filled 0 of 2, the other three whole: (1/2 + 2/3 + 0 + 3) / 6
    assert "<dd>69.4</dd>" in own
    assert "未达一级" in own
    assert "统计时刻：2026年11月23日 10:00" in own


def test_every_figure_leads_to_rows_that_sum_up_to_it(reported: None, zhao: Client) -> None:
    board = page(zhao)
    found = links(board)

    assert len(found) > 30
    for address, words in found:
        behind = page(zhao, address)
        told = re.findall(r"<dd>([^<]*)</dd>", behind)
        assert words in told, address
        assert "又有变化" not in behind


def test_the_centre_sees_one_agency_or_one_class_alone(reported: None, cast: Cast, zhao: Client) -> None:
    bureau = page(zhao, f"{BOARD}?agency={cast.bureau.id.hex}")
    penalties = page(zhao, f"{BOARD}?class=penalty")

    assert "<dd>100.0</dd>" in bureau
    assert "示范市市场监督管理局" not in bureau
    assert "按单位" in penalties
    for board in (bureau, penalties):
        for address, words in links(board):
            assert words in re.findall(r"<dd>([^<]*)</dd>", page(zhao, address)), address


def test_an_agency_asking_for_anothers_board_sees_its_own(reported: None, cast: Cast, lin: Client) -> None:
    another = page(lin, f"{BOARD}?agency={cast.bureau.id.hex}")

    assert "<dd>69.4</dd>" in another  # its own score, whatever the address says
    assert "示范市生态环境局" not in another
    assert "示环罚" not in page(lin, f"{BOARD}rows/?measure=timeliness&agency={cast.bureau.id.hex}")


def test_the_rows_of_a_late_decision_name_the_document_and_the_day(reported: None, lin: Client) -> None:
    behind = page(lin, f"{BOARD}rows/?measure=timeliness&month=2026-11")

    assert "示环罚〔2026〕2号" in behind
    assert "示环罚〔2026〕1号" not in behind
    assert "示环罚〔2026〕1号" in page(lin, f"{BOARD}rows/?measure=timeliness&month=2026-11&all=1")


def test_the_centre_opens_the_history_of_a_record_behind_a_figure(
    reported: None, zhao: Client, lin: Client
) -> None:
    asked = f"{BOARD}rows/?measure=timeliness&month=2026-11"
    [address] = re.findall(r'href="(/desk/records/[^"]*/history/)"', page(zhao, asked))

    assert zhao.get(address).status_code == 200
    assert address not in page(lin, asked)


def test_an_agency_asking_for_anothers_rows_finds_none(reported: None, cast: Cast, lin: Client) -> None:
    asked = f"{BOARD}rows/?measure=timeliness&month=2026-11&all=1&agency={cast.bureau.id.hex}"

    assert "示环罚〔2026〕4号" not in page(lin, asked)
    assert "示环罚〔2026〕4号" not in page(lin, f"{BOARD}rows/?measure=timeliness&all=1&region=990101")


def test_the_checks_that_failed_most_are_named_and_lead_to_their_batches(reported: None, lin: Client) -> None:
    board = page(lin)
    [address] = [address for address, _ in links(board) if "check%2F" in address]

    assert "CF_JDRQ.not-a-date" in board
    assert "报送.csv" in page(lin, address)


def test_each_figure_stands_beside_its_definition_and_query(reported: None, lin: Client) -> None:
    board = page(lin)

    assert "公示决定（公示，或者依法不予公示）是否在法定期限内作出" in board
    assert "SELECT" in board
    assert ":month_begins" in board
    assert "<svg" in board
    assert "<desc" in board
    assert "style=" not in board


def test_a_month_without_reports_has_no_score(reported: None, lin: Client) -> None:
    rebuild(month="2026-10", actor=LIN, clock=lambda: AT)

    october = page(lin, f"{BOARD}?month=2026-10")

    assert "本月没有报送" in october
    assert "100.0" not in october.split("<section")[0]


def test_a_month_never_counted_says_so(reported: None, zhao: Client) -> None:
    assert "尚未统计" in page(zhao, f"{BOARD}?month=2026-09")
    assert not QualityMonth.objects.exists()  # a page only reads


@pytest.mark.parametrize("month", ["2026-13", "abc", "2026-1", "٢٠٢٦-11"])
def test_a_month_that_is_none_is_told(month: str, zhao: Client) -> None:
    assert zhao.get(BOARD, {"month": month}).status_code == 400
    assert zhao.get(f"{BOARD}rows/", {"measure": "timeliness", "month": month}).status_code == 400


def test_a_measure_the_board_does_not_have_is_not_found(zhao: Client) -> None:
    assert zhao.get(f"{BOARD}rows/", {"measure": "public/published"}).status_code == 404
    assert zhao.get(f"{BOARD}rows/", {"measure": "timeliness", "agency": "x"}).status_code == 400


def test_a_stranger_is_sent_to_sign_in(db: None) -> None:
    assert Client().get(BOARD).status_code == 302
    assert Client().get(f"{BOARD}rows/?measure=timeliness").status_code == 302


def test_the_board_reads_in_english(reported: None, lin: Client) -> None:
    lin.cookies["django_language"] = "en"

    english = page(lin)

    assert "Right the first time" in english
    assert "Below level 1" in english
