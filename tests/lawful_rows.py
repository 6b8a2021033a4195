"""Rows the database takes of lists, promises, checks and supervision: what a test then spoils."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from cast import AT

from gongxin.flows.notify import tell_subject
from gongxin.registry.accounts.models import Agency, User
from gongxin.registry.checks.models import (
    Applied,
    Changed,
    Check,
    Feedback,
    Follow,
    MeasureRule,
    SigningKey,
    Unanswered,
    Warned,
)
from gongxin.registry.commitments.models import Commitment, Finding, GraveDelay, Payment
from gongxin.registry.ledger.models import Entry
from gongxin.registry.lists.models import CriteriaComment, CriteriaDraft, Exit, Listing, Proceeding
from gongxin.registry.notices.models import Delivery, Notice
from gongxin.registry.subjects.models import Organisation, Subject
from gongxin.registry.supervision.models import Draw, Evaluated, Evaluation

ON = AT.date()
OPEN_RULE = "S1/list:wage-arrears/government-procurement"


def notice_to(subject_id: UUID) -> Notice:
    return tell_subject(subject_id=subject_id, kind="listing-proposed", facts={}, by="user:zhao", at=AT)


def listing_values(subject_id: UUID, **changed: Any) -> dict[str, Any]:
    """Return the columns of a lawful listing of a subject with an entry, with `changed`."""
    entry = Entry.objects.filter(subject_id=subject_id).first()
    assert entry is not None
    values = {
        "subject_id": subject_id, "id": uuid4(), "entry_id": entry.id, "record_id": entry.record_id,
        "list_id": "wage-arrears", "effect": "adverse", "way": "decided", "ground": "逾期未支付",
        "basis_source": "S-QXMD", "basis_article": "5", "decision_number": "示人社列〔2026〕1号",
        "decided_on": ON, "from_on": ON, "until_on": date(2029, 11, 23),
        "notice_id": notice_to(subject_id).id,
        "exit_terms": "付清工资满六个月", "remedy": "六十日内申请行政复议", "proposed_by": "user:lin",
        "decided_by": "user:zhao", "at": AT,
    }  # fmt: skip
    return {**values, **changed}


def a_listing(subject_id: UUID, **changed: Any) -> Listing:
    """Write a listing, the proceeding and the criteria it came from."""
    draft = CriteriaDraft.objects.create(
        id=uuid4(), list_id="wage-arrears", title="认定标准", text="……", published_on=ON,
        days_for_comment=30, published_by="user:zhao", at=AT,
    )  # fmt: skip
    CriteriaComment.objects.create(id=uuid4(), draft=draft, text="同意", at=AT)
    Proceeding.objects.create(
        subject_id=subject_id, id=uuid4(), list_id="wage-arrears", ground="unpaid", reasons="逾期未支付",
        basis="条例第四十八条", agency=_agency(), proposed_by="user:lin", proposed_at=AT,
    )  # fmt: skip
    listing = Listing.objects.create(**listing_values(subject_id, **changed))
    Exit.objects.create(**exit_values(listing))
    return listing


def exit_values(listing: Listing, **changed: Any) -> dict[str, Any]:
    """Return the columns of a lawful request to end a listing, with `changed`."""
    values = {
        "subject_id": listing.subject_id, "id": uuid4(), "listing_id": listing.id,
        "record_id": listing.record_id, "list_id": listing.list_id, "why": "early", "reason": "已付清工资",
        "asked_by": "user:qiao", "asked_by_subject": True, "asked_at": AT,
    }  # fmt: skip
    return {**values, **changed}


def a_promise(listing: Listing) -> None:
    """Write a commitment of a listed organisation, what was found of it, and a payment it owes."""
    other = Subject.objects.create(id=uuid4(), kind="organisation", database="legal-person", created_at=AT)
    Organisation.objects.create(subject=other)
    user = User.objects.create(id=uuid4(), username=f"signer-{uuid4().hex[:8]}")
    made = Commitment.objects.create(
        subject_id=listing.subject_id, id=uuid4(), record_id=listing.record_id, number="99010020261123000001",
        kind="主动型", template="voluntary", matter="自愿", text="承诺……", made_on=ON,
        accepting_agency=_agency(), signatory="乔某", signed_by=user, at=AT,
    )  # fmt: skip
    Finding.objects.create(
        subject_id=listing.subject_id, id=uuid4(), commitment_id=made.id, fulfilment="kept", found_on=ON,
        agency=_agency(), notice_id=listing.notice_id, at=AT, by="user:lin",
    )  # fmt: skip
    Payment.objects.create(
        subject_id=listing.subject_id, id=uuid4(), payee_id=other.id, contract_number="采2026-1",
        amount_yuan=100, delivered_on=ON, due_on=ON + timedelta(days=30), evidence="验收单1号",
        recorded_at=AT, recorded_by="user:lin",
    )  # fmt: skip
    GraveDelay.objects.create(**grave_delay_values(listing.subject_id))


def grave_delay_values(subject_id: UUID, **changed: Any) -> dict[str, Any]:
    """Return the columns of a finding of grave late payment that two persons made, with `changed`."""
    prior = notice_to(subject_id)
    Delivery.objects.filter(notice_id=prior.id).update(state="served", served_at=AT, proof="opened")
    decided = AT + timedelta(days=8)
    values = {
        "subject_id": subject_id, "id": uuid4(), "payments": [], "reasons": "拒不支付", "evidence": "示督1号",
        "agency": _agency(), "proposed_by": "user:lin", "proposed_at": AT, "decision_number": "示认1号",
        "prior_notice_id": prior.id, "objections_ended_at": decided,
        "decided_by": "user:zhao", "decided_at": decided, "until_on": date(2027, 11, 23),
        "notice_id": notice_to(subject_id).id,
    }  # fmt: skip
    return {**values, **changed}


def a_rule(rule_id: str = OPEN_RULE, *, active: bool = True) -> MeasureRule:
    measure, trigger, matter = rule_id.split("/")
    made, _ = MeasureRule.objects.update_or_create(
        id=rule_id, defaults={"measure": measure, "trigger": trigger, "matter": matter, "active": active}
    )
    return made


def check_values(subject_id: UUID, **changed: Any) -> dict[str, Any]:
    values = {
        "subject_id": subject_id, "id": uuid4(), "matter": "government-procurement", "verdict": "restrict",
        "moment": AT, "asked_at": AT, "valid_until": AT + timedelta(days=1), "signed": "a.b.c",
        "agency": _agency(), "asked_by": "user:lin", "purpose": "审查投标人", "case_number": "采〔2026〕1号",
    }  # fmt: skip
    return {**values, **changed}


def a_check(listing: Listing) -> Check:
    """Write a check and all that may follow on it."""
    subject_id, rule = listing.subject_id, a_rule()
    if not SigningKey.objects.exists():
        SigningKey.objects.create(
            id="k", algorithm="EdDSA", public_key=b"p", sealed_private_key=b"s", made_at=AT
        )
    check = Check.objects.create(**check_values(subject_id))
    Unanswered.objects.create(
        id=uuid4(), matter="awards", verdict="cannot-tell", why="unknown-code", asked_at=AT, agency=_agency(),
        asked_by="user:lin", purpose="评优", case_number="评〔2026〕1号",
    )  # fmt: skip
    Applied.objects.create(
        subject_id=subject_id, id=uuid4(), check_id=check.id, rule=rule, record_id=listing.record_id
    )
    Changed.objects.create(
        subject_id=subject_id, id=uuid4(), check_id=check.id, verdict="allow", signed="a.b.c", at=AT,
        notice_id=listing.notice_id,
    )  # fmt: skip
    Feedback.objects.create(
        subject_id=subject_id, id=uuid4(), check_id=check.id, rule=rule, done="applied", done_on=ON, at=AT,
        by="user:lin",
    )  # fmt: skip
    follow = Follow.objects.create(
        subject_id=subject_id, id=uuid4(), agency=_agency(), purpose="贷后管理", basis="授权书1号",
        begun_at=AT, begun_by="user:lin", until_on=date(2027, 1, 1),
    )  # fmt: skip
    Warned.objects.create(
        subject_id=subject_id, id=uuid4(), follow_id=follow.id, kind="listed", at=AT,
        notice_id=listing.notice_id,
    )  # fmt: skip
    return check


def an_evaluation(listing: Listing) -> None:
    run = Evaluation.objects.create(
        id=uuid4(), scheme="labour", edition="2017", on=ON, count=1, at=AT, by="user:zhao"
    )
    Evaluated.objects.create(
        subject_id=listing.subject_id, id=uuid4(), evaluation=run, grade="A", rows=["no-violation"]
    )
    Draw.objects.create(
        id=uuid4(), evaluation=run, size=1, seed="7", weights={"A": 1}, drawn=[str(listing.subject_id)],
        at=AT, by="user:zhao",
    )  # fmt: skip


def _agency() -> Agency:
    return Agency.objects.get(code__isnull=False, name="示范市生态环境局")
