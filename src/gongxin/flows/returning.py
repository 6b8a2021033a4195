"""What has ended or is hidden and comes again, however its number is written and under whichever code.

It is known by its fingerprint, its last decision, or its number loosely read. A batch is asked at once. What
comes again is held for its source to certify and shows to nobody; a record that was repaired or whose period
is over never shows again, certified or not: only another decision of the body does.
Source: law-decisions 6, 15, 16, 18, 20; design §5.
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
SUSPENSION = "suspension"  # suspended or masked: hidden for a time
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
    _keys: dict[ended.Address, str] = field(default_factory=dict)
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
        self._learn_others([(subject_id, one) for one, found, subject_id in before if not found])

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
        return ended_by(newest) if self.information_class.adverse else ""

    def _of_another(self, subject_id: str, sent: AcceptedRow) -> str:
        """Return how a record ended that this row may be, under another key or of a merged subject."""
        if not self._left and not self._numbers and not self._keys:
            return ""
        for one in self._clusters.get(subject_id, (subject_id,)):
            if found := self._left.get((one, sent.key), "") or self._keys.get((one, sent.key), ""):
                return found
            number = loose_form(sent.document_number or "")
            if number and (found := self._numbers.get((one, number), "")):
                return found
        return ""

    def _learn_others(self, rows: Sequence[tuple[str, AcceptedRow]]) -> None:
        """Ask which records under another key, over or hidden, may be what these rows say."""
        bore = self._may_have_ended(rows)
        if not bore:
            return
        asked = {
            (other, said)
            for one, sent in rows
            for other in self._clusters.get(one, (one,))
            for said in (sent.key, loose_form(sent.document_number or ""))
            if said
        }
        alike = [one for one in bore if not asked.isdisjoint(_addresses(one))]
        newest = ended.newest_of([(one.subject_id, one.record_id) for one in alike], at=self.moment)
        for one in alike:
            if reason := how_it_ended(
                one.held_reason, newest.get(one.record_id), adverse=self.information_class.adverse
            ):
                self._keys.setdefault((one.subject_id, one.record_key), reason)
                if number := loose_form(one.document_number):
                    self._numbers.setdefault((one.subject_id, number), reason)

    def _may_have_ended(self, rows: Sequence[tuple[str, AcceptedRow]]) -> set[ended.Bore]:
        """Return which records of these subjects may be over, by their day or by a decision."""
        class_id = self.information_class.id
        bore = set(ended.stopped(self._all_one_with({one for one, _ in rows}), class_id=class_id))
        if self.information_class.adverse:
            numbered = {subject_id for subject_id, one in rows if one.document_number}
            bore |= set(ended.numbers_of_shown(self._all_one_with(numbered), class_id=class_id))
        return bore

    def _all_one_with(self, subject_ids: Iterable[str]) -> set[str]:
        return {one for subject_id in subject_ids for one in self._clusters.get(subject_id, (subject_id,))}


def how_it_ended(held_reason: str, newest: ended.Newest | None, *, adverse: bool) -> str:
    """Return how a record ended, or that it is hidden; empty while it shows or never showed.

    Expiry counts of what is adverse alone; a record that itself waits as one that returns, as what it returns
    after.
    """
    if held_reason.startswith(RETURNS_AFTER):
        return held_reason.removeprefix(RETURNS_AFTER)
    if adverse and (reason := ended_by(newest)):
        return reason
    return SUSPENSION if newest is not None and newest.outcome in HIDDEN_FOR_A_TIME else ""


def ended_by(newest: ended.Newest | None) -> str:
    """Return how a record ended by its newest decision; empty while it has not."""
    if newest is None:
        return ""
    if newest.outcome == Outcome.ENDED:
        return _ENDED_BY.get(newest.reason, EXPIRY)
    return EXPIRY if newest.outcome in ONCE_SHOWN and newest.over else ""


def _addresses(one: ended.Bore) -> set[tuple[str, str]]:
    return {(one.subject_id, one.record_key), (one.subject_id, loose_form(one.document_number))}
