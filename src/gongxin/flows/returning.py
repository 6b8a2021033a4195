"""What has ended and comes again: known by its fingerprint, its last decision, or a number written otherwise.

A batch is asked at once. What comes again is held for its source to certify and shows to nobody; a
record that was repaired or whose period is over never shows again, certified or not: only another
decision of the body does. Source: law-decisions 6, 15, 16; design §5.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gongxin.core.catalogue import InformationClass
from gongxin.core.disclosure import Outcome
from gongxin.core.document_numbers import loose_form
from gongxin.core.ledger import Kind
from gongxin.engine.accepted import AcceptedRow
from gongxin.flows.change_publication import ONCE_SHOWN
from gongxin.registry.ledger import ended
from gongxin.registry.ledger.bulk import Current

RETURNS_AFTER = "returns-after-"
WITHDRAWAL, REPAIR, EXPIRY, CORRECTION = "withdrawal", "repair", "expiry", "correction"
FOR_GOOD = frozenset({REPAIR, EXPIRY})  # what ended so never shows again
HIDDEN_FOR_A_TIME = frozenset({Outcome.SUSPENDED.value, Outcome.MASKED.value})
_ENDED_BY = {"repaired": REPAIR, "repair": REPAIR, "withdrawn": WITHDRAWAL}


@dataclass(slots=True)
class Returning:
    """What one batch may bring back, asked of the database once."""

    information_class: InformationClass
    moment: str
    _left: dict[ended.Address, str] = field(default_factory=dict)
    _numbers: dict[tuple[str, str], str] = field(default_factory=dict)  # subject, loose number: reason
    _newest: dict[str, ended.Newest] = field(default_factory=dict)
    _corrected: set[tuple[str, str]] = field(default_factory=set)
    _clusters: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def learn(
        self,
        rows: Iterable[tuple[str, AcceptedRow]],
        current: Mapping[ended.Address, Current],
        clusters: Mapping[str, Sequence[str]],
    ) -> None:
        """Ask what is known of these rows, each with the subject it was placed at, known before."""
        self._clusters = clusters
        placed = list(rows)
        subject_ids = self._all_one_with(subject_id for subject_id, _ in placed)
        before = [(one, current.get((subject_id, one.key)), subject_id) for subject_id, one in placed]
        changed = [
            (subject_id, found)
            for one, found, subject_id in before
            if found and not found.says(one.content_hash)
        ]
        left = ended.fingerprints_left(subject_ids, class_id=self.information_class.id)
        self._left = {(one.subject_id, one.record_key): one.reason for one in left}
        self._numbers = {
            (one.subject_id, loose_form(one.document_number)): one.reason
            for one in left
            if one.document_number
        }
        self._newest = ended.newest_of([(one, found.record_id) for one, found in changed], at=self.moment)
        corrected = [(one, found.record_id) for one, found in changed if found.kind != Kind.ORIGINAL]
        self._corrected = ended.corrected_away(corrected)
        if self.information_class.adverse:
            self._learn_numbers([(subject_id, one) for one, found, subject_id in before if not found])

    def why_held(self, subject_id: str, sent: AcceptedRow, before: Current | None) -> str:
        """Return why a row is something that has ended and comes again; empty if it is not."""
        reason = (
            self._of_record(subject_id, sent.key, before) if before else self._of_another(subject_id, sent)
        )
        return f"{RETURNS_AFTER}{reason}" if reason else ""

    def undoes_a_correction(self, sent: AcceptedRow, before: Current) -> bool:
        """Return whether a row says again what a correction of the record has put right."""
        return (before.record_id, sent.content_hash) in self._corrected

    def is_hidden(self, before: Current) -> bool:
        """Return whether the record is suspended or masked: no batch shows it again."""
        newest = self._newest.get(before.record_id)
        return newest is not None and newest.outcome in HIDDEN_FOR_A_TIME

    def _of_record(self, subject_id: str, key: str, before: Current) -> str:
        left = self._left.get((subject_id, key), "")
        if left in FOR_GOOD:
            return left
        if before.kind == Kind.WITHDRAWAL:
            return WITHDRAWAL
        if before.held_reason.startswith(RETURNS_AFTER):  # waits to be certified, or was refused it
            return before.held_reason.removeprefix(RETURNS_AFTER)
        newest = self._newest.get(before.record_id)
        return _ended_by(newest) if self.information_class.adverse else ""

    def _of_another(self, subject_id: str, sent: AcceptedRow) -> str:
        """Return how a record ended that this row may be, under another key or of a merged subject."""
        if not self._left and not self._numbers:
            return ""
        for one in self._clusters.get(subject_id, (subject_id,)):
            if found := self._left.get((one, sent.key), ""):
                return found
            number = loose_form(sent.document_number or "")
            if number and (found := self._numbers.get((one, number), "")):
                return found
        return ""

    def _learn_numbers(self, rows: Sequence[tuple[str, AcceptedRow]]) -> None:
        """Ask which records under another key, once shown and over, may be what these rows say."""
        numbered = {(subject_id, one.document_number) for subject_id, one in rows if one.document_number}
        bore = ended.numbers_of_shown(
            self._all_one_with({subject_id for subject_id, _ in numbered}), class_id=self.information_class.id
        )
        if not bore:
            return
        asked = {
            (other, loose_form(number))
            for one, number in numbered
            for other in self._clusters.get(one, (one,))
        }
        alike = [one for one in bore if (one.subject_id, loose_form(one.document_number)) in asked]
        newest = ended.newest_of([(one.subject_id, one.record_id) for one in alike], at=self.moment)
        for one in alike:
            if reason := _ended_by(newest.get(one.record_id)):
                self._numbers.setdefault((one.subject_id, loose_form(one.document_number)), reason)

    def _all_one_with(self, subject_ids: Iterable[str]) -> set[str]:
        return {one for subject_id in subject_ids for one in self._clusters.get(subject_id, (subject_id,))}


def _ended_by(newest: ended.Newest | None) -> str:
    """Return how a record ended by its newest decision; empty while it has not."""
    if newest is None:
        return ""
    if newest.outcome == Outcome.ENDED:
        return _ENDED_BY.get(newest.reason, EXPIRY)
    return EXPIRY if newest.outcome in ONCE_SHOWN and newest.over else ""
