"""The accepting body finds how a promise was kept; a breach counts in checks and ends by itself."""

from datetime import timedelta
from uuid import uuid4

import pytest
from cast import AT, BUREAU, LIN, OPERATOR
from checking import asked, fed
from promising import of_agency, promised, the_firm
from repairing import QIAO_HERSELF
from sending import an_agency

from gongxin.core.cases import Entry as Way
from gongxin.core.cases import Kind
from gongxin.core.commitments import Fulfilment
from gongxin.core.disclosure import Audience
from gongxin.flows.case_steps import NotResponsible, WordsMissing
from gongxin.flows.find_fulfilment import Found, UnfitWords, find
from gongxin.flows.open_case import Application, Asked, open_case
from gongxin.flows.signing_keys import ensure_key
from gongxin.registry.cases.queries import parts_of
from gongxin.registry.commitments.models import Commitment, Finding
from gongxin.registry.commitments.queries import promised_to
from gongxin.registry.ledger.queries import current_entry
from gongxin.registry.notices.models import Notice
from gongxin.registry.publication.queries import RecordView, records_of

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=60)
BROKEN = Found(Fulfilment.BROKEN, "未补齐消防验收意见", "撤销食品经营许可", "示市监撤〔2027〕1号")
MATTER = "administrative-licensing"


def found(made: Commitment, what: Found = BROKEN, *, at: object = LATER) -> Finding:
    return find(what, commitment_id=made.id, agency=an_agency(), who=of_agency(LIN), at=at)  # type: ignore[arg-type]


def shown(made: Commitment, *, at: object = LATER) -> RecordView:
    return next(
        one
        for one in records_of(made.subject_id, audience=Audience.PUBLIC, at=at)  # type: ignore[arg-type]
        if one.record_id == made.record_id
    )


def test_a_kept_promise_says_so() -> None:
    made = promised(the_firm())

    found(made, Found(Fulfilment.KEPT))

    assert shown(made).fields["fulfilment"] == "全部履行"
    assert shown(made).fields["finding_body"] == an_agency().name
    assert Notice.objects.filter(kind="commitment.found-kept").exists()


def test_a_breach_says_what_was_not_kept_what_follows_and_until_when_it_weighs() -> None:
    made = promised(the_firm())

    one = found(made)

    fields = shown(made).fields
    assert (fields["fulfilment"], fields["unfulfilled"]) == ("全部未履行", "未补齐消防验收意见")
    assert fields["shown_until"] == "2028-01-22"
    assert one.notice_id == Notice.objects.get(kind="commitment.found-broken").id


def test_a_breach_is_gone_a_year_after_it_was_found() -> None:
    made = promised(the_firm())
    found(made)

    year_on = LATER + timedelta(days=366)
    assert made.record_id not in {
        one.record_id for one in records_of(made.subject_id, audience=Audience.PUBLIC, at=year_on)
    }


def test_a_breach_without_evidence_is_none() -> None:
    made = promised(the_firm())

    for lacking in (Found(Fulfilment.BROKEN, "未补齐", "撤销"), Found(Fulfilment.PARTLY, "", "撤销", "1号")):
        with pytest.raises(WordsMissing):
            found(made, lacking)
    with pytest.raises(UnfitWords):
        found(made, Found(Fulfilment.BROKEN, "联系 11010519491231002X", "撤销", "1号"))
    assert not Finding.objects.exists()


def test_only_the_accepting_body_finds_it() -> None:
    made = promised(the_firm())
    other = an_agency(BUREAU, "示范市财政局")

    with pytest.raises(NotResponsible):
        find(BROKEN, commitment_id=made.id, agency=other, who=of_agency(LIN), at=LATER)


def test_a_broken_promise_counts_in_a_check_from_its_finding_and_until_it_is_kept() -> None:
    ensure_key(actor=OPERATOR, at=AT)
    made = promised(the_firm())
    fed(at=LATER)

    def because(at: object) -> set[str]:
        return {one["because"] for one in asked(matter=MATTER, at=at).told["measures"]}  # type: ignore[arg-type]

    assert str(made.record_id) not in because(LATER)
    found(made, at=LATER)
    assert str(made.record_id) in because(LATER + timedelta(hours=1))
    found(made, Found(Fulfilment.KEPT), at=LATER + timedelta(hours=2))
    assert str(made.record_id) not in because(LATER + timedelta(hours=3))


def test_who_promised_may_object_to_what_was_found_and_the_finding_body_answers() -> None:
    made = promised(the_firm())
    found(made)

    case, _ = open_case(
        Application(
            kind=Kind.OBJECTION, subject_id=made.subject_id, asked=[Asked(made.record_id)], form_id=uuid4(),
            entry=Way.MINE, statement="材料已经补齐，见收件回执。",
        ),
        who=QIAO_HERSELF, at=LATER + timedelta(days=1),
    )  # fmt: skip

    (part,) = parts_of(case)
    assert part.responsible == an_agency()
    assert current_entry(made.subject_id, made.record_id).agency == an_agency()


def test_what_is_overdue_is_listed_to_the_accepting_body_until_something_is_found() -> None:
    made = promised(the_firm())
    agencies, day = [an_agency().id], LATER.date()

    (one,) = promised_to(agencies, overdue_on=day, limit=10)
    assert one.commitment.id == made.id
    assert one.days_over(day) == (day - made.keep_until).days  # type: ignore[operator]
    assert promised_to(agencies, overdue_on=AT.date(), limit=10) == []
    found(made)
    assert promised_to(agencies, overdue_on=day, limit=10) == []
    assert [one.fulfilment for one in promised_to(agencies, limit=10)] == ["broken"]
