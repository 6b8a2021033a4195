"""Two that may be one, side by side: name part by part, identifiers, what each has on record and whence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from uuid import UUID

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.catalogue import Label
from gongxin.core.identifiers import organisation, registration, unified
from gongxin.core.leaks import mask_personal_numbers
from gongxin.core.ledger import content_fields
from gongxin.core.names.likeness import DIFFERENT_BELOW, Likeness, likeness
from gongxin.core.names.parts import PARTS, NameParts, parse_name
from gongxin.core.names.reasons import PartLikeness, part_in_words, said_of
from gongxin.core.subjects.corroboration import Identifiers, corroborate
from gongxin.core.subjects.repair import repairs
from gongxin.flows.identifiers import class_of_row, identifiers_of_row, identifiers_of_subject
from gongxin.interfaces.pages.subject_words import region_in_words
from gongxin.registry.intake.models import UnlinkedRow
from gongxin.registry.ledger.queries import CameFrom, OnRecord, came_from, on_record, registered_fields
from gongxin.registry.subjects.clusters import subject_ids_of
from gongxin.registry.subjects.queries import profile

AGREES, NEAR, DIFFERS, SILENT = "agrees", "near", "differs", "silent"
LONGEST_MARKED = 80
_CHECKS = {"unified": unified, "organisation": organisation, "registration": registration}
_SAYS = {
    "same": AGREES, "inside": AGREES, "lies-in": NEAR, "another": DIFFERS, "conflicting": DIFFERS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: a row as sent, or a subject as registered."""

    name: str
    known: Identifiers
    came_from: CameFrom | None
    subject_id: UUID | None = None
    former_names: tuple[str, ...] = ()
    representative: str = ""  # of an organisation; it is shown, and neither found by nor weighed
    on_record: Sequence[OnRecord] = ()

    @property
    def parts(self) -> NameParts:
        return parse_name(self.name)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing compared: how each has it, what that says, and how weighty it is."""

    label: str
    mine: str | SafeString
    theirs: str | SafeString
    level: str
    words: str


def side_of_row(row: UnlinkedRow) -> Side:
    """Return what a row as sent says of its subject."""
    sent = row.submission
    whence = CameFrom(sent.agency.name, sent.file_name, sent.received_at)
    key = class_of_row(row).role("representative") or ""
    representative = content_fields(row.content).get(key, "")
    return Side(row.name, identifiers_of_row(row), whence, representative=representative)


def side_of_subject(subject_id: UUID, *, at: datetime) -> Side:
    """Return what is registered of a subject, and of all that are one with it. Raises LookupError."""
    known, ids = profile(subject_id, at=at), subject_ids_of(subject_id, at=at)
    if known is None:
        raise LookupError(subject_id.hex)
    registered = registered_fields(ids)
    return Side(
        name=known.name,
        known=identifiers_of_subject(known, address=registered.get("address", "")),
        came_from=came_from(ids),
        subject_id=subject_id,
        former_names=known.former_names,
        representative=registered.get("representative", "") if known.kind == "organisation" else "",
        on_record=on_record(ids),
    )


def compared(mine: Side, theirs: Side) -> list[list[Line]]:
    """Return all that can be compared of two: their names, then their identifiers and who represents them."""
    beside = [*_identifiers(mine.known, theirs.known), *_representatives(mine, theirs)]
    return [list(_names(mine, theirs)), beside]


def _likest(mine: Side, theirs: Side) -> Likeness:
    """Return how alike two names are; a former name counts where it is more so."""
    ones, others = (mine.name, *mine.former_names), (theirs.name, *theirs.former_names)
    found = [likeness(parse_name(one), parse_name(other)) for one in ones for other in others]
    return max(found, key=lambda one: one.score)


def _names(mine: Side, theirs: Side) -> Iterator[Line]:
    one, other = mine.parts, theirs.parts
    alike = likeness(one, other)
    level = AGREES if alike.score == 1 else _level(alike.score)
    yield _line(_("Whole name"), mine.name, theirs.name, level, _whole(alike))
    said = {reason.part: reason for reason in alike.reasons}
    for part in PARTS:
        first, second = getattr(one, part), getattr(other, part)
        if first or second:
            level, words = _of_part(said.get(part), first, second)
            yield _line(_in(part_in_words(part)), first, second, level, words)
    if mine.former_names or theirs.former_names:
        best = _likest(mine, theirs)
        words = _("A former name is nearer") if best.score > alike.score else _("No former name is nearer")
        level = _level(best.score) if best.score > alike.score else SILENT
        former = ("、".join(mine.former_names), "、".join(theirs.former_names))
        yield Line(_("Former names"), former[0] or "—", former[1] or "—", level, words)


def _of_part(reason: PartLikeness | None, first: str, second: str) -> tuple[str, str]:
    if reason is not None:
        level = AGREES if reason.code == "same" else _level(reason.score)
        return level, _in(said_of(reason))
    if first == second:
        return AGREES, _("the same")
    return (NEAR, _("left out in one")) if not first or not second else (DIFFERS, _("another"))


def _whole(alike: Likeness) -> str:
    words = {"same": _("as good as the same"), "possibly": _("alike"), "different": _("another's name")}
    return f"{words[alike.verdict]} · {alike.score:.0%}"


def _level(score: float) -> str:
    """Return how weighty it is that two differ in this."""
    return DIFFERS if score < DIFFERENT_BELOW else NEAR


def _identifiers(mine: Identifiers, theirs: Identifiers) -> Iterator[Line]:
    said = {one.identifier: one for one in corroborate(mine, theirs)}
    labels = {
        "unified": _("Unified code"),
        "organisation": _("Organisation code"),
        "registration": _("Registration number"),
        "taxpayer": _("Taxpayer number"),
        "region": _("Registered region"),
        "address": _("Registered address"),
    }
    for name, label in labels.items():
        first, second = getattr(mine, name), getattr(theirs, name)
        if not first and not second:
            continue
        if name == "taxpayer" and first == mine.unified:
            continue
        found = said.get(name)
        if found is not None:
            level, words = _SAYS[found.code], _in(found.said)
        else:
            level, words = _not_compared(name, first, second)
        yield _line(label, _shown(name, first), _shown(name, second), level, words)


def _representatives(mine: Side, theirs: Side) -> Iterator[Line]:
    """Yield who represents each, as given: a person's name tells little, and who represents one changes."""
    one, other = (mask_personal_numbers(side.representative) for side in (mine, theirs))
    if not one and not other:
        return
    if one and other:
        same = "".join(one.split()) == "".join(other.split())
        level, words = (AGREES, _("the same")) if same else (NEAR, _("another; it may have changed"))
    else:
        level, words = SILENT, _("known of one only")
    yield Line(_("Legal representative"), one or "—", other or "—", level, words)


def _not_compared(name: str, first: str, second: str) -> tuple[str, str]:
    """Return why an identifier says nothing, or what may be wrong with it."""
    if name == "unified" and first and not unified.is_valid(first):
        repair = next((one for one in repairs(first) if one.code == second), None)
        if repair is not None:
            return NEAR, _in(repair.words)
    for one in (first, second):
        if one and name in _CHECKS and not _CHECKS[name].is_valid(one):
            return SILENT, _("fails its check and says nothing")
    if first and second:
        return (DIFFERS, _("another")) if first != second else (AGREES, _("the same"))
    return SILENT, _("known of one only")


def _shown(name: str, value: str) -> str:
    if name == "region" and value:
        return region_in_words(value, language=get_language() or "")
    return mask_personal_numbers(value)


def _line(label: str, one: str, other: str, level: str, words: str) -> Line:
    if level in {AGREES, SILENT}:
        return Line(label, one or "—", other or "—", level, words)
    return Line(label, _marked(one, other), _marked(other, one), level, words)


def _marked(text: str, other: str) -> SafeString:
    """Return a text with what the other has not marked."""
    if not text or not other or max(len(text), len(other)) > LONGEST_MARKED:
        return format_html("{}", text or "—")
    pieces = SequenceMatcher(None, text, other, autojunk=False).get_opcodes()
    cut = [(kind, text[start:end]) for kind, start, end, _start, _end in pieces if end > start]
    return format_html_join(
        "",
        "{}",
        ((piece if kind == "equal" else format_html("<mark>{}</mark>", piece),) for kind, piece in cut),
    )


def _in(label: Label) -> str:
    return label.in_language(get_language() or "zh-hans")
