"""Each figure is the sum of the rows behind it, and nothing withheld is in a public one."""

from datetime import datetime, timedelta

import pytest
from cast import AT, BUREAU, LIN, QIAO, QIAO_NAME, ZHAO, firm_code
from desk_cast import tax_list
from sending import an_agency, csv_of, penalty, received, sent, worked

from gongxin.core.disclosure import Audience, Visibility
from gongxin.core.quality import NOTHING, Count
from gongxin.flows.link import link_row
from gongxin.flows.quality import count_due, rebuild
from gongxin.flows.recall import begin_recall
from gongxin.registry.intake.models import UnlinkedRow
from gongxin.registry.ledger.models import Entry, StateChange
from gongxin.registry.publication.queries import record
from gongxin.registry.quality import measures
from gongxin.registry.quality.bulk import due_months, replace
from gongxin.registry.quality.models import QualityMonth
from gongxin.registry.quality.queries import NOW, Cell, count, count_now, month, rows_behind, trend
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db
NOVEMBER = "2026-11"
LATER = AT + timedelta(hours=1)
MINOR = {"CF_CFLB": "警告", "CF_NR": "警告", "CF_NR_FK": ""}  # withheld: minor


def sum_of(cells: list[Cell], measure: str) -> Count:
    return sum((cell.counted for cell in cells if cell.measure == measure), NOTHING)


def november() -> list[Cell]:
    return count(NOVEMBER, NOVEMBER, at=LATER)


def fine(number: int, **changes: str) -> dict[str, str]:
    """Return a fine of a firm of its own, decided in time."""
    own = {
        "CF_XDR_SHXYM": firm_code(number),
        "CF_XDR_MC": f"示范第{number}机械有限公司",
        "CF_WSH": f"示环罚〔2026〕{number}号",
        "CF_JDRQ": "2026-11-18",
    }
    return penalty(**own | changes)


@pytest.fixture
def a_month() -> None:
    """A month with everything that lowers a figure, from two bodies."""
    late, minor = fine(2, CF_JDRQ="2026-10-12"), fine(3, **MINOR)
    served, no_day = fine(4, served_on="2026-11-18"), fine(5, CF_JDRQ="2026-02-30")
    person = penalty(CF_XDR_MC="林甲乙", CF_XDR_LB="自然人", CF_XDR_SHXYM="", CF_FRDB="")
    sent(csv_of(fine(1), late, minor, served, no_day, person))
    sent(csv_of(fine(1), fine(2, CF_JDRQ="2026-10-12", CF_NR="罚款人民币贰万元整")))
    bureau = an_agency(BUREAU, "示范市市场监督管理局")
    sent(csv_of(fine(6, CF_CFJGDM=BUREAU), fine(7, CF_CFJGDM=BUREAU)), agency=bureau)
    old_number = ("410105123456789", QIAO_NAME, "2025", "示范市税务局")  # nobody's code
    sent(tax_list(old_number), agency=bureau, class_id="tax-a-level")


def test_what_the_month_shows(a_month: None) -> None:
    cells = november()

    assert sum_of(cells, "conformity") == Count(4 + 2 + 2 + 1, 5 + 2 + 2 + 1)  # no person's
    assert sum_of(cells, "timeliness") == Count(5, 6)
    assert sum_of(cells, "completeness") == Count(1, 7)  # one of seven versions says when it was served
    assert sum_of(cells, "uniqueness") == Count(8, 9)
    assert sum_of(cells, "corrections") == Count(6, 7)


@pytest.mark.parametrize("measure", sorted(measures.BOARD))
def test_every_figure_is_the_sum_of_the_rows_behind_it(a_month: None, measure: str) -> None:
    cells = [cell for cell in november() if cell.measure == measure]

    assert cells
    for cell in cells:
        of = {"agency_ids": [cell.agency_id], "class_id": cell.class_id}
        found, failing = (rows_behind(measure, NOVEMBER, failing=only, **of) for only in (False, True))
        assert found.sum == cell.counted
        assert sum((row.counted for row in found.rows), NOTHING) == cell.counted
        assert failing.sum.failing == cell.counted.failing
        assert failing.many == len([row for row in found.rows if row.counted.failing])


def test_a_failed_check_leads_to_the_batches_that_failed_it(a_month: None) -> None:
    measure = f"{measures.CHECK}CF_JDRQ.not-a-date"

    [row] = rows_behind(measure, NOVEMBER).rows

    assert row.counted == Count(0, 1)
    assert row.submission_id is not None
    assert sum_of(november(), measure) == Count(0, 1)


def test_a_file_that_was_only_tried_counts_for_nothing() -> None:
    tried = worked(received(csv_of(fine(1), fine(5, CF_JDRQ="昨天")), check_first=True))
    before = november()
    begin_recall(submission=tried, reason="报错目录", actor=LIN, at=AT + timedelta(minutes=5))

    assert sum_of(before, "conformity") == sum_of(november(), "conformity") == NOTHING


def test_what_an_officer_links_later_still_came_without_a_code(a_month: None) -> None:
    before = sum_of(november(), "linked")
    sent(csv_of(penalty(CF_JDRQ="2026-11-18")))
    qiao = subject_of_code(QIAO, at=AT)
    assert qiao is not None
    link_row(row=UnlinkedRow.objects.get(), subject_id=qiao, ground="登记", actor=ZHAO, at=AT)

    assert before == Count(8, 9)
    assert sum_of(november(), "linked") == Count(9, 10)


def publicly_known() -> int:
    """Return how many records a stranger's question gets any answer about, by the one visibility function."""
    found = {(entry.subject_id, entry.record_id) for entry in Entry.objects.all()}
    views = [record(*address, audience=Audience.PUBLIC, at=LATER) for address in found]
    return len([seen for seen in views if seen is not None and seen.visibility is not Visibility.HIDDEN])


def test_a_withheld_record_leaves_no_trace_in_public_counts(a_month: None) -> None:
    counted = sum_of(november(), "public/published")

    assert counted == Count(5, 5)
    assert counted.total == publicly_known()
    assert sum_of(november(), "public/timeliness") == Count(4, 5)
    assert sum_of(november(), "timeliness").total == 6  # the desk counts the decision to withhold


def test_a_record_withheld_after_it_was_published_leaves_every_public_count(a_month: None) -> None:
    sent(csv_of(fine(1, **MINOR)), at=AT + timedelta(minutes=30))

    assert sum_of(november(), "public/published").total == publicly_known() == 4
    assert sum_of(count_now(at=LATER), "public/shown").total == 4


def test_a_planted_count_of_withheld_records_is_caught(
    a_month: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measures, "_known_to_all", lambda _record: "TRUE")
    sent(csv_of(fine(1, **MINOR)), at=AT + timedelta(minutes=30))

    assert sum_of(november(), "public/published").total != publicly_known()


def test_upheld_and_repaired_are_counted_where_they_happened(a_month: None) -> None:
    assert sum_of(november(), "public/repaired") == NOTHING
    entry = Entry.objects.get(document_number__contains="6号", superseded_at=None)
    StateChange.objects.create(
        subject_id=entry.subject_id, id=entry.id, record_id=entry.record_id, axis="repair", value="repaired",
        at=AT, actor="tests", ground="tests",
    )  # fmt: skip

    assert sum_of(november(), "public/repaired") == Count(1, 1)


def test_what_is_kept_is_what_is_counted_again(a_month: None) -> None:
    months = rebuild(month=None, actor=LIN, clock=lambda: AT)
    kept = month(NOVEMBER, at=AT)

    assert months == [NOVEMBER]
    assert set(kept.cells) == set(november())
    assert trend(NOVEMBER, NOVEMBER)[NOVEMBER, "timeliness"] == Count(5, 6)
    assert rebuild(month=NOVEMBER, actor=ZHAO, clock=lambda: AT) == [NOVEMBER]


def all_due(at: datetime) -> list[str]:
    """Return what a worker counts at `at` until nothing is due."""
    return list(iter(lambda: count_due(clock=lambda: at), None))


def test_the_running_month_is_counted_as_it_goes_and_those_before_once_a_day(a_month: None) -> None:
    in_december = AT + timedelta(days=10)

    assert all_due(AT) == [NOVEMBER, NOW]
    assert all_due(AT + timedelta(seconds=30)) == []
    assert all_due(AT + timedelta(minutes=3)) == [NOVEMBER, NOW]
    assert all_due(in_december) == ["2026-12", NOW, NOVEMBER]
    assert all_due(in_december + timedelta(minutes=3)) == ["2026-12", NOW]


def test_a_month_that_tells_of_a_record_no_longer_public_is_counted_before_all_else(a_month: None) -> None:
    in_december = AT + timedelta(days=10)
    assert all_due(in_december) == ["2026-12", NOW, NOVEMBER]

    sent(csv_of(fine(1, **MINOR)), at=in_december)

    assert sum_of(month(NOVEMBER, at=in_december).cells, "public/published").total == 5
    assert all_due(in_december) == [NOVEMBER, NOW]
    assert sum_of(month(NOVEMBER, at=in_december).cells, "public/published").total == 4


def test_a_month_that_comes_due_while_it_is_counted_is_due_still(a_month: None) -> None:
    in_december = AT + timedelta(days=10)
    all_due(in_december)
    replace([NOVEMBER], [], at=in_december, took_milliseconds=1, due_before={})
    sent(csv_of(fine(1, **MINOR)), at=in_december)
    since = due_months()[NOVEMBER]

    replace([NOVEMBER], [], at=in_december, took_milliseconds=1, due_before={})
    assert NOVEMBER in due_months()
    replace([NOVEMBER], [], at=in_december, took_milliseconds=1, due_before={NOVEMBER: since})
    assert NOVEMBER not in due_months()


def test_a_count_that_takes_long_is_not_made_while_somebody_waits(a_month: None) -> None:
    rebuild(month=None, actor=LIN, clock=lambda: AT)
    sent(csv_of(fine(9)))
    later = AT + timedelta(minutes=20)

    assert sum_of(month(NOVEMBER, at=later).cells, "conformity").total == 11
    QualityMonth.objects.update(took_milliseconds=30_000)
    told = month(NOVEMBER, at=later)
    assert (sum_of(told.cells, "conformity").total, told.counted_at) == (10, AT)


def test_before_anything_was_sent_there_is_nothing_to_count() -> None:
    assert rebuild(month=None, actor=LIN, clock=lambda: AT) == []
    assert all_due(AT) == []
    assert november() == []
