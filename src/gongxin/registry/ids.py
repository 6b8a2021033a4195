import os
from datetime import datetime
from uuid import UUID

from gongxin.core.ids import RANDOM_BYTES, new_id


def fresh_id(*, at: datetime) -> UUID:
    """Return a new id made at the instant `at`."""
    return new_id(at=at, randomness=os.urandom(RANDOM_BYTES))
