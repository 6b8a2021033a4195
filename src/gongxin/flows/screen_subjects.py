"""The question of one check, asked about a whole file of codes: the same law, the same verdicts.

What a check answers one by one is answered here for everybody at once. Each organisation asked about sees
that it was; a code that may be a person's is neither kept nor written down again.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from gongxin.core.catalogue import Label
from gongxin.core.checks import (
    ListAsked,
    Reckoned,
    Verdict,
    WhyNot,
    is_public_body,
    reckon,
)
from gongxin.core.checks.questions import LONGEST_PURPOSE, Unfit, UnfitWords, refuse_unfit
from gongxin.core.checks.words import INCOMPLETE, UNDECIDED
from gongxin.core.identifiers.normal_form import normalise_code
from gongxin.core.leaks import holds_personal_number
from gongxin.core.looks import Looker
from gongxin.core.measures import MeasureRule, NotServed, matter
from gongxin.flows.check_subject import law_of
from gongxin.flows.check_words import list_in_words
from gongxin.registry.audit.bulk import write_looks
from gongxin.registry.audit.events import write_event
from gongxin.registry.checks.columns import bearers_of_codes, subjects_with_something
from gongxin.registry.checks.grounds import grounds_of
from gongxin.registry.checks.keys import signing_key
from gongxin.registry.ids import fresh_id
from gongxin.registry.subjects.clusters import clusters_of
from gongxin.registry.subjects.queries import keys_in, profile, subject_of_code

AT_ONCE = 5_000  # subjects whose grounds are read, or looks that are written, in one step
Progress = Callable[[str, int, int], None]
Law = tuple[Sequence[MeasureRule], Sequence[ListAsked]]


class SceneNotServed(Exception):
    """Nothing is answered on this matter, about anybody; `why` says so and where to go."""

    def __init__(self, reason: NotServed) -> None:
        super().__init__(reason.why.en)
        self.why = Label(f"{reason.why.zh}{reason.instead.zh}", f"{reason.why.en} {reason.instead.en}")


class Said(NamedTuple):
    """What is said of one code; of most the same."""

    verdict: Verdict
    why: str = ""
    measures: tuple[str, ...] = ()
    records: tuple[str, ...] = ()


class Line(NamedTuple):
    """The answer to one code: `code` is starred where it may be a person's."""

    code: str
    subject_id: str
    said: Said


@dataclass(slots=True)
class Screening:
    """A file of codes being asked about. `lines` may be read once; the counts are whole after that."""

    matter: str
    at: datetime
    asked: Sequence[ListAsked]
    lines: Iterator[Line]
    counts: Counter[str] = field(default_factory=Counter)


def screen(
    codes: Sequence[str],
    *,
    matter_id: str,
    purpose: str,
    looker: Looker,
    at: datetime,
    progress: Progress | None = None,
) -> Screening:
    """Return the answers to `codes` as of `at`, in their order, each reckoned as `check_subject.ask` would.

    Raises UnknownMatter, SceneNotServed, UnfitWords, and NoSigningKey before anything is kept.
    """
    if (reason := matter(matter_id).not_served) is not None:
        raise SceneNotServed(reason)
    if not purpose.strip():
        raise UnfitWords("purpose", Unfit.MISSING)
    refuse_unfit("purpose", purpose, longest=LONGEST_PURPOSE)
    signing_key()  # what was asked is not kept where the answers cannot be signed
    say = progress or _nothing
    laws = {public: law_of(matter_id, public_body=public, moment=at) for public in (False, True)}
    say("reading", 0, 0)
    bearers = bearers_of_codes(at=at)
    normal = [code if code in bearers else normalise_code(code) for code in codes]
    meant = [bearers.get(code) or _otherwise_meant(code, at) for code in normal]
    known = {one: is_public_body(code) for one, code in zip(meant, normal, strict=True) if one}
    found = _reckoned(known, laws, at, say)
    _keep(sorted(known), matter_id, purpose, looker, at, say)
    screening = Screening(matter_id, at, laws[False][1], iter(()))
    clean = {public: _said(reckon((), rules=rules, asked=lists)) for public, (rules, lists) in laws.items()}
    of_known = {one: found.get(one) or clean[public] for one, public in known.items()}
    screening.lines = _lines(codes, normal, meant, of_known, screening.counts)
    return screening


def _nothing(_phase: str, _done: int, _total: int) -> None:
    pass


def _otherwise_meant(code: str, at: datetime) -> str | None:
    """Return the organisation (hexadecimal) that a code of another kind than the unified one means."""
    if not keys_in(code):
        return None
    subject_id = subject_of_code(code, at=at)
    known = profile(subject_id, at=at) if subject_id else None
    return known.subject_id.hex if known and known.kind == "organisation" else None


def _reckoned(
    known: Mapping[str, bool], laws: Mapping[bool, Law], at: datetime, say: Progress
) -> dict[str, Said]:
    """Return what is said of each of these of whom there is anything; of the others the same is said."""
    marked = subjects_with_something(at=at)
    clusters = clusters_of(known, at=at)
    asked = [one for one in known if not marked.isdisjoint(clusters.get(one, (one,)))]
    found: dict[str, Said] = {}
    for start in range(0, len(asked), AT_ONCE):
        say("reckoning", start, len(asked))
        posted_to = {
            one: [UUID(other) for other in clusters.get(one, (one,))]
            for one in asked[start : start + AT_ONCE]
        }
        grounds = grounds_of(
            {other for others in posted_to.values() for other in others}, at=at, undecided=True
        )
        for one, others in posted_to.items():
            rules, lists = laws[known[one]]
            own = [ground for other in others for ground in grounds.get(other, ())]
            if own:
                found[one] = _said(reckon(own, rules=rules, asked=lists))
    say("reckoning", len(asked), len(asked))
    return found


def _said(reckoned: Reckoned) -> Said:
    measures = tuple(dict.fromkeys(applying.rule.measure.id for applying in reckoned.applying))
    records = tuple(dict.fromkeys(applying.ground.record_id.hex for applying in reckoned.applying))
    incomplete = INCOMPLETE if reckoned.verdict is Verdict.CANNOT_TELL else ""
    return Said(reckoned.verdict, UNDECIDED if reckoned.undecided else incomplete, measures, records)


def _keep(
    known: Sequence[str], matter_id: str, purpose: str, looker: Looker, at: datetime, say: Progress
) -> None:
    """Let each organisation see that it was asked about, a few thousand in one transaction."""
    for start in range(0, len(known), AT_ONCE):
        say("noting", start, len(known))
        with transaction.atomic():
            write_looks(known[start : start + AT_ONCE], looker=looker, purpose=purpose, at=at)
    with transaction.atomic():
        write_event(
            actor=looker.actor, action="check.screened", object_kind="matter", object_id=matter_id, at=at,
            detail={"organisations": len(known)},
        )  # fmt: skip


def _lines(
    codes: Sequence[str],
    normal: Sequence[str],
    meant: Sequence[str | None],
    found: Mapping[str, Said],
    counts: Counter[str],
) -> Iterator[Line]:
    for code, sure, one in zip(codes, normal, meant, strict=True):
        line = Line(code, one, found[one]) if one else _nobody(code, sure)
        counts[line.said.verdict.value] += 1
        yield line


def _nobody(code: str, normal: str) -> Line:
    """Return the answer to a code that leads to no organisation; never `allow`."""
    if not normal:
        return Line("", "", Said(Verdict.CANNOT_TELL, WhyNot.NO_CODE.value))
    if keys_in(normal):
        return Line(code, "", Said(Verdict.CANNOT_TELL, WhyNot.UNKNOWN.value))
    if holds_personal_number(normal):
        return Line("*" * len(normal), "", Said(Verdict.NOT_HELD_HERE, WhyNot.PERSON.value))
    return Line(code, "", Said(Verdict.CANNOT_TELL, WhyNot.BAD_CODE.value))


def statement(screening: Screening, *, lines: int, digest: str, at: datetime) -> dict[str, Any]:
    """Return what is signed of a screening: of which file, on which matter, as of when, by which lists."""
    return {
        "id": str(fresh_id(at=at)),
        "matter": screening.matter,
        "moment": screening.at.isoformat(),
        "asked_at": at.isoformat(),
        "valid_until": at.isoformat(),  # nobody is told when one of them changes
        "lines": lines,
        "sha256": digest,
        "verdicts": dict(screening.counts),
        "lists_asked": [list_in_words(one) for one in screening.asked],
    }  # fmt: skip
