"""Kinds of mandates in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: Mapping[str, Promise] = {
    "legal-representative": _("legal representative"),
    "power-of-attorney": _("power of attorney"),
    "professional": _("the person themselves"),
}
