"""Qiao's firm promises the regulator something; what tests of commitments begin with."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from cast import AT, QIAO
from repairing import QIAO_HERSELF, QIAO_ID, qiao_acts_for
from sending import an_agency, csv_of, penalty, sent

from gongxin.core.cases import Party, Who
from gongxin.core.commitments import Promise, Signature
from gongxin.flows.sign_commitment import Draft, sign
from gongxin.registry.accounts.models import Agency, User
from gongxin.registry.commitments.models import Commitment
from gongxin.registry.subjects.queries import subject_of_code

SIGNED = Signature("乔木", agreed=True)
PAPERS = Promise("办理食品经营许可", "消防验收意见", date(2026, 12, 31))


def the_firm(*, at: datetime = AT) -> UUID:
    """Return Qiao's firm, known by a fine, and let Qiao act for it."""
    sent(csv_of(penalty()), at=at)
    subject_id = subject_of_code(QIAO, at=at)
    assert subject_id is not None
    qiao_acts_for(subject_id, at=at)
    return subject_id


def a_draft(template: str = "missing-papers", promise: Promise = PAPERS, **changed: Any) -> Draft:
    return Draft(template, promise, changed.pop("agency", None) or an_agency(), "zh-hans")


def promised(subject_id: UUID, draft: Draft | None = None, **changed: Any) -> Commitment:
    given: dict[str, Any] = {"form_id": uuid4(), "who": QIAO_HERSELF, "at": AT, **changed}
    user = User.objects.get(id=QIAO_ID)
    return sign(draft or a_draft(), SIGNED, subject_id=subject_id, user=user, **given)


def of_agency(actor: Any) -> Who:
    return Who(actor, Party.AGENCY)


def supervised(payer: Agency, supervisor: Agency) -> Agency:
    """Let one body stand above another."""
    payer.supervisor = supervisor
    payer.save()
    return payer
