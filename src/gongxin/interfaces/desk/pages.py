from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongxin.interfaces.pages.kept_form import shown_to
from gongxin.interfaces.permissions import allowed

OFFERED = {
    "find": "record.find",
    "letters": "letter.read",
    "notices": "notice.read",
    "editions": "edition.read",
    "duty": "duty.read",
    "seals": "look.seal-read",
    "follows": "follow.read",
    "samples": "sample.read",
    "send": "submission.send",
    "due": "due.read",
    "tip_offs": "tip-off.read",
    "cases": "case.read",
    "checks": "check.read",
    "commitments": "commitment.read",
    "nil": "nil.read",
    "reconcile": "reconciliation.read",
    "compare": "reconciliation.compare",
    "state_nil": "nil.state",
    "unlinked": "unlinked.read",
    "doubts": "doubt.read",
    "held": "held.read",
    "board": "quality.read",
    "describe": "agency.describe",
    "mandates": "mandate.read",
    "listings": "listing.read",
}


def desk_page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Return a page of the desk, whose head offers what this person may do and nothing else."""
    offers = {name: allowed(request, action=action) for name, action in OFFERED.items()}
    carried = {"offers": offers, "shown_to": shown_to(request)}
    return render(request, template, {**carried, **context}, status=status)
