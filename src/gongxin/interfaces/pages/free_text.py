"""What people write in their own words is kept for good: no person's number goes in (design §1.4, R12)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gongxin.core.free_text import without_hidden_characters
from gongxin.core.leaks import holds_personal_number


def refuse_personal_number(text: str) -> None:
    """Refuse a text that holds a person's number, and say what to write. Raises ValidationError."""
    if holds_personal_number(without_hidden_characters(text)):
        raise ValidationError(
            _(
                "This holds a person's number or home address. Leave it out:"
                " name the document and its number, or say in words what happened."
            )
        )
