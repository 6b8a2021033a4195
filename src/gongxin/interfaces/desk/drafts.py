"""The drafts of whoever is signed in: listed, opened, never anyone else's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, overload
from uuid import UUID

from django.http import Http404, HttpRequest

from gongxin.core.one_record import called
from gongxin.interfaces import clock
from gongxin.interfaces.permissions import actor_of, agency_bound, allowed
from gongxin.registry.catalogue.queries import classes_by_id
from gongxin.registry.intake.drafts import KEPT_FOR, content_of, drafts_of, own_draft
from gongxin.registry.intake.models import Draft


@dataclass(frozen=True, slots=True)
class ShownDraft:
    """One line of the list; a class that has left the catalogue can only be discarded."""

    draft: Draft
    name: str
    opens: bool
    days_left: int


def own_drafts(request: HttpRequest) -> Sequence[ShownDraft]:
    """Return the drafts this person has begun; none for whoever keeps no drafts."""
    if not allowed(request, action="draft.keep"):
        return []
    agency_id = agency_bound(request, action="draft.keep")
    if agency_id is None:
        return []
    found = drafts_of(agency_id=agency_id, saved_by=actor_of(request).name, at=clock.now())
    return [shown_draft(draft) for draft in found]


@overload
def draft_in_reach(request: HttpRequest, draft_id: UUID) -> Draft: ...
@overload
def draft_in_reach(
    request: HttpRequest, draft_id: UUID, *, may_be_missing: Literal[True]
) -> Draft | None: ...
def draft_in_reach(request: HttpRequest, draft_id: UUID, *, may_be_missing: bool = False) -> Draft | None:
    """Return the draft if it is this person's own. Raises Http404 otherwise, unless it may be missing."""
    agency_id = agency_bound(request, action="draft.keep") if allowed(request, action="draft.keep") else None
    found = agency_id and own_draft(
        draft_id, agency_id=agency_id, saved_by=actor_of(request).name, at=clock.now()
    )
    if not found and not may_be_missing:
        raise Http404
    return found or None


def shown_draft(draft: Draft) -> ShownDraft:
    """Return what a page tells of a draft."""
    information_class = classes_by_id(on=clock.today()).get(draft.class_id)
    left = -((clock.now() - draft.saved_at - KEPT_FOR) // timedelta(days=1))  # a day begun is a day
    if information_class is None:
        return ShownDraft(draft, "", opens=False, days_left=left)
    return ShownDraft(draft, called(information_class, content_of(draft)), opens=True, days_left=left)
