"""Drafts: records begun by hand, each sealed, each its writer's own."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from gongxin.core.submissions import BY_FORM
from gongxin.registry.accounts.queries import agencies_under
from gongxin.registry.intake.models import Draft, Submission
from gongxin.registry.intake.spool import home
from gongxin.registry.sealing import open_text, seal_text

KEPT_FOR = timedelta(days=30)
MOST_SHOWN = 50


def drafts_of(*, agency_id: UUID, saved_by: str, at: datetime) -> Sequence[Draft]:
    """Return what this person has begun for this agency and still lasts, the newest first."""
    own = Draft.objects.filter(
        agency_id__in=agencies_under(agency_id), saved_by=saved_by, saved_at__gt=at - KEPT_FOR
    )
    return list(own.order_by("-saved_at", "-id")[:MOST_SHOWN])


def own_draft(draft_id: UUID, *, agency_id: UUID, saved_by: str, at: datetime) -> Draft | None:
    """Return the draft if it is this person's for this agency and still lasts."""
    own = Draft.objects.filter(id=draft_id, agency_id__in=agencies_under(agency_id), saved_by=saved_by)
    return own.filter(saved_at__gt=at - KEPT_FOR).first()


def sealed_content(draft_id: UUID, values: Mapping[str, str]) -> bytes:
    """Return the filled fields as they lie in the row of draft `draft_id`, and open nowhere else."""
    filled = {key: value for key, value in values.items() if value}
    return seal_text(home(), json.dumps(filled, ensure_ascii=False), bound_to=_bound(draft_id))


def content_of(draft: Draft) -> dict[str, str]:
    """Return the fields that were filled when the draft was last saved."""
    text = open_text(home(), bytes(draft.sealed), bound_to=_bound(draft.id))
    content: dict[str, str] = json.loads(text)
    return content


def form_key(form_id: UUID) -> str:
    """Return the idempotency key under which a form sends: once, however often it is pressed."""
    return f"{BY_FORM}{form_id.hex}"


def was_filled_in(submission: Submission) -> bool:
    """Return whether a submission came from a form, not from a file."""
    return (submission.idempotency_key or "").startswith(BY_FORM)


def submission_of_form(form_id: UUID, *, agency_id: UUID | None) -> Submission | None:
    """Return what this form has sent already; `agency_id` None looks among all agencies."""
    found = Submission.objects.filter(idempotency_key=form_key(form_id))
    own = found if agency_id is None else found.filter(agency_id__in=agencies_under(agency_id))
    return own.first()


def _bound(draft_id: UUID) -> str:
    return f"draft {draft_id.hex}"
