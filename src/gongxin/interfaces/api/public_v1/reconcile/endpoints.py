"""The Reconciliation Service API 0.2 of the W3C Entity Reconciliation Community Group, as OpenRefine asks it.

Open to everyone, read only. Source: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

import json
import re
from typing import Any
from uuid import UUID

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.clickjacking import xframe_options_exempt
from ninja import Form, Router

from gongxin.core.leaks import holds_personal_number
from gongxin.flows.screen import shown_organisations
from gongxin.interfaces.api.public_v1.answers import json_answer
from gongxin.interfaces.api.public_v1.reconcile import refusals, schemas
from gongxin.interfaces.api.public_v1.reconcile.candidates import candidates_json, subject_id_in
from gongxin.interfaces.api.public_v1.reconcile.extension import extension_json
from gongxin.interfaces.api.public_v1.reconcile.manifest import manifest_json
from gongxin.interfaces.api.public_v1.reconcile.questions import known_type, read_batch, read_extension
from gongxin.interfaces.api.public_v1.reconcile.suggestions import (
    entities_json,
    properties_json,
    types_json,
)
from gongxin.interfaces.api.public_v1.reconcile.vocabulary import PROPERTIES, language, property_json
from gongxin.interfaces.api.public_v1.refusals import not_found
from gongxin.interfaces.clock import now
from gongxin.interfaces.pages.freshness import not_indexed
from gongxin.interfaces.pages.subject_words import DATABASES, region_in_words
from gongxin.interfaces.permissions import names_action
from gongxin.registry.subjects.queries import Profile

_CALLBACK = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*", re.ASCII)
LONGEST_CALLBACK = 100
_NOT_IN_A_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<\u2028\u2029"}

router = Router()


@router.get("", response={200: schemas.Manifest | dict[str, schemas.Candidates] | schemas.Extended})
@names_action("public.read")
def reconcile(request: HttpRequest, queries: str | None = None, extend: str | None = None) -> HttpResponse:
    """Return the manifest, or answer a batch of queries or a data extension query."""
    if queries is None and extend is None:
        return _answer(request, manifest_json(_origin(request)))
    return _answer(request, _asked(request, queries, extend))


@router.post("", response={200: dict[str, schemas.Candidates] | schemas.Extended})
@names_action("public.read")
def reconcile_batch(
    request: HttpRequest, queries: Form[str | None] = None, extend: Form[str | None] = None
) -> HttpResponse:
    """Answer a batch of queries, or a data extension query, sent as a form."""
    if queries is None and extend is None:
        raise refusals.nothing_asked()
    return _answer(request, _asked(request, queries, extend))


@router.get("/suggest/entity", response={200: schemas.SuggestedEntities})
@names_action("public.read")
def suggest_entity(request: HttpRequest, prefix: str = "", cursor: int = 0) -> HttpResponse:
    """Suggest organisations by the beginning of a name, a code or an id."""
    return _answer(request, entities_json(prefix, skip=max(cursor, 0), at=now()))


@router.get("/suggest/type", response={200: schemas.SuggestedTypes})
@names_action("catalogue.read")
def suggest_type(request: HttpRequest, prefix: str = "", cursor: int = 0) -> HttpResponse:
    """Suggest types of organisations."""
    return _answer(request, types_json(prefix, skip=max(cursor, 0)))


@router.get("/suggest/property", response={200: schemas.SuggestedProperties})
@names_action("catalogue.read")
def suggest_property(request: HttpRequest, prefix: str = "", cursor: int = 0) -> HttpResponse:
    """Suggest properties of organisations."""
    return _answer(request, properties_json(prefix, skip=max(cursor, 0)))


@router.get("/flyout", response={200: schemas.Flyout})
@names_action("public.read")
def flyout(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002 (so the specification calls it)
    """Return a few lines of HTML about one organisation."""
    html = render_to_string("api/reconcile_facts.html", _facts(_shown(subject_id_in(id))))
    return _answer(request, {"id": id, "html": html})


@router.get("/properties", response={200: schemas.Proposal})
@names_action("catalogue.read")
def propose_properties(
    request: HttpRequest,
    type: str = "",  # noqa: A002 (so the specification calls it)
    limit: int = len(PROPERTIES),
) -> HttpResponse:
    """Propose what may be fetched of organisations of a type."""
    most = min(max(limit, 1), len(PROPERTIES))
    told = [property_json(one) for one in PROPERTIES][:most]
    return _answer(request, {"type": known_type(type), "limit": most, "properties": told})


@router.get("/preview/{uuid:subject_id}", include_in_schema=False)
@names_action("public.read")
def preview(request: HttpRequest, subject_id: UUID) -> HttpResponseBase:
    """Show one organisation in a frame. No other page may be framed; on this one nothing can be done."""
    facts = _facts(_shown(subject_id))
    page = csp_replace({"frame-ancestors": ["*"]})(
        lambda asked: not_indexed(render(asked, "api/reconcile_preview.html", facts))
    )
    return xframe_options_exempt(page)(request)


def _asked(request: HttpRequest, queries: str | None, extend: str | None) -> dict[str, Any]:
    if queries is not None:
        return candidates_json(read_batch(queries), at=now())
    ids, wanted = read_extension(extend or "")
    return extension_json(ids, wanted, at=now(), origin=_origin(request))


def _shown(subject_id: UUID | None) -> Profile:
    known = shown_organisations([subject_id], at=now()).get(subject_id) if subject_id else None
    if known is None:
        raise not_found()
    return known


def _facts(known: Profile) -> dict[str, Any]:
    return {
        "profile": known,
        "kind": DATABASES[known.database],
        "region": region_in_words(known.region, language=language()),
    }


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _answer(request: HttpRequest, body: dict[str, Any]) -> HttpResponse:
    """Return `body` as JSON, or as the script an older client asks for by `callback`."""
    callback = request.GET.get("callback")
    if callback is None or request.method != "GET":
        return json_answer(body)
    whole = _CALLBACK.fullmatch(callback) is not None and len(callback) <= LONGEST_CALLBACK
    if not whole or holds_personal_number(callback):
        raise refusals.unreadable_callback()
    # The comment keeps a chosen name from being the first bytes of the answer. Chinese stays as written, as
    # the gate on the way out knows some numbers by the word before them.
    text = json.dumps(body, ensure_ascii=False).translate(_NOT_IN_A_SCRIPT)
    return HttpResponse(f"/**/{callback}({text});", content_type="text/javascript; charset=utf-8")
