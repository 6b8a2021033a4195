"""What a page tells of one record: what was decided, by whom, until when it shows, how to contest it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.catalogue import Citation, Field, FieldPublication, InformationClass
from gongxin.core.sources import sources
from gongxin.interfaces.pages.states import State, states_of
from gongxin.interfaces.pages.wording import day_in_words, in_yuan, without_unit, written_day
from gongxin.registry.publication.queries import RecordView

# Told elsewhere on the page (who, by whom, when, until when), or of use to the exchange of data only.
TOLD_ELSEWHERE = (
    "subject_name",
    "subject_category",
    "unified_code",
    "registration_number",
    "organisation_code",
    "tax_number",
    "taxpayer_number",
    "institution_number",
    "social_number",
    "document_number",
    "decided_on",
    "published_until",
    "deciding_body",
    "deciding_body_code",
    "source_body_code",
)
HEADING_LENGTH = 40
HEADING_TYPES = ("text", "code", "list")


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Ground:
    title: str
    article: str


@dataclass(frozen=True, slots=True)
class Telling:
    view: RecordView
    information_class: InformationClass
    heading: str
    facts: tuple[Fact, ...]
    states: tuple[State, ...]
    ends: tuple[str, ...]
    grounds: tuple[Ground, ...]
    term_source: str


class ClassWords:
    """What all records of one class share on a page, read once in the page's language."""

    def __init__(self, information_class: InformationClass) -> None:
        self.information_class = information_class
        self.language = get_language() or "zh-hans"
        self.fields = tuple(_told(information_class))
        self.labels = {
            field.key: without_unit(field.label.in_language(self.language)) for field in self.fields
        }
        self.heading_keys = tuple(
            field.key
            for field in self.fields
            if field.type in HEADING_TYPES and field.publication is FieldPublication.PUBLIC
        )
        self.kind = information_class.label.in_language(self.language)
        self.grounds = tuple(_ground(citation, self.language) for citation in information_class.basis)

    def tell(self, view: RecordView, *, today: date) -> Telling:
        """Return what a page tells of `view` on the legal day `today`."""
        return Telling(
            view=view,
            information_class=self.information_class,
            heading=self._heading(view),
            facts=tuple(self._facts(view)),
            states=states_of(view),
            ends=tuple(self._ends(view, today)),
            grounds=self.grounds,
            term_source=source_title(view.source, self.language),
        )

    def _heading(self, view: RecordView) -> str:
        """Return the first thing said of a record in words; its class where nothing is."""
        values = (view.fields.get(key) for key in self.heading_keys)
        return _shortened(next((value for value in values if value), self.kind))

    def _facts(self, view: RecordView) -> Iterator[Fact]:
        for field in self.fields:
            value = view.fields.get(field.key)
            if value:
                label, in_ten_thousands = self.labels[field.key]
                yield Fact(label, self._value(field, value, in_ten_thousands))

    def _value(self, field: Field, value: str, in_ten_thousands: bool) -> str:
        if in_ten_thousands:
            return in_yuan(value, language=self.language)
        return written_day(value, language=self.language) if field.type == "date" else value

    def _ends(self, view: RecordView, today: date) -> Iterator[str]:
        if view.publish_until is None:
            yield _("This record (%(kind)s) has no fixed last day: it is shown while it stands.") % {
                "kind": self.kind
            }
        else:
            until = day_in_words(view.publish_until, language=self.language)
            yield _("This record (%(kind)s) is shown until %(day)s.") % {"kind": self.kind, "day": until}
        if view.repairable_from is not None:
            yield self._repair(view.repairable_from, view.deciding_body or view.agency_name, today)

    def _repair(self, begins: date, body: str, today: date) -> str:
        day = day_in_words(begins, language=self.language)
        if begins <= today:
            words = _("Repair may be asked for since %(day)s; %(body)s decides. No fee.")
        else:
            words = _("Repair may be asked for from %(day)s; %(body)s decides. No fee.")
        return words % {"day": day, "body": body}


def _told(information_class: InformationClass) -> Iterator[Field]:
    elsewhere = {information_class.role(role) for role in TOLD_ELSEWHERE}
    for field in information_class.fields:
        shown = field.publication in {FieldPublication.PUBLIC, FieldPublication.MASKED}
        if shown and field.key not in elsewhere:
            yield field


def _shortened(text: str) -> str:
    return text if len(text) <= HEADING_LENGTH else f"{text[:HEADING_LENGTH]}…"


def _ground(citation: Citation, language: str) -> Ground:
    return Ground(source_title(citation.source, language), citation.article)


def source_title(key: str, language: str) -> str:
    """Return the title of an instrument of `law/sources.yaml`; a key it does not have stays as it is."""
    known = sources().get(key)
    return key if known is None else known.title.in_language(language)
