"""What a page tells of one record: what was decided, by whom, until when it shows, how to contest it.

Everything that all records of a class share is put in words once; a page may hold hundreds of records.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.catalogue import Citation, Field, FieldPublication, InformationClass
from gongxin.core.disclosure import Audience
from gongxin.core.options import in_words
from gongxin.core.sources import sources
from gongxin.interfaces.pages.wording import (
    article_in_words,
    day_in_words,
    in_yuan,
    is_english,
    without_unit,
    written_day,
)
from gongxin.interfaces.site.ending_words import EndingWords
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
    "source_body",
    "source_body_code",
)
HEADING_LENGTH = 40
HEADING_TYPES = ("text", "code", "list")
# What names a record best where it is not the first thing its form says.
HEADED_BY: Mapping[str, tuple[str, ...]] = {
    "licence": ("XK_XKZS", "project_name", "XK_NR"),
    "evaluation": ("scheme",),
    "commitment": ("matter",),
    "tax-a-level": (),
    "wage-arrears": ("cause",),
    "major-tax-violation": ("case_kind",),
    "procurement-ban": ("conduct",),
    "work-safety": ("cause",),
    "overloading": ("cause",),
    "court-enforcement": ("conduct",),
    "customs-dishonest": ("level",),
    "aeo": ("level",),
    "demonstration-firm": ("level",),
}

Fact = tuple[str, str]  # what it is called, what it says


@dataclass(frozen=True, slots=True)
class Telling:
    view: RecordView
    address: str
    kind: str
    heading: str
    when: str
    until: str
    body: str
    ends: str
    facts: tuple[Fact, ...]
    remedy: str
    repair: str


class ClassWords:
    """How records of one class are told in the page's language."""

    def __init__(self, information_class: InformationClass, *, audience: Audience = Audience.PUBLIC) -> None:
        self.language = get_language() or "zh-hans"
        self.kind = information_class.label.in_language(self.language)
        self.endings = EndingWords(self.kind, self.language)
        self.fields = tuple(_told(information_class, audience))
        self.labels = {one.key: without_unit(one.label.in_language(self.language)) for one in self.fields}
        first = tuple(_heading_keys(self.fields))
        self.heading_keys = HEADED_BY.get(information_class.id, first)
        self.year_key = information_class.role("year") or ""
        between = "; " if is_english(self.language) else "；"
        self.basis = between.join(self._ground(citation) for citation in information_class.basis)
        remedy = information_class.remedy
        self.remedy = remedy.in_language(self.language) if remedy else ""
        self.remedies: dict[str, str] = {}

    def tell(self, view: RecordView, *, today: date, clipped: int | None = None) -> Telling:
        """Return what a page tells of `view` on the day `today`, each text `clipped` to so many signs."""
        return Telling(
            view=view,
            address=f"/subjects/{view.subject_id}/records/{view.record_id}/",
            kind=self.kind,
            heading=self.heading(view),
            when=self._day(view.decided_on),
            until=self._until(view),
            body=view.deciding_body or view.agency_name,
            ends=self.endings.ends(view, today=today),
            facts=tuple((name, _clip(value, clipped)) for name, value in self._facts(view)),
            remedy=self._remedy(view.agency_name),
            repair=self.endings.repair(view),
        )

    def content(self, view: RecordView) -> Iterator[Fact]:
        """Yield what the record itself says, field by field."""
        for field in self.fields:
            value = view.fields.get(field.key)
            if value:
                label, in_ten_thousands = self.labels[field.key]
                yield label, self._value(field, value, in_ten_thousands)

    def _facts(self, view: RecordView) -> Iterator[Fact]:
        if view.document_number:
            yield _("Document number"), view.document_number
        if view.decided_on is not None:
            yield _("Decided on"), self._day(view.decided_on)
        yield from self.content(view)
        yield _("Decided by"), view.deciding_body or view.agency_name
        yield _("Responsible agency"), self._agency(view)
        yield _("Basis of this publication"), self.basis
        if view.source:
            yield _("Rule for its time"), source_title(view.source, self.language)

    def _agency(self, view: RecordView) -> str:
        lines = [view.agency_name]
        if view.agency_telephone:
            lines.append(_("Telephone %(number)s") % {"number": view.agency_telephone})
        if view.agency_address:
            lines.append(_("Address: %(address)s") % {"address": view.agency_address})
        return "\n".join(lines)

    def heading(self, view: RecordView) -> str:
        """Return the first thing said of a record in words; its class where nothing is."""
        values = (view.fields.get(key) for key in self.heading_keys)
        text = next((value for value in values if value), self.kind)
        text = text if len(text) <= HEADING_LENGTH else f"{text[:HEADING_LENGTH]}…"
        year = view.fields.get(self.year_key)
        return _("%(heading)s, %(year)s") % {"heading": text, "year": year} if year else text

    def _value(self, field: Field, value: str, in_ten_thousands: bool) -> str:
        if in_ten_thousands:
            return in_yuan(value, language=self.language)
        if field.type == "code":
            return in_words(value, field)
        return written_day(value, language=self.language) if field.type == "date" else value

    def _day(self, on: date | None) -> str:
        return "" if on is None else day_in_words(on, language=self.language)

    def _until(self, view: RecordView) -> str:
        """Return the day on which what is adverse stops showing; the rest shows while it stands."""
        if not view.adverse or view.publish_until is None:
            return ""
        return _("shown until %(day)s") % {"day": day_in_words(view.publish_until, language=self.language)}

    def _remedy(self, agency: str) -> str:
        """Return how to contest a record of this class that `agency` answers for."""
        if agency not in self.remedies:
            decides = _(
                "%(agency)s decides whether the record is right; the platform forwards an objection, marks"
                " the record at once and corrects what is its own. No fee."
            )
            gap = " " if is_english(self.language) else ""
            self.remedies[agency] = f"{self.remedy}{gap}{decides % {'agency': agency}}".strip()
        return self.remedies[agency]

    def _ground(self, citation: Citation) -> str:
        title = source_title(citation.source, self.language)
        return f"{title} {article_in_words(citation.article, language=self.language)}".rstrip()


def _clip(value: str, length: int | None) -> str:
    if length is None or len(value) <= length:
        return value
    return _("%(beginning)s… (the whole text is at this record's permanent address)") % {
        "beginning": value[:length]
    }


def _told(information_class: InformationClass, audience: Audience) -> Iterator[Field]:
    elsewhere = {information_class.role(role) for role in TOLD_ELSEWHERE}
    shown = {FieldPublication.PUBLIC, FieldPublication.MASKED}
    if audience is not Audience.PUBLIC:
        shown.add(FieldPublication.INTERNAL)
    for field in information_class.fields:
        if field.publication in shown and field.key not in elsewhere:
            yield field


def _heading_keys(fields: tuple[Field, ...]) -> Iterator[str]:
    for field in fields:
        if field.type in HEADING_TYPES and field.publication is FieldPublication.PUBLIC:
            yield field.key


def source_title(key: str, language: str) -> str:
    """Return the title of an instrument of `law/sources.yaml`; a key it does not have stays as it is."""
    known = sources().get(key)
    return key if known is None else known.title.in_language(language)
