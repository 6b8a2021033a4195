"""The nil return: an agency states that it decided nothing of a class in a month.

Silence says nothing; a statement does. It is refused while the agency has sent records of that month, and
gives way by itself when one arrives later. Nothing is deleted: what was stated and withdrawn stays.
"""

from datetime import date, datetime

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.core.catalogue import InformationClass
from gongxin.core.reporting import MONTHS_STATED, ended_months, month_of
from gongxin.flows.submission_audit import sender
from gongxin.registry import bulk
from gongxin.registry.accounts.models import Agency
from gongxin.registry.accounts.queries import agencies_of
from gongxin.registry.audit.events import write_event
from gongxin.registry.ids import fresh_id
from gongxin.registry.intake.models import NilReturn, Submission
from gongxin.registry.ledger.reported import sent_of_month


class MonthNotOpen(Exception):
    """A nil return is for a month that has ended, within the past year."""


class NoDayOfDecision(Exception):
    """Records of this class have no day of a decision, so no month can be without them."""


class NotNil(Exception):
    """The agency did send records of that month; the message says how many."""

    def __init__(self, count: int) -> None:
        super().__init__(str(count))
        self.count = count


class NotStanding(Exception):
    """This nil return has been withdrawn already."""


def state_nil(
    *, agency: Agency, information_class: InformationClass, month: date, actor: Actor, at: datetime, on: date
) -> tuple[NilReturn, bool]:
    """This will record that `agency` decided nothing of the class in `month`; said again, it stays as it is.

    Returns what stands, and whether it is new. Raises MonthNotOpen, NoDayOfDecision, or NotNil if records of
    the month are here.
    """
    if month_of(month) not in ended_months(on, MONTHS_STATED):
        raise MonthNotOpen(month.isoformat())
    if information_class.role("decided_on") is None:
        raise NoDayOfDecision(information_class.id)
    agencies = agencies_of(agency)
    said = {"class_id": information_class.id, "month": month_of(month)}
    with transaction.atomic():
        bulk.one_writer()  # no posting ends between the count and the word
        count = sent_of_month(agencies, information_class=information_class, month=month_of(month))
        if count:
            raise NotNil(count)
        standing = NilReturn.objects.filter(agency_id__in=agencies, withdrawn_at=None, **said).first()
        return (standing, False) if standing else (_stated(agency, said, actor, at), True)


def _stated(agency: Agency, said: dict[str, object], actor: Actor, at: datetime) -> NilReturn:
    made = NilReturn.objects.create(
        id=fresh_id(at=at),
        agency=agency,
        stated_by=actor.written,
        stated_at=at,
        **said,
    )
    _audit(made, "nil.stated", actor, at, {})
    return made


def withdraw_nil(*, nil: NilReturn, reason: str, actor: Actor, at: datetime) -> None:
    """This will take back a nil return that was stated wrongly. Raises NotStanding."""
    with transaction.atomic():
        standing = NilReturn.objects.filter(id=nil.id, withdrawn_at=None)
        changed = standing.update(withdrawn_at=at, withdrawn_by=actor.written, withdrawn_reason=reason[:200])
        if changed != 1:
            raise NotStanding(nil.id.hex)
        _audit(nil, "nil.withdrawn", actor, at, {"reason": reason})


def withdraw_overtaken(*, submission: Submission, information_class: InformationClass, at: datetime) -> None:
    """This will take back the nil returns of months of which records are here now.

    Inside the running transaction. `submission` brought them; its sender is who withdraws.
    """
    agencies = agencies_of(submission.agency)
    for nil in NilReturn.objects.filter(
        agency_id__in=agencies, class_id=information_class.id, withdrawn_at=None
    ):
        count = sent_of_month(agencies, information_class=information_class, month=nil.month)
        if count:
            actor = sender(submission)
            NilReturn.objects.filter(id=nil.id).update(
                withdrawn_at=at, withdrawn_by=actor.written, overtaken_by=submission
            )
            _audit(nil, "nil.withdrawn", actor, at, {"submission": submission.id.hex, "records": count})


def _audit(nil: NilReturn, action: str, actor: Actor, at: datetime, more: dict[str, object]) -> None:
    write_event(
        actor=actor,
        action=action,
        object_kind="nil-return",
        object_id=nil.id.hex,
        at=at,
        detail={"class": nil.class_id, "month": f"{nil.month:%Y-%m}", **more},
    )
