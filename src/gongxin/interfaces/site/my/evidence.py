"""Papers that come with a form, with what is said of those that were not taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from gongxin.core.evidence import limits
from gongxin.flows.open_case import NewEvidence
from gongxin.interfaces.pages import papers

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
    found = papers.handed_in(request, at=at)
    return Handed(found.kept, [one.sentence for one in found.refused])


def room() -> Room:
    found = limits()
    return Room(found.files, found.file_bytes // MEGABYTE)
