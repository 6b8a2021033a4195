"""What about these organisations may found a measure at an instant: the standing records, and why not others.

Whether one may is asked of `registry.publication.founding`, once for all of them; who is clean costs one
question.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from uuid import UUID

from gongxin.core.checks import Ground
from gongxin.core.clocks import PENALTY
from gongxin.core.commitments import breach_weighs_until
from gongxin.core.ledger import content_fields
from gongxin.core.legal_day import legal_day
from gongxin.core.measures import (
    BROKEN_COMMITMENT,
    GRAVE_LATE_PAYMENT,
    list_trigger,
    penalty_trigger,
    sector_of,
)
from gongxin.registry.commitments.models import GraveDelay
from gongxin.registry.commitments.queries import grave_delays_weighing
from gongxin.registry.publication.founding import Founding, Standing, standing_of

COMMITMENT = "commitment"
LATE_PAYMENT = "late-payment"  # no class of records: a finding of its own
BROKEN = frozenset({"部分履行", "全部未履行"})  # as the national form writes it
FOUNDING = frozenset({"general", "serious"})  # a minor penalty founds nothing


def grounds_of(
    subject_ids: Collection[UUID], *, at: datetime, undecided: bool = False
) -> dict[UUID, list[Ground]]:
    """Return the grounds of each of these subjects at `at`; no merge is followed here.

    With `undecided` also what founds nothing yet and may: the adverse listings that wait for a person.
    """
    found: dict[UUID, list[Ground]] = {}
    late = map(_late_payment, grave_delays_weighing(subject_ids, at=at))
    for ground in (*_of_records(subject_ids, at), *late):
        if undecided or not ground.undecided:
            found.setdefault(ground.subject_id, []).append(ground)
    return found


def _of_records(subject_ids: Collection[UUID], at: datetime) -> Iterator[Ground]:
    standing = standing_of(subject_ids, at=at, class_ids=(PENALTY, COMMITMENT))
    if standing:
        founding = Founding({one.subject_id for one in standing}, at)
        for one in standing:
            yield from _grounds(one, founding)


def _late_payment(one: GraveDelay) -> Ground:
    """Return the ground that grave late payment is: two persons found it, and some of it is still unpaid."""
    decided_on = legal_day(one.decided_at) if one.decided_at else None
    return Ground(
        GRAVE_LATE_PAYMENT, one.subject_id, one.id, LATE_PAYMENT, one.decision_number or "", decided_on,
        one.agency.name,
    )  # fmt: skip


def _grounds(one: Standing, founding: Founding) -> Iterator[Ground]:
    """Yield the ground a record is, or may be once it is decided."""
    if one.list_id is not None and one.adverse and founding.may_be_in_force(one):
        yield _ground(list_trigger(one.list_id), one, founding, undecided=True)
        return
    trigger = _trigger(one, founding)
    if trigger and (one.list_id is not None or founding.why_not(one) is None):
        yield _ground(trigger, one, founding)


def _ground(trigger: str, one: Standing, founding: Founding, *, undecided: bool = False) -> Ground:
    return Ground(
        trigger, one.subject_id, one.record_id, one.class_id, one.document_number, one.decided_on,
        founding.field(one, "deciding_body"), undecided,
    )  # fmt: skip


def _trigger(one: Standing, founding: Founding) -> str | None:
    if one.list_id is not None:
        return list_trigger(one.list_id) if founding.is_in_force(one) else None
    if one.class_id == PENALTY and founding.decision(one).penalty_class in FOUNDING:
        sector = sector_of(founding.field(one, "deciding_body"))
        return penalty_trigger(sector) if sector else None
    if one.class_id == COMMITMENT and _is_broken(content_fields(one.content), founding.on):
        return BROKEN_COMMITMENT
    return None


def _is_broken(said: Mapping[str, str], on: date) -> bool:
    """Return whether a body found a promise broken, said how and since when, and it still weighs."""
    told = all(said.get(field) for field in ("found_on", "finding_body", "unfulfilled", "consequence"))
    if said.get("fulfilment") not in BROKEN or not told:
        return False
    return on < breach_weighs_until(date.fromisoformat(said["found_on"]))
