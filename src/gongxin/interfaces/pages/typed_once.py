"""Fields whose text a page does not show again as it was typed: numbers of persons, and who somebody is."""

from typing import Any

from django import forms

from gongxin.core.leaks import mask_personal_numbers


class Starred(forms.Textarea):
    """Shows again what was typed, with stars for persons' numbers: no public page holds one."""

    def format_value(self, value: Any) -> str | None:
        return mask_personal_numbers(value) if isinstance(value, str) else None


class ShownOnce(forms.TextInput):
    """Is never filled in again by a page: who tells something stands on no page, not even their own."""

    def format_value(self, _value: Any) -> None:
        return None
