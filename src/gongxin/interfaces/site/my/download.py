"""The whole file to take away: as JSON for a program, as PDF to print; and the days to come as a calendar."""

import json
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.calendar_file import Day, calendar_file
from gongxin.core.cases.kinds import limit_label
from gongxin.core.legal_day import legal_day
from gongxin.core.own_file import OwnFile, Section
from gongxin.flows.notice_words import notices_in_words
from gongxin.interfaces.pages.look_words import body_in_words, purpose_in_words
from gongxin.interfaces.pages.mandate_words import KINDS
from gongxin.interfaces.pages.states import states_of
from gongxin.interfaces.pages.wording import day_in_words, instant_in_words
from gongxin.interfaces.site.my.acting import Acting, acting
from gongxin.interfaces.site.my.cases import all_cases
from gongxin.interfaces.site.my.held import Held, held_about
from gongxin.interfaces.site.my.pages import my_page
from gongxin.interfaces.site.my.whole_file import ALL, all_looks, whole_file
from gongxin.registry.intake.coverage import coverage
from gongxin.registry.mandates.queries import every_mandate, stands
from gongxin.registry.notices.queries import notices_to
from gongxin.registry.publication.queries import RecordView


@acting("my.open")
def downloads(request: HttpRequest, acts: Acting) -> HttpResponseBase:
    """Say what can be taken away, and what it covers."""
    held = held_about(acts)
    told = [(one, held.words.kind(one.class_id)) for one in coverage(at=acts.at)]
    return my_page(request, acts, "my/downloads.html", {"section": "downloads", "covered": told})


@acting("my.open")
def as_json(request: HttpRequest, acts: Acting) -> HttpResponseBase:  # noqa: ARG001
    text = json.dumps(whole_file(acts), ensure_ascii=False, indent=1)
    return _attached(HttpResponse(text, content_type="application/json; charset=utf-8"), acts, "json")


@acting("my.open")
def as_pdf(request: HttpRequest, acts: Acting) -> HttpResponseBase:  # noqa: ARG001
    from gongxin.engine.papers.pdf import pdf_of_own_file

    return _attached(
        HttpResponse(pdf_of_own_file(_on_paper(acts)), content_type="application/pdf"), acts, "pdf"
    )


@acting("my.open")
def as_calendar(request: HttpRequest, acts: Acting) -> HttpResponseBase:  # noqa: ARG001
    """Give the days on which something falls due, can be repaired or ends, for a calendar program."""
    held = held_about(acts)
    text = calendar_file(sorted(_days(acts, held), key=lambda one: one.on), made_at=acts.at)
    return _attached(HttpResponse(text, content_type="text/calendar; charset=utf-8"), acts, "ics")


def _attached(response: HttpResponse, acts: Acting, ending: str) -> HttpResponse:
    name = f"{acts.known.code or acts.subject_id.hex}-{legal_day(acts.at):%Y%m%d}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _days(acts: Acting, held: Held) -> Iterator[Day]:
    today = legal_day(acts.at)
    for view in held.views:
        name = f"{held.words.kind(view.class_id)} {view.document_number}".strip()
        if view.adverse and view.repairable_from and view.repairable_from > today and view.repair == "none":
            yield Day(
                f"repair-{view.record_id}",
                view.repairable_from,
                _("Can be repaired: %(name)s") % {"name": name},
            )
        if view.adverse and view.publish_until and view.publication == "published":
            yield Day(
                f"end-{view.record_id}",
                legal_day(view.publish_until),
                _("No longer shown: %(name)s") % {"name": name},
            )
    for told in all_cases(acts, held):
        for part in told.parts:
            for clock in part.running:
                limit = limit_label(clock.limit).in_language(get_language() or "zh-hans")
                words = _("%(case)s, %(limit)s: due") % {"case": told.number, "limit": limit}
                about = f"{part.kind} {part.document_number}".strip()
                yield Day(f"due-{clock.id}", clock.due_on, f"{words} {about}".strip())


def _on_paper(acts: Acting) -> OwnFile:
    held, language = held_about(acts), get_language()
    return OwnFile(
        institution=str(settings.IDENTITY.institution),
        title=_("Own file"),
        name=acts.known.name,
        lines=[
            *([acts.known.code] if acts.known.code else []),
            _("As it stood at %(moment)s, also what nobody else sees.")
            % {"moment": instant_in_words(acts.at, language=language)},
            _("A summary: every version, decision and step of a case is in the file for a program."),
            _("Free, for its subject. It proves nothing to others: what everyone sees has its own address."),
        ],
        sections=list(_sections(acts, held)),
        foot=f"{acts.known.name} · {day_in_words(acts.at, language=language)}",
    )


def _sections(acts: Acting, held: Held) -> Iterator[Section]:
    none = _("none")
    views = sorted(held.views, key=lambda view: not view.adverse)  # of each kind the newest first
    yield Section(
        _("Records"),
        (
            _("Class"),
            _("Document number"),
            _("Decided by"),
            _("Decided on"),
            _("State"),
            _("How long it is shown"),
        ),
        [_record_row(held, view) for view in views],
        none,
    )
    yield Section(
        _("What each record says"),
        (_("Record"), _("Field"), _("What is in it")),
        [row for view in views for row in _fact_rows(held, view)],
        none,
    )
    yield Section(
        _("Cases"),
        (_("Number of the case"), _("Kind"), _("Received on"), _("State")),
        list(_case_rows(acts, held)),
        none,
    )
    yield Section(_("Messages"), (_("When"), _("Title"), _("What is in it")), list(_message_rows(acts)), none)
    yield Section(
        _("Who acts for you"),
        (_("Name"), _("Kind"), _("From"), _("State")),
        list(_mandate_rows(acts)),
        none,
    )
    yield Section(_("Who looked"), (_("When"), _("Who"), _("Purpose")), _look_rows(acts), none)
    yield Section(
        _("What this covers"),
        (_("Class"), _("Agency"), _("Last complete")),
        list(_coverage_rows(acts, held)),
        none,
    )


def _case_rows(acts: Acting, held: Held) -> Iterator[tuple[str, ...]]:
    for one in all_cases(acts, held):
        opened_on = day_in_words(one.case.opened_at, language=get_language())
        yield one.number, one.kind, opened_on, "、".join(part.state for part in one.parts)


def _coverage_rows(acts: Acting, held: Held) -> Iterator[tuple[str, ...]]:
    for one in coverage(at=acts.at):
        complete_on = day_in_words(one.complete_on, language=get_language())
        yield held.words.kind(one.class_id), one.agency_name, complete_on


def _record_row(held: Held, view: RecordView) -> tuple[str, ...]:
    told = held.words.tell(view)
    state = "、".join(str(one.words) for one in states_of(told.tagged) if one.value != "none")
    return (told.kind, view.document_number, told.body, told.when, state, f"{told.shows}{told.repair}")


def _fact_rows(held: Held, view: RecordView) -> Iterator[tuple[str, ...]]:
    kind = held.words.kind(view.class_id)
    for label, value in held.words.facts(view):
        yield f"{kind} {view.document_number}".strip(), label, str(value)
    if view.statement:
        yield f"{kind} {view.document_number}".strip(), _("What you say beside it"), view.statement


def _message_rows(acts: Acting) -> Iterator[tuple[str, ...]]:
    told = notices_to(acts.subject_ids, limit=ALL)
    texts = notices_in_words(told, language=get_language() or "zh-hans")
    for one, text in zip(told, texts, strict=True):
        yield day_in_words(one.at, language=get_language()), text.title, "\n".join(text.paragraphs)


def _mandate_rows(acts: Acting) -> Iterator[tuple[str, ...]]:
    for one in every_mandate(acts.subject_ids):
        stands_now = _("stands") if stands(one, at=acts.at) else _("no longer")
        holder = one.user.display_name or one.user.username
        yield holder, str(KINDS[one.kind]), day_in_words(one.from_on, language=get_language()), stands_now


def _look_rows(acts: Acting) -> Sequence[tuple[str, ...]]:
    return [
        (
            instant_in_words(one.at, language=get_language()),
            body_in_words(one),
            purpose_in_words(one.purpose),
        )
        for one in all_looks(acts)
    ]
