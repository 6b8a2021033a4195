"""Which pairs of characters are rare, told from a sample of the names held.

有限 stands in four names of five, 乔木 in a handful: an index asked for its rare pairs answers at once.
Only how the index is asked depends on the sample, never what is found.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from gongxin.core.search_tokens import search_tokens
from gongxin.registry import bulk

RUNS, RUN = 160, 50  # names that lie together are read together
TOO_COMMON = 0.1  # a list this share of all names long takes longer to walk than it saves


@dataclass(frozen=True, slots=True)
class Sample:
    names: tuple[str, ...]  # in normal form
    met: Mapping[str, int]  # in how many of them each token stands
    of: int  # names, about

    def held_by(self, token: str) -> int:
        """Return how many names hold `token`, about."""
        return self.met.get(token, 0) * self.of // max(1, len(self.names))

    def rarest(self, tokens: Sequence[str], *, at_most: int) -> list[str]:
        """Return the rarest of `tokens`, rarest first: one, and more where they narrow further."""
        ordered = sorted(set(tokens), key=lambda token: (self.met.get(token, 0), token))[:at_most]
        narrowing = [token for token in ordered if self.met.get(token, 0) < TOO_COMMON * len(self.names)]
        return narrowing or ordered[:1]

    def is_common(self, text: str, *, from_share: float) -> bool:
        """Return whether `text` seems to stand in `from_share` of all names or more."""
        if not self.names:
            return False
        enough = from_share * len(self.names)
        if any(self.met.get(token, 0) < enough for token in search_tokens(text)):
            return False
        return sum(text in name for name in self.names) >= enough


def sample(*, at: datetime) -> Sample:
    """Return a sample of the names as of the hour of `at`: a load may change what is rare."""
    found = _sample(at.strftime("%Y%m%d%H"))
    if not found.names:  # an empty database is about to be filled
        _sample.cache_clear()
    return found


@lru_cache(maxsize=1)
def _sample(hour: str) -> Sample:  # noqa: ARG001 (the key of the cache)
    [(highest,)] = bulk.select("SELECT COALESCE(MAX(id), 0) FROM subjects_subjectname")
    starts = range(1, highest + 1, highest // RUNS + 1)
    rows = bulk.select_in(
        "SELECT normal FROM subjects_subjectname WHERE searchable"
        " AND id IN (SELECT CAST(value AS bigint) FROM ({values}) AS given)",
        [str(start + step) for start in starts for step in range(RUN)],
    )
    names = tuple(normal for (normal,) in rows)
    return Sample(names, Counter(token for name in names for token in set(search_tokens(name))), highest)
