"""Papers that come with a form: sealed as they arrive, judged, and refused in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import get_language

from gongxin.core.catalogue import Label
from gongxin.core.evidence import Fault, RefusedFile, limits, words_of
from gongxin.flows.evidence import fault_of_evidence, keep_evidence
from gongxin.flows.open_case import NewEvidence
from gongxin.interfaces.sealed_upload import papers, refused_papers

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Handed:
    """The papers that were kept, and what is said of those that were not."""

    kept: Sequence[NewEvidence]
    refused: Sequence[str]


@dataclass(frozen=True, slots=True)
class Room:
    """What may be handed in, for the hint beside the field."""

    files: int
    file_megabytes: int


def handed_in(request: HttpRequest, *, at: datetime) -> Handed:
    """Keep the papers of a form for the case it opens. Ask only when nothing else is wrong with it."""
    judged = [keep_evidence(one.take(), name=one.name or "", at=at) for one in papers(request)]
    kept = [one for one in judged if isinstance(one, NewEvidence)]
    refused = [*refused_papers(request), *(one for one in judged if isinstance(one, RefusedFile))]
    together = fault_of_evidence(kept)
    said = [*_refusals(refused), *([_words(together)] if together else [])]
    return Handed(kept, said)


def refused_on_the_way(request: HttpRequest) -> list[str]:
    """Return what is said of papers that were left aside while they arrived."""
    return _refusals(refused_papers(request))


def room() -> Room:
    found = limits()
    return Room(found.files, found.file_bytes // MEGABYTE)


def _refusals(refused: Iterable[RefusedFile]) -> list[str]:
    return [f"{one.name}: {_words(one.fault)}" for one in refused]


def _words(fault: Fault) -> str:
    said = words_of(fault)
    return f"{_said(said.wrong)} {_said(said.right)}"


def _said(label: Label) -> str:
    return label.in_language(get_language() or "zh-hans")
