"""What of one submission waits for a person now, and what a person has decided since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gongxin.interfaces.desk.record_fate import fate_of
from gongxin.registry.intake.models import Submission
from gongxin.registry.intake.queries import rows_waiting
from gongxin.registry.publication.held_of_batch import decided_of, still_held

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Decided:
    """One record an officer has decided about: where it stands, and the officer's ground."""

    row: int | None
    document_number: str
    state: str
    ground: str


@dataclass(frozen=True, slots=True)
class Waits:
    """Rows and records that wait now. `earlier` are rows of the agency's earlier files of the class."""

    without_code: int
    in_doubt: int  # another record stands where the row would be posted
    held: int
    earlier: int
    decided: Sequence[Decided]

    @property
    def anything(self) -> bool:
        return bool(self.without_code or self.in_doubt or self.held)


def waits_of(submission: Submission, *, at: datetime) -> Waits:
    """Return what waits of the submission at `at`, and what was decided."""
    rows = rows_waiting(submission)
    held = still_held(submission.id) if submission.held else 0
    decided = decided_of(submission.id, at=at, limit=SHOWN) if held < submission.held else []
    return Waits(
        without_code=rows.without_code,
        in_doubt=rows.in_doubt,
        held=held,
        earlier=rows.earlier if submission.unchanged else 0,
        decided=[
            Decided(one.row, one.view.document_number, str(fate_of(one.view)), one.ground) for one in decided
        ],
    )
