from collections.abc import Sequence
from uuid import UUID

from django.db.models import Max

from gongxin.registry.letters.models import Letter


def letters(*, limit: int, offset: int = 0) -> Sequence[Letter]:
    """Return the letters made, newest first, without their papers."""
    found = Letter.objects.select_related("agency").defer("paper", "record_ids")
    return list(found.order_by("-made_at", "-id")[offset : offset + limit])


def letter_of(letter_id: UUID) -> Letter | None:
    return Letter.objects.filter(id=letter_id).first()


def next_number(kind: str, year: int) -> int:
    """Return the number the next letter of a kind bears in a year; ask as the one writer."""
    last = Letter.objects.filter(kind=kind, year=year).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
