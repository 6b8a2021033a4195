"""Keeping a half-filled record, and letting it go: discarded by its writer, or expired."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from gongxin.core.actors import Actor
from gongxin.registry.accounts.models import Agency
from gongxin.registry.audit.events import write_event
from gongxin.registry.intake.drafts import KEPT_FOR, content_of, own_draft, sealed_content
from gongxin.registry.intake.models import Draft

ERASED_AT_ONCE = 500


class DraftChanged(Exception):
    """The draft was saved elsewhere since this form was opened."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft.id.hex)
        self.draft = draft


class NotYourDraft(Exception):
    """This id is another person's draft."""


def keep_draft(
    *,
    draft_id: UUID,
    agency: Agency,
    class_id: str,
    values: Mapping[str, str],
    version: int,
    actor: Actor,
    at: datetime,
) -> Draft:
    """Keep what is filled in, sealed. `version` is the one that was seen, 0 if there was none.

    Raises DraftChanged if another window saved something else since, NotYourDraft for a foreign id.
    """
    present = draft_as_seen(
        draft_id=draft_id, agency=agency, values=values, version=version, actor=actor, at=at
    )
    if present is not None and content_of(present) == _filled(values):
        return present
    content = {
        "class_id": class_id,
        "sealed": sealed_content(draft_id, values),
        "version": (present.version if present else 0) + 1,
        "saved_at": at,
    }
    with transaction.atomic():
        if present is None:
            Draft.objects.filter(id=draft_id, saved_by=actor.name, saved_at__lte=at - KEPT_FOR).delete()
            draft = _begun(draft_id, agency, actor, content)
        else:
            draft = _saved(present, content)
        _write_audit(draft, "draft.kept", actor, at)
    return draft


def draft_as_seen(
    *,
    draft_id: UUID,
    agency: Agency,
    values: Mapping[str, str],
    version: int,
    actor: Actor,
    at: datetime,
) -> Draft | None:
    """Return the draft, if there is one.

    Raises DraftChanged if it says something else than `values`, in a version nobody saw here.
    """
    present = own_draft(draft_id, agency_id=agency.id, saved_by=actor.name, at=at)
    if present is not None and present.version != version and content_of(present) != _filled(values):
        raise DraftChanged(present)
    return present


def discard_draft(*, draft: Draft, actor: Actor, at: datetime) -> None:
    """Let a draft go; nothing of it stays."""
    with transaction.atomic():
        Draft.objects.filter(id=draft.id).delete()
        _write_audit(draft, "draft.discarded", actor, at)


def erase_expired(*, actor: Actor, at: datetime) -> int:
    """Let the drafts go that nobody has touched for long; return how many."""
    with transaction.atomic():
        old = list(Draft.objects.filter(saved_at__lte=at - KEPT_FOR)[:ERASED_AT_ONCE])
        Draft.objects.filter(id__in=[draft.id for draft in old], saved_at__lte=at - KEPT_FOR).delete()
        for draft in old:
            _write_audit(draft, "draft.expired", actor, at)
    return len(old)


def let_go(draft: Draft) -> None:
    """Delete the draft, its content having been sent. Raises DraftChanged if it was saved again meanwhile."""
    if Draft.objects.filter(id=draft.id, version=draft.version).delete()[0] == 0:
        changed = Draft.objects.filter(id=draft.id).first()
        if changed is not None:
            raise DraftChanged(changed)


def _filled(values: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in values.items() if value}


def _begun(draft_id: UUID, agency: Agency, actor: Actor, content: Mapping[str, object]) -> Draft:
    try:
        with transaction.atomic():
            return Draft.objects.create(id=draft_id, agency=agency, saved_by=actor.name, **content)
    except IntegrityError as taken:  # by the other window a moment ago, or it is somebody else's
        found = Draft.objects.get(id=draft_id)
        if (found.agency_id, found.saved_by) != (agency.id, actor.name):
            raise NotYourDraft(draft_id.hex) from taken
        raise DraftChanged(found) from taken


def _saved(present: Draft, content: Mapping[str, object]) -> Draft:
    # Compare-and-swap: of two windows that press at once the second is told.
    if Draft.objects.filter(id=present.id, version=present.version).update(**content) != 1:
        again = Draft.objects.filter(id=present.id).first()
        raise DraftChanged(again or present)
    present.refresh_from_db()
    return present


def _write_audit(draft: Draft, action: str, actor: Actor, at: datetime) -> None:
    write_event(
        actor=actor,
        action=action,
        object_kind="draft",
        object_id=draft.id.hex,
        at=at,
        detail={"class": draft.class_id, "version": draft.version},
    )
