"""Editions of the catalogue at the desk: which are loaded, what one changes, and its coming into force."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date, timedelta
from typing import Any, BinaryIO
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from gongxin.core.catalogue import InformationClass, Label
from gongxin.core.catalogue_edition import Edition as EditionDocument
from gongxin.core.catalogue_edition import parse_edition
from gongxin.core.edition_changes import ClassChange, Difference, edition_changes, unnamed
from gongxin.core.edition_words import ATTRIBUTES, CHANGES, PARTS, STANDINGS
from gongxin.core.law_agreement import Finding
from gongxin.core.law_check import OF_AN_EDITION, EditionRefused
from gongxin.core.law_files import parse_law
from gongxin.engine.readers.law_documents import read_documents
from gongxin.flows.load_law import (
    NotActivated,
    activate_edition,
    classes_in,
    load_edition,
    refuse_edition,
    withdraw_edition,
)
from gongxin.interfaces import clock
from gongxin.interfaces.desk.ground import ground_form
from gongxin.interfaces.desk.pages import desk_page
from gongxin.interfaces.desk.who import Who
from gongxin.interfaces.pages import kept_form
from gongxin.interfaces.pages.states import ATTENTION, ENDED, FORCE, PLAIN
from gongxin.interfaces.permissions import actor_of, allowed, permit, requires
from gongxin.interfaces.sealed_upload import SealedFile
from gongxin.interfaces.upload_problems import problem_with_upload
from gongxin.registry.catalogue.editions import (
    Standing,
    classes_of_edition,
    edition_before,
    editions,
    standing_of,
)
from gongxin.registry.catalogue.models import Edition
from gongxin.registry.catalogue.queries import classes_of
from gongxin.registry.intake.spool import home
from gongxin.registry.sealing import open_sealed

TAGS: Mapping[Standing, str] = {
    Standing.UNAPPROVED: PLAIN,
    Standing.LOADED: ATTENTION,
    Standing.OVERTAKEN: ENDED,
    Standing.TO_COME: ATTENTION,
    Standing.IN_FORCE: FORCE,
    Standing.REPLACED: ENDED,
    Standing.WITHDRAWN: ENDED,
}
APPROVALS: Mapping[str, Promise] = {
    "packaged": _("comes with the product, not approved"),
    "draft": _("draft"),
    "expert-review": _("under expert review"),
    "public-comment": _("out for public comment"),
}
_SALT, _LASTS = "gongxin.desk.edition", 3600


@requires("edition.read", signed_out=kept_form.signed_out)
def overview(request: HttpRequest) -> HttpResponse:
    """List the editions; take the files of a new one and show what it would change. Nothing is kept yet."""
    if request.method != "POST":
        return _overview(request)
    permit(request, action="edition.load")
    problem = problem_with_upload(request)
    if problem:
        return _overview(request, problem=problem)
    try:
        documents = _documents(request)
        refuse_edition(documents, on=clock.today())
    except EditionRefused as refused:
        return _overview(request, findings=refused.findings)
    described = parse_edition(parse_law(documents[OF_AN_EDITION]))
    context = {
        "section": "editions",
        "described": described,
        "unapproved": APPROVALS.get(described.status),
        **_compared(described.in_force_from, classes_in(documents), described),
        "documents": signing.dumps(documents, salt=_SALT, compress=True),
    }
    return desk_page(request, "desk/edition_preview.html", context)


@requires("edition.load")
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Load the edition whose changes were shown."""
    try:
        documents = signing.loads(request.POST.get("documents", ""), salt=_SALT, max_age=_LASTS)
        edition = load_edition(documents=documents, actor=actor_of(request), at=clock.now())
    except signing.BadSignature:
        messages.error(request, gettext("What was shown is older than an hour. Choose the files again."))
        return redirect("desk:editions")
    except EditionRefused as refused:
        return _overview(request, findings=refused.findings)
    messages.success(request, gettext("Loaded. It is not in force before an officer activates it."))
    return redirect("desk:edition", edition.id)


@requires("edition.read", signed_out=kept_form.signed_out)
def edition(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """Show an edition with what it changes; an officer activates it, or takes that back before its day."""
    found = get_object_or_404(Edition, id=edition_id)
    form = ground_form(request)
    if request.method == "POST":
        permit(request, action="edition.activate")
        act = _withdrawn if "withdraw" in request.POST else _activated
        if form.is_valid() and act(request, found, form.cleaned_data["ground"]):
            return redirect("desk:edition", found.id)
    today = clock.today()
    standing = standing_of(found, on=today)
    who = Who([found.loaded_by, found.activated_by, found.withdrawn_by])
    described = parse_edition(parse_law(found.document)) if found.document else None
    context = {
        "section": "editions",
        "edition": found,
        "described": described,
        "standing": (STANDINGS[standing.value], TAGS[standing]),
        "approval": APPROVALS.get(found.approval, found.approval),
        "loaded_by": who.in_words(found.loaded_by),
        "activated_by": who.in_words(found.activated_by) if found.activated_by else "",
        **_compared(found.in_force_on, classes_of_edition(found), described),
        "withdrawn_by": who.in_words(found.withdrawn_by) if found.withdrawn_by else "",
        "may_withdraw": standing is Standing.TO_COME and allowed(request, action="edition.activate"),
        "may_activate": standing is Standing.LOADED and allowed(request, action="edition.activate"),
        "form": form,
    }
    return desk_page(request, "desk/edition.html", context, status=422 if form.errors else 200)


def changes_told(changes: Sequence[ClassChange]) -> list[dict[str, Any]]:
    """Return the changes with their words, as a page tells them."""
    return [
        {
            "class_id": one.class_id,
            "name": one.label,
            "change": CHANGES[one.change],
            "parts": [
                {
                    "change": CHANGES[part.change],
                    "part": PARTS[part.part],
                    "key": part.key,
                    "name": part.label,
                    "differences": _differences_told(part.differences),
                }
                for part in one.parts
            ],
            "differences": _differences_told(one.differences),
        }
        for one in changes
    ]


def _differences_told(differences: Sequence[Difference]) -> list[tuple[Label, Difference]]:
    return [(ATTRIBUTES[one.name], one) for one in differences]


def _compared(
    day: date, classes: Mapping[str, InformationClass], described: EditionDocument | None
) -> dict[str, Any]:
    """Return what an edition of this day changes against the one it follows, if there is one."""
    before = edition_before(day)
    if before is None:
        return {}
    changes = edition_changes(classes_of(before), classes)
    return {
        "before": before.number,
        "eve": day - timedelta(days=1),
        "changes": changes_told(changes),
        "unnamed": unnamed(changes, described) if described else (),
    }


def _overview(request: HttpRequest, *, problem: str = "", findings: Sequence[Finding] = ()) -> HttpResponse:
    known = editions(on=clock.today())
    who = Who([one.edition.loaded_by for one in known])
    lines = [
        {
            "edition": one.edition,
            "approval": APPROVALS.get(one.edition.approval, one.edition.approval),
            "standing": (STANDINGS[one.standing.value], TAGS[one.standing]),
            "loaded_by": who.in_words(one.edition.loaded_by),
        }
        for one in known
    ]
    context = {
        "section": "editions",
        "lines": lines,
        "problem": problem,
        "findings": findings,
        "may_load": allowed(request, action="edition.load"),
    }
    return desk_page(request, "desk/editions.html", context, status=422 if problem or findings else 200)


def _documents(request: HttpRequest) -> dict[str, str]:
    with ExitStack() as opened:
        files = [one for one in request.FILES.getlist("file") if isinstance(one, SealedFile)]
        return read_documents([(one.name or "", opened.enter_context(_clear(one))) for one in files])


def _clear(file: SealedFile) -> BinaryIO:
    return open_sealed(file.spool.path, home=home(), wrapped_key=file.spool.wrapped_key)


def _activated(request: HttpRequest, found: Edition, ground: str) -> bool:
    done = gettext("Activated. It comes into force on its day, without a restart.")
    return _decided(request, found, ground, activate_edition, done)


def _withdrawn(request: HttpRequest, found: Edition, ground: str) -> bool:
    done = gettext("Withdrawn. It does not come into force.")
    return _decided(request, found, ground, withdraw_edition, done)


def _decided(
    request: HttpRequest, found: Edition, ground: str, act: Callable[..., Edition], done: str
) -> bool:
    """This will do `act` and say so; return whether it was done, or say why not."""
    try:
        act(number=found.number, ground=ground, actor=actor_of(request), at=clock.now())
    except NotActivated as refused:
        messages.error(request, refused.message.in_language(get_language() or "zh-hans"))
        return False
    messages.success(request, done)
    return True
