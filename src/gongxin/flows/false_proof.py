"""Papers handed in for a repair that were false: recorded by a second person, lifted by a third.

Source: law/repair.yaml#false_proof; law-decisions 15, 20.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.cases import Who, Words
from gongxin.core.cases.repair_law import bar_ends, bar_source
from gongxin.core.legal_day import legal_day
from gongxin.flows.case_steps import NotResponsible, OnePersonTwice, record_of
from gongxin.flows.notify import tell_subject
from gongxin.registry import bulk
from gongxin.registry.accounts.queries import agencies_under
from gongxin.registry.audit.events import write_event
from gongxin.registry.cases.models import Case, FalseProof, Part
from gongxin.registry.cases.queries import part_of, steps_of_case
from gongxin.registry.ids import fresh_id


def record_false_proof(case: Case, part: Part, *, who: Who, words: Words, at: datetime) -> None:
    """Record the finding inside the running transaction. Raises OnePersonTwice for who accepted them."""
    accepted_by = next(
        one.actor for one in steps_of_case(case) if one.part_id == part.id and one.act == "accept"
    )
    if accepted_by == who.actor.written:
        raise OnePersonTwice(accepted_by)
    decided_on = words.decided_on or legal_day(at)
    FalseProof.objects.create(
        subject_id=part.subject_id, id=fresh_id(at=at), case_id=case.id, part_id=part.id,
        record_id=record_of(part).record_id, decided_on=decided_on, until_on=bar_ends(decided_on),
        ground=words.reason, source=bar_source(), accepted_by=accepted_by, at=at, by=who.actor.written,
    )  # fmt: skip
    write_event(
        actor=who.actor, action="false-proof.recorded", object_kind="case", object_id=case.id.hex, at=at,
        detail={"part": part.id.hex, "until": bar_ends(decided_on).isoformat()},
    )  # fmt: skip


def lift_false_proof(*, false_proof_id: UUID, ground: str, who: Who, at: datetime) -> bool:
    """Lift a finding of false papers that was wrong; return whether it stood. The subject is told.

    It takes neither who accepted the papers nor who found them false. Raises NotResponsible for a body that
    does not answer for the record, OnePersonTwice.
    """
    with transaction.atomic():
        bulk.one_writer()
        found = FalseProof.objects.filter(id=false_proof_id, lifted_at=None).first()
        if found is None:
            return False
        _refuse_another_body(found, who)
        if who.actor.written in {found.accepted_by, found.by}:
            raise OnePersonTwice(who.actor.written)
        _lift(found, ground, who, at)
        return True


def _refuse_another_body(found: FalseProof, who: Who) -> None:
    """Raise NotResponsible; the centre may, so that a body of two persons finds its third there."""
    if who.agency_id is None:
        return
    if part_of(found.part_id).responsible_id not in agencies_under(who.agency_id):
        raise NotResponsible(found.part_id.hex)


def _lift(found: FalseProof, ground: str, who: Who, at: datetime) -> None:
    FalseProof.objects.filter(subject_id=found.subject_id, id=found.id).update(
        lifted_at=at, lifted_by=who.actor.written, lift_ground=ground
    )
    tell_subject(
        subject_id=found.subject_id, kind="false-proof.lifted", facts={"reason": ground},
        by=who.actor.written, at=at, record_id=found.record_id, case_id=found.case_id,
    )  # fmt: skip
    write_event(
        actor=who.actor, action="false-proof.lifted", object_kind="case", object_id=found.case_id.hex, at=at,
        detail={"part": found.part_id.hex, "ground": ground},
    )  # fmt: skip
