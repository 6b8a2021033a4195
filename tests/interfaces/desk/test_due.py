"""What an agency sees of what falls due, before it is late."""

from datetime import timedelta
from io import BytesIO

import pytest
from cast import AT, BUREAU, REGULATOR
from desk_cast import Cast
from django.test import Client
from listing_rows import abnormal
from openpyxl import load_workbook
from sending import csv_of, penalty, sent

from gongxin.registry.lists.models import Exit, Listing
from gongxin.registry.publication.waiting import still_due

# The name is clearly another's than the one registered under the code: held, until an officer decides.
NAMED_OTHERWISE = {"CF_XDR_MC": "示范百货连锁集团有限公司"}


def hold_records(cast: Cast) -> None:
    """Let the regulator have held records due on 20, 23, 25, 27 November and 1 December."""
    sent(csv_of(penalty(CF_WSH="甲1号", CF_JDRQ="2026-10-30")), agency=cast.regulator)
    days = ("2026-11-11", "2026-11-12", "2026-11-16", "2026-11-18", "2026-11-20")
    rows = [
        penalty(CF_WSH=f"乙{place}号", CF_JDRQ=day, **NAMED_OTHERWISE) for place, day in enumerate(days, 1)
    ]
    sent(csv_of(*rows), agency=cast.regulator, at=AT + timedelta(minutes=1))


def test_records_are_grouped_by_how_near_their_day_is(lin: Client, cast: Cast) -> None:
    hold_records(cast)

    page = lin.get("/desk/due/").content.decode()

    assert len(still_due(agency_id=cast.regulator.id)) == 5
    places = [page.index(f'id="{group}"') for group in ("overdue", "today", "soon", "this-week", "later")]
    numbers = [page.index(f"乙{number}号") for number in range(1, 6)]
    assert sorted([*places, *numbers]) == [
        place for pair in zip(places, numbers, strict=True) for place in pair
    ]
    assert "逾期 1 个工作日" in page


def test_a_month_of_which_nothing_is_here_stands_among_what_is_overdue(lin: Client, cast: Cast) -> None:
    sent(csv_of(penalty(CF_JDRQ="2026-09-10")), agency=cast.regulator, at=AT - timedelta(days=70))

    page = lin.get("/desk/due/").content.decode()

    assert "2026年10月尚未报送" in page
    assert "2026年9月尚未报送" not in page
    assert "2026年8月尚未报送" not in page


def test_nothing_of_another_agency_is_on_the_list(wu: Client, cast: Cast) -> None:
    hold_records(cast)

    page = wu.get("/desk/due/", {"agency": REGULATOR}).content.decode()

    assert "乙1号" not in page
    assert "没有临期事项" in page


def test_the_centre_sees_all_agencies_or_the_one_it_names(zhao: Client, cast: Cast) -> None:
    hold_records(cast)

    assert "乙1号" in zhao.get("/desk/due/").content.decode()
    assert "乙1号" in zhao.get("/desk/due/", {"agency": REGULATOR}).content.decode()
    assert "乙1号" not in zhao.get("/desk/due/", {"agency": BUREAU}).content.decode()
    assert zhao.get("/desk/due/", {"agency": "no such code"}).status_code == 404


def file_of(client: Client, file_format: str) -> bytes:
    answer = client.get("/desk/due/", {"format": file_format})
    assert "attachment" in answer["Content-Disposition"]
    return answer.content


def test_the_list_is_taken_away_as_a_workbook_or_a_csv(lin: Client, cast: Cast) -> None:
    hold_records(cast)

    sheet = load_workbook(BytesIO(file_of(lin, "xlsx"))).active
    lines = file_of(lin, "csv").decode("utf-8-sig").splitlines()

    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == len(lines) == 6
    assert rows[1][0] == "已逾期"
    assert rows[1][3] == -1


def test_a_stranger_is_asked_to_sign_in_first(sun: Client, cast: Cast) -> None:
    assert sun.get("/desk/due/").status_code == 302


@pytest.mark.parametrize("who", ["lin", "zhao", "auditor"])
def test_the_list_is_read_in_english_too(who: str, request: pytest.FixtureRequest, cast: Cast) -> None:
    hold_records(cast)
    client: Client = request.getfixturevalue(who)
    client.cookies["django_language"] = "en"

    assert "Within three working days" in client.get("/desk/due/").content.decode()


def test_a_listing_suspended_as_wrong_is_due_at_its_body_and_at_no_other(
    lin: Client, wu: Client, zhao: Client, cast: Cast
) -> None:
    sent(csv_of(abnormal()), class_id="abnormal-operation", agency=cast.regulator)
    listing = Listing.objects.get()
    lin.post(
        f"/desk/listings/in-force/{listing.subject_id}/{listing.record_id}/",
        {"act": "wrong", "reason": "有误"},
    )
    exit_page = f"/desk/listings/exits/{Exit.objects.get().id}/"

    pages = {who: who.get("/desk/due/").content.decode() for who in (lin, wu, zhao)}

    assert {who: exit_page in page for who, page in pages.items()} == {lin: True, wu: False, zhao: True}
    assert "第二人复核" in lin.get("/desk/due/", {"format": "csv"}).content.decode()
