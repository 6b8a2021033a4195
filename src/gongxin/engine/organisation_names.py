"""Names in whole columns: most say by a word that they are an organisation's, and nobody need look closer."""

from functools import lru_cache

import polars as pl

from gongxin.core.names.words import organisational_elements

_ONLY_HAN = r"^\p{Han}+$"


def plainly_organisation(names: pl.Expr) -> pl.Expr:
    """Return where a name holds a word that only organisations' names hold; elsewhere it may all the same.

    The words of Latin letters are left to `core.names`: only a Chinese character is sure to stand in a
    name's normal form as it was written.
    """
    return names.str.contains(_words())


@lru_cache(maxsize=1)
def _words() -> str:
    words = pl.Series("word", organisational_elements())
    return "|".join(words.filter(words.str.contains(_ONLY_HAN)))
