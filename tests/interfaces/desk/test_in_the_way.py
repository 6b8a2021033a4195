"""A row waits because a record stands in its way: Zhao sees the two side by side."""

from datetime import timedelta

import pytest
from cast import AT
from desk_cast import Cast
from django.test import Client
from sending import csv_of, penalty, sent

from gongxin.registry.audit.models import Look
from gongxin.registry.intake.models import Submission, UnlinkedRow
from gongxin.registry.ledger.models import Entry

GROUND = "与两家单位核对"
FACT, OTHER_FACT = penalty()["CF_SY"], "另一家单位写的事实"


@pytest.fixture
def row(cast: Cast) -> UnlinkedRow:
    """The regulator's row about a penalty the bureau has sent before."""
    sent(csv_of(penalty()), agency=cast.bureau)
    sent(csv_of(penalty(CF_SY=OTHER_FACT)), agency=cast.regulator)
    return UnlinkedRow.objects.get()


def page_of(client: Client, row: UnlinkedRow) -> str:
    return client.get(f"/desk/unlinked/{row.id}/").content.decode()


def test_zhao_sees_the_record_of_the_other_agency_beside_the_row(zhao: Client, row: UnlinkedRow) -> None:
    page = page_of(zhao, row)

    standing = page.partition('id="stands"')[2]
    assert OTHER_FACT in page
    assert FACT in standing
    assert "示环罚〔2026〕12号" in standing
    assert "示范市生态环境局" in standing
    assert standing.count("与本行不同") == 1
    assert "查找" not in standing.partition("</section>")[0]


def test_its_history_is_one_press_away(zhao: Client, row: UnlinkedRow) -> None:
    entry = Entry.objects.get()

    assert f"/desk/records/{entry.subject_id}/{entry.record_id}/history/" in page_of(zhao, row)


def test_the_look_at_the_subjects_file_is_written_down(zhao: Client, row: UnlinkedRow) -> None:
    page_of(zhao, row)

    assert [look.purpose for look in Look.objects.all()] == ["unlinked.read"]


def test_zhao_lets_the_row_replace_the_record_without_looking_for_a_code(
    zhao: Client, row: UnlinkedRow
) -> None:
    page = page_of(zhao, row)
    assert "以本行取代现有记录" in page

    zhao.post(f"/desk/unlinked/{row.id}/", {"act": "link", "ground": GROUND})

    assert OTHER_FACT in (Entry.objects.get(superseded_at=None).content or "")
    assert Entry.objects.count() == 2
    assert "现有记录</h2>" not in page_of(zhao, row)


def test_a_dismissed_row_leaves_the_record_as_it_was(zhao: Client, row: UnlinkedRow) -> None:
    zhao.post(f"/desk/unlinked/{row.id}/", {"act": "dismiss", "ground": GROUND})

    assert Entry.objects.count() == 1
    assert FACT in (Entry.objects.get().content or "")


def test_the_list_says_why_each_row_waits(zhao: Client, row: UnlinkedRow) -> None:
    page = zhao.get("/desk/unlinked/").content.decode()

    assert "现有记录由其他单位报送" in page
    assert "这些行已通过校验，但代码对不上任何主体" not in page


def test_a_record_twice_in_a_file_is_shown_beside_its_second_row(zhao: Client, cast: Cast) -> None:
    number = "990102007010002"
    sent(csv_of(penalty(CF_XDR_GSZC=number)), agency=cast.regulator, at=AT - timedelta(minutes=2))
    new = {"CF_WSH": "示环罚〔2026〕13号"}
    by_number = {"CF_XDR_LB": "个体工商户", "CF_XDR_SHXYM": "0" * 17 + "X", "CF_XDR_GSZC": number}
    twice = (penalty(**new), penalty(**new, **by_number, CF_SY=OTHER_FACT))
    sent(csv_of(*twice), agency=cast.regulator, at=AT - timedelta(minutes=1))

    page = page_of(zhao, UnlinkedRow.objects.get())

    assert "示环罚〔2026〕13号" in page.partition('id="stands"')[2]
    assert Submission.objects.count() == 2
