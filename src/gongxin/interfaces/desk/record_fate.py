"""What became of a record, said to its sender in one line: its state, and until when or why."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongxin.core.disclosure import Audience
from gongxin.interfaces import clock
from gongxin.interfaces.desk.templatetags.desk import held_reason
from gongxin.interfaces.pages.reason_words import WITHHELD
from gongxin.interfaces.pages.states import PUBLICATION, RECORD
from gongxin.interfaces.pages.templatetags.wording import day
from gongxin.registry.catalogue.queries import classes_by_id
from gongxin.registry.publication.queries import RecordView


@dataclass(frozen=True, slots=True)
class Fate:
    """A short word for the state, and why, if there is more to say."""

    state: str
    why: str = ""

    def __str__(self) -> str:
        return f"{self.state} · {self.why}" if self.why else self.state


def fate_of(view: RecordView) -> Fate:
    """Return where a record stands, in the reader's language."""
    if view.record in {"withdrawn", "held"}:
        return Fate(str(RECORD[view.record].words), str(held_reason(view.held_reason)))
    why = {
        "pending": _("decide by %(day)s") % {"day": day(view.due_on)} if view.due_on else "",
        "withheld": str(WITHHELD.get(view.reason, view.reason)),
        "ended": day(view.ended_at),
        "published": _until(view),
    }
    return Fate(str(PUBLICATION[view.publication].words), why.get(view.publication, ""))


def _until(view: RecordView) -> str:
    known = classes_by_id(on=clock.today()).get(view.class_id)
    if known is not None and known.audience != Audience.PUBLIC:
        return _("to its subject only")
    if view.publish_until is None:
        return _("while it stands")
    return _("until %(day)s") % {"day": day(view.publish_until)}
