"""A record as its own subject is told of it: whether everyone sees it, and if not, why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gongxin.core.catalogue import InformationClass
from gongxin.core.disclosure import Audience
from gongxin.core.legal_day import legal_day
from gongxin.interfaces.pages.reason_words import HELD, WITHHELD
from gongxin.interfaces.pages.states import OWN_ONLY, HasStates
from gongxin.interfaces.pages.wording import day_in_words
from gongxin.interfaces.site.record_words import ClassWords, Fact
from gongxin.registry.ledger.queries import REPAIRED
from gongxin.registry.publication.queries import RecordView

REGISTRATION = "registration"  # it is headed by what it is, not by whom it names first
# What everyone sees or saw; the other states are told by `_hidden`.
GONE: Mapping[str, Promise] = {
    "withdrawn": gettext_lazy("It was withdrawn and is no longer shown."),
    "archived": gettext_lazy("It is archived and no longer shown."),
}
STILL: Mapping[str, Promise] = {
    "suspended": gettext_lazy("Its publication is suspended: at present nobody but you sees it."),
    "masked": gettext_lazy("It is masked while a reorganisation plan is carried out."),
}


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """One line about a record. `shown`: everyone sees it now; `shows` says until when, or why not.

    `tagged` is the view as its tags of state tell it.
    """

    view: RecordView
    tagged: HasStates
    kind: str
    heading: str
    when: str
    body: str
    shown: bool
    shows: str
    repair: str


class OwnWords:
    """Tells records to their subject, whatever their class; one that is no longer law has no other words."""

    def __init__(self, classes: Mapping[str, InformationClass], *, today: date) -> None:
        self.classes, self.today = classes, today
        self._words: dict[str, ClassWords] = {}

    def kind(self, class_id: str) -> str:
        known = self.classes.get(class_id)
        return known.label.in_language(get_language() or "") if known else class_id

    def words(self, class_id: str) -> ClassWords | None:
        """Return the words of a class of the edition in force."""
        if class_id not in self._words and class_id in self.classes:
            self._words[class_id] = ClassWords(self.classes[class_id], audience=Audience.SUBJECT)
        return self._words.get(class_id)

    def tell(self, view: RecordView) -> OwnRecord:
        shows, shown = self._shows(view)
        return OwnRecord(
            view=view,
            tagged=self._tagged(view),
            kind=self.kind(view.class_id),
            heading=self._heading(view),
            when=_day(view.decided_on),
            body=view.deciding_body or view.agency_name,
            shown=shown,
            shows=shows,
            repair=self.repair(view),
        )

    def _tagged(self, view: RecordView) -> HasStates:
        """Return the view; what its class shows to its subject alone does not say that it is shown."""
        known = self.classes.get(view.class_id)
        for_all = known is None or known.audience == Audience.PUBLIC
        return view if for_all or view.publication != "published" else view._replace(publication=OWN_ONLY)

    def _heading(self, view: RecordView) -> str:
        words = self.words(view.class_id)
        if words is None or view.class_id == REGISTRATION:
            return view.document_number or self.kind(view.class_id)
        return words.heading(view)

    def tell_all(self, views: Iterable[RecordView]) -> list[OwnRecord]:
        return [self.tell(view) for view in views]

    def facts(self, view: RecordView) -> Sequence[Fact]:
        """Return everything the record says, also what nobody else may read."""
        words = self.words(view.class_id)
        return words.tell(view, today=self.today).facts if words else tuple(view.fields.items())

    def repair(self, view: RecordView) -> str:
        """Return from which day repair may be asked for, and whose it is to decide; or that it is done."""
        words = self.words(view.class_id)
        if view.repair == REPAIRED:
            return _("It was repaired on %(day)s.") % {"day": _day(view.use_until)} if view.use_until else ""
        if words is None or (view.publication == "withheld" and not self._is_shared(view)):
            return ""
        return words.endings.repairable(view, today=self.today)

    def _shows(self, view: RecordView) -> tuple[str, bool]:
        """Return a sentence on whether everyone sees the record, and whether they do."""
        hidden = next(self._hidden(view), "")
        if hidden:
            return hidden, False
        if view.publish_until is None:
            return _("Everyone sees it, while it stands."), True
        return _("Everyone sees it until %(day)s.") % {"day": _day(view.publish_until)}, True

    def _withheld(self, view: RecordView) -> str:
        """Return that a record is not shown to everyone and why, and until when it is shared and used."""
        said = {"why": WITHHELD.get(view.reason, view.reason), "day": _day(view.share_until)}
        if not self._is_shared(view):
            return _("It is not shown to the public: %(why)s.") % said
        words = _("It is not shown to the public: %(why)s. By law it is shared and used until %(day)s.")
        return words % said

    def _is_shared(self, view: RecordView) -> bool:
        return view.share_until is not None and legal_day(view.share_until) > self.today

    def _hidden(self, view: RecordView) -> Iterator[str]:
        """Yield why a record does not show to everyone, the first reason first."""
        known = self.classes.get(view.class_id)
        if view.record in GONE:
            yield str(GONE[view.record])
        if known is None:
            yield _("Its class is no longer in the catalogue in force: nobody but you sees it.")
        elif known.audience != Audience.PUBLIC:
            yield _("Only you see records of this class.")
        if view.record == "held":
            why = HELD.get(view.held_reason, view.held_reason)
            yield _("It waits for an officer's decision and is not shown: %(why)s.") % {"why": why}
        yield from self._not_published(view)

    def _not_published(self, view: RecordView) -> Iterator[str]:
        if view.publication == "withheld":
            yield self._withheld(view)
        elif view.publication == "ended":
            end = view.ended_at or view.publish_until
            yield _("It has ended on %(day)s and is no longer shown.") % {"day": _day(end)}
        elif view.publication in STILL:
            yield str(STILL[view.publication])
        elif view.publication == "pending" and view.due_on is not None:
            day = _day(view.due_on)
            yield _("It is not shown yet; whether it is has to be decided by %(day)s.") % {"day": day}
        elif view.publication == "pending":
            yield _("It is not shown yet.")


def _day(on: date | None) -> str:
    return "" if on is None else day_in_words(on, language=get_language())
