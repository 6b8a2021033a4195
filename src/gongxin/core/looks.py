"""Who opens a subject's file beyond what the public sees, and for how long that may be sealed.

A look for a current statutory investigation may be hidden from the subject: article, an approving
officer, an end at most six months on. Source: law decision 22 (a rule of the product).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gongxin.core.actors import Actor
from gongxin.core.legal_day import legal_day
from gongxin.core.periods import add_months

LONGEST_SEAL_MONTHS = 6


@dataclass(frozen=True, slots=True)
class Looker:
    """Who looks: the account or key, the body it acts for (None: the centre), its role ("" of a machine)."""

    actor: Actor
    agency_id: UUID | None = None
    role: str = ""


def latest_end(sealed_on: date) -> date:
    """Return the last day on which a seal approved on `sealed_on` may end, as months end (Civil Code 202)."""
    return add_months(sealed_on, LONGEST_SEAL_MONTHS)


def end_of_seal(*, approved_at: datetime, asked_until: Iterable[date]) -> date:
    """Return the day at whose beginning a seal ends, of the ends asked for it and its extensions the last.

    Never later than six months after the first approval, whatever was written down.
    """
    return min(max(asked_until), latest_end(legal_day(approved_at)))


def hides(*, end_on: date, lifted_at: datetime | None, at: datetime) -> bool:
    """Return whether a seal that ends on `end_on` still hides its looks from the subject at `at`."""
    return legal_day(at) < end_on and (lifted_at is None or at < lifted_at)
