"""Which procedure takes each step of each kind of case; a page or an API asks here and knows no kind.

A step is its kind's and act's of `law/cases.yaml`. What an act needs beside its words comes in
`words.detail` and is checked by the act.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from gongxin.core.cases import Kind, NotAStep, Who, Words
from gongxin.flows import (
    answer_complaint,
    archive,
    decide_repair,
    extend_publication,
    objection,
    proceedings,
    reorganise,
    review_listing,
    source_change,
    suspended,
    uphold_objection,
)
from gongxin.flows.give_up import give_up
from gongxin.registry.cases.models import Step


class Act(Protocol):
    """Takes one step with a part, as one transaction.

    `seen` is how many steps had been taken when whoever acts opened the part; None for the clock.
    """

    def __call__(self, *, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step: ...


ACTS: Mapping[tuple[Kind, str], Act] = {
    (Kind.OBJECTION, "forward"): objection.forward,
    (Kind.OBJECTION, "uphold"): uphold_objection.uphold,
    (Kind.OBJECTION, "uphold-in-part"): uphold_objection.uphold_in_part,
    (Kind.OBJECTION, "refuse"): objection.refuse,
    (Kind.OBJECTION, "withdraw"): give_up,
    (Kind.REPAIR, "accept"): decide_repair.accept,
    (Kind.REPAIR, "not-accept"): decide_repair.not_accept,
    (Kind.REPAIR, "repair"): decide_repair.repair,
    (Kind.REPAIR, "refuse"): decide_repair.refuse,
    (Kind.REPAIR, "withdraw"): give_up,
    (Kind.REORGANISATION, "mask"): reorganise.mask,
    (Kind.REORGANISATION, "plan-ended"): reorganise.plan_ended,
    (Kind.REORGANISATION, "not-accept"): decide_repair.not_accept,
    (Kind.REORGANISATION, "repair"): decide_repair.repair,
    (Kind.REORGANISATION, "withdraw"): give_up,
    (Kind.NOT_THE_SUBJECT, "forward"): objection.forward,
    (Kind.NOT_THE_SUBJECT, "uphold"): uphold_objection.uphold,
    (Kind.NOT_THE_SUBJECT, "refuse"): objection.refuse,
    (Kind.LIST_REVIEW, "uphold"): review_listing.uphold,
    (Kind.LIST_REVIEW, "refuse"): review_listing.refuse,
    (Kind.LIST_REVIEW, "withdraw"): give_up,
    (Kind.ARCHIVE_DEMAND, "archive"): archive.archive,
    (Kind.ARCHIVE_DEMAND, "refuse"): answer_complaint.refuse,
    (Kind.ARCHIVE_DEMAND, "withdraw"): give_up,
    (Kind.PLATFORM_COMPLAINT, "uphold"): answer_complaint.uphold,
    (Kind.PLATFORM_COMPLAINT, "refuse"): answer_complaint.refuse,
    (Kind.PLATFORM_COMPLAINT, "withdraw"): give_up,
    (Kind.EXTENSION, "confirm"): extend_publication.confirm_extension,
    (Kind.EXTENSION, "decline"): source_change.decline,
    **{
        (kind, act): taken
        for kind in (Kind.REVIEW, Kind.SUIT)
        for act, taken in (
            ("act-stands", proceedings.stands),
            ("act-revoked", proceedings.revoked),
            ("act-changed", proceedings.changed),
            ("withdraw", give_up),
        )
    },
    (Kind.WITHDRAWAL, "confirm"): source_change.confirm_withdrawal,
    (Kind.WITHDRAWAL, "decline"): source_change.decline,
    (Kind.CORRECTION, "confirm"): source_change.confirm_correction,
    (Kind.CORRECTION, "decline"): source_change.decline,
    (Kind.SUSPENSION, "confirm"): suspended.confirm_suspension,
    (Kind.SUSPENSION, "lift"): suspended.lift,
}


def take_act(
    kind: Kind, act: str, *, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime
) -> Step:
    """Take a step of a kind of case. Raises NotAStep, and what the procedure of the act raises."""
    found = ACTS.get((kind, act))
    if found is None:
        raise NotAStep(f"{kind}: {act}")
    return found(part_id=part_id, seen=seen, who=who, words=words, at=at)
