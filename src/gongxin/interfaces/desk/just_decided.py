"""What was decided the moment before, so that it can be undone from wherever one went on to."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongxin.interfaces import clock
from gongxin.interfaces.desk.doubt_history import standing_of
from gongxin.interfaces.desk.doubt_words import VERDICTS
from gongxin.interfaces.permissions import allowed
from gongxin.registry.subjects.models import Doubt, Judgement, Merge
from gongxin.registry.subjects.queries import profile


@dataclass(frozen=True, slots=True)
class JustDecided:
    """A case, by the name of what it is about, and in words what now stands."""

    doubt: Doubt
    name: str
    words: str | Promise


def just_decided(request: HttpRequest) -> JustDecided | None:
    """Return the case named by `?decided=`, if a judgement stands there that this person may undo."""
    if not allowed(request, action="doubt.judge"):
        return None
    try:
        decided = UUID(request.GET.get("decided", ""))
    except ValueError:
        return None
    doubt = Doubt.objects.select_related("row").filter(id=decided).first()
    said = standing_of(doubt) if doubt else None
    return JustDecided(doubt, _name(doubt), _words(said)) if doubt and said else None


def _words(said: Judgement) -> str | Promise:
    """Return what a judgement has led to: two subjects judged the same are only proposed to be one."""
    if said.verdict != "same" or said.doubt.row_id is not None:
        return VERDICTS[said.verdict]
    merged = Merge.objects.filter(judgement=said, undone_at=None).exists()
    return _("Merged") if merged else _("Proposed as one; a second person must confirm it")


def _name(doubt: Doubt) -> str:
    if doubt.row is not None:
        return doubt.row.name
    known = profile(doubt.subject_id or doubt.other_id, at=clock.now())
    return known.name if known else ""
