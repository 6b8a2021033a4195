"""An answer that no longer holds is told to who asked; nothing changes silently, nothing is told twice."""

from datetime import timedelta

import pytest
from cast import AT, OPERATOR
from checking import asked, fed
from listing_rows import REMOVED, abnormal, listed, qiao
from sending import an_agency, csv_of, penalty, sent

from gongxin.core import jws
from gongxin.flows.notice_words import notice_in_words
from gongxin.flows.recheck import recheck
from gongxin.flows.signing_keys import ensure_key
from gongxin.flows.verify_answer import verify
from gongxin.registry.checks.models import Changed
from gongxin.registry.notices.models import Notice

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _key() -> None:
    ensure_key(actor=OPERATOR, at=AT)


def test_who_relied_on_an_answer_is_told_when_its_ground_falls_away() -> None:
    listed(abnormal())
    fed()
    answer = asked()
    listed(abnormal(**REMOVED), at=AT + HOUR)

    assert recheck(at=AT + 2 * HOUR) == 1

    changed = Changed.objects.get()
    notice = Notice.objects.get(id=changed.notice_id)
    assert (answer.told["verdict"], changed.verdict) == ("restrict", "allow")
    assert (notice.kind, notice.agency_id) == ("check.changed", an_agency().id)
    assert jws.payload_of(changed.signed)["replaces"] == answer.told["id"]
    assert not verify(answer.signed, at=AT + 3 * HOUR).holds
    assert verify(changed.signed, at=AT + 3 * HOUR).holds


def test_who_relied_on_an_answer_is_told_when_a_ground_appears() -> None:
    sent(csv_of(penalty()))
    fed()
    assert asked().told["verdict"] == "allow"
    listed(abnormal(), at=AT + HOUR)

    assert recheck(at=AT + 2 * HOUR) == 1
    assert Changed.objects.get().verdict == "restrict"


def test_a_change_is_told_once_and_back_again_once_more() -> None:
    listed(abnormal())
    fed()
    asked()
    assert recheck(at=AT) == 0
    listed(abnormal(**REMOVED), at=AT + HOUR)
    assert recheck(at=AT + 2 * HOUR) == 1
    assert recheck(at=AT + 3 * HOUR) == 0
    listed(abnormal(列入决定文号="示例异列〔2026〕9号", 列入原因类型="3"), at=AT + 4 * HOUR)
    assert recheck(at=AT + 5 * HOUR) == 1
    assert [one.verdict for one in Changed.objects.order_by("at")] == ["allow", "restrict"]


def test_a_worker_that_comes_days_late_swallows_nothing() -> None:
    listed(abnormal())
    fed()
    asked()
    listed(abnormal(**REMOVED), at=AT + HOUR)

    assert recheck(at=AT + 3 * DAY) == 1
    assert recheck(at=AT + 4 * DAY) == 0


def test_what_changes_after_an_answers_end_is_no_change_of_it() -> None:
    listed(abnormal())
    fed()
    asked()
    listed(abnormal(**REMOVED), at=AT + DAY)

    assert recheck(at=AT + 3 * DAY) == 0


def test_the_notice_reads_well() -> None:
    listed(abnormal())
    fed()
    asked()
    listed(abnormal(**REMOVED), at=AT + HOUR)
    recheck(at=AT + 2 * HOUR)

    text = notice_in_words(Notice.objects.get(kind="check.changed", subject_id=qiao()), language="zh-hans")
    assert text.title == "核查答复已变化：审〔2026〕1号"
    assert "政策扶持" in text.paragraphs[0]
    assert "依法应当限制" in text.paragraphs[0]
