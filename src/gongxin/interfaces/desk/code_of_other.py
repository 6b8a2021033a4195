"""The code of another subject, as an officer types it: whose it is, or in words why it is nobody's."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext

from gongxin.core.identifiers import failures
from gongxin.core.identifiers.identify import KIND_LABELS, CodeKind, identify
from gongxin.interfaces import clock
from gongxin.registry.subjects.queries import keys_in, subject_of_code


def subject_under(code: str) -> UUID:
    """Return the subject that bears `code` now, merges followed. Raises ValidationError."""
    found = subject_of_code(code, at=clock.now())
    if found is None:
        raise ValidationError(gettext("No subject has this code.") if keys_in(code) else _why_invalid(code))
    return found


def _why_invalid(code: str) -> str:
    found, language = identify(code), get_language() or ""
    if found.kind is CodeKind.RESIDENT or found.reason is None:
        return gettext("This is a person's number. Give the code of an organisation.")
    return gettext("Not a valid code (%(kind)s): %(reason)s.") % {
        "kind": KIND_LABELS[found.kind].in_language(language),
        "reason": failures.LABELS[found.reason].in_language(language),
    }
