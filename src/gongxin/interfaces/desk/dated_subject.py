"""A subject's whole file as it stood at an instant, and what the public saw then."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext, gettext_lazy

from gongxin.core.catalogue import Label
from gongxin.core.disclosure import Audience
from gongxin.core.legal_day import SHANGHAI, day_begins, legal_day
from gongxin.interfaces import clock
from gongxin.interfaces.desk.labelled import labelled_fields
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.purpose import PurposeForm, opened
from gongxin.interfaces.desk.templatetags.desk import class_name
from gongxin.interfaces.desk.unconfirmed import Unconfirmed
from gongxin.interfaces.pages.subject_words import DEREGISTERED, registration_state, told_succession
from gongxin.interfaces.permissions import allowed, requires
from gongxin.registry.catalogue.queries import NoEditionInForce
from gongxin.registry.publication.queries import RecordView, records_of
from gongxin.registry.subjects.queries import profile
from gongxin.registry.subjects.successions import successions_of

_LENGTH_OF_A_DAY = len("2026-11-20")


class FileForm(PurposeForm):
    at = forms.CharField(
        label=gettext_lazy("As it stood at"),
        required=False,
        max_length=32,
        widget=forms.TextInput(attrs={"placeholder": "2026-11-20T10:00"}),
    )
    field_order = ("at", "purpose", "case_number")

    def clean_at(self) -> datetime | None:
        """Return the instant asked about, None for now."""
        asked = self.cleaned_data["at"].strip()
        if not asked:
            return None
        try:
            at = instant_of(asked)
        except (ValueError, OverflowError) as error:
            words = gettext("Write a day as 2026-11-20, or an instant as 2026-11-20T10:00.")
            raise forms.ValidationError(words) from error
        if at > clock.now():
            raise forms.ValidationError(gettext("That is still to come."))
        return at


def instant_of(asked: str) -> datetime:
    """Return the instant written by Beijing time; of a day alone its last, or now if that is still to come.

    Raises ValueError, OverflowError.
    """
    if len(asked) == _LENGTH_OF_A_DAY:
        day = date.fromisoformat(asked)
        end = day_begins(day + timedelta(days=1)) - timedelta(microseconds=1)
        return clock.now() if day == clock.today() else end
    read = datetime.fromisoformat(asked)
    at = (read if read.tzinfo else read.replace(tzinfo=SHANGHAI)).astimezone(UTC)
    legal_day(at)  # the first and last days of the calendar have no neighbour
    return at


@dataclass(frozen=True, slots=True)
class DatedRecord:
    view: RecordView
    class_name: str
    fields: list[tuple[Label, str]]
    public_labels: list[Label]
    public: bool
    unconfirmed: list[str]


@requires("record.read-history")
def subject(request: HttpRequest, subject_id: UUID) -> HttpResponse:
    """Ask for what instant and purpose, write the look down, then show the file as it stood."""
    now = clock.now()
    known = profile(subject_id, at=now)
    if known is None:
        raise Http404
    asked = {"at": request.GET.get("at", "")}
    form = FileForm(request.POST if request.method == "POST" else None, initial=asked)
    context: dict[str, Any] = {"section": "find", "subject": known, "form": form}
    context["may_read_successions"] = allowed(request, action="succession.read")
    context["may_read_looks"] = allowed(request, action="look.read")
    context["may_ask"] = allowed(request, action="doubt.judge")
    if not form.is_valid():
        return desk_page(request, "desk/subject_ask.html", context, status=422 if form.errors else 200)
    opened(request, form, subject_id, what="record.read-history")
    at = form.cleaned_data["at"] or now
    public = _public_then(subject_id, at)
    seen = public or {}
    records = list(_records(subject_id, at, now, seen))
    then = profile(subject_id, at=at) or known
    state = registration_state([one.view for one in records])
    context |= {
        "subject": then,
        "gone": state if state in DEREGISTERED else "",
        "successions": [told_succession(one, at=now) for one in successions_of(then, at=at)],
        "at": at,
        "past": at < now,
        "records": records,
        "shown": sum(one.public for one in records),
        "no_edition": public is None,
    }
    return desk_page(request, "desk/subject.html", context)


def _public_then(subject_id: UUID, at: datetime) -> Mapping[UUID, RecordView] | None:
    """Return what everyone saw at that instant, as a page of that instant would have shown it."""
    try:
        return {one.record_id: one for one in records_of(subject_id, audience=Audience.PUBLIC, at=at, now=at)}
    except NoEditionInForce:
        return None


def _records(
    subject_id: UUID, at: datetime, now: datetime, public: Mapping[UUID, RecordView]
) -> Iterator[DatedRecord]:
    on, unconfirmed = clock.today(), Unconfirmed()
    for view in records_of(subject_id, audience=Audience.AUDITOR, at=at, now=now):
        seen = public.get(view.record_id)
        shown = seen.fields if seen else {}
        yield DatedRecord(
            view=view,
            class_name=class_name(view.class_id),
            fields=labelled_fields(class_id=view.class_id, fields=view.fields, on=on),
            public_labels=[
                label for label, _ in labelled_fields(class_id=view.class_id, fields=shown, on=on)
            ],
            public=seen is not None,
            unconfirmed=unconfirmed.in_words(
                rule=view.rule, class_id=view.class_id, decided_on=view.decided_on
            ),
        )
