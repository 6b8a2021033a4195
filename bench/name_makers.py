"""What makes pairs of names draws from: places and characters of the law data, trades, and one seed."""

import random
from functools import lru_cache

from gongxin.core.law_files import read_law
from gongxin.core.names.words import simplified_of

Pair = tuple[str, str, str]  # name, other, aliases of the other
ORDINALS = "一二三四五六七八九"
_ENDINGS = "省市县区旗州盟镇乡"
_NO_BRAND = frozenset("省市县区旗州盟镇乡村东南西北中上下前后左右一二三四五六七八九十百自治族大小")


class Drawing:
    """Draws parts of names, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.traditional = {ord(one): chr(many) for many, one in simplified_of().items()}

    def one(self, *choices: str) -> str:
        return self.random.choice(choices)

    def city(self) -> str:
        """Return a city with its ending."""
        return self.random.choice(cities())[0]

    def county(self) -> tuple[str, str]:
        """Return a city and a county or district of it."""
        city, counties = self.random.choice([one for one in cities() if len(one[1]) > 1])
        return city, self.random.choice(counties)

    def two_counties(self) -> tuple[str, str, str]:
        """Return a city and two of its counties."""
        city, counties = self.random.choice([one for one in cities() if len(one[1]) > 1])
        first, second = self.random.sample(counties, 2)
        return city, first, second

    def brand(self, length: int = 0) -> str:
        """Return a brand of the characters of which places are named, other than the firms' own."""
        return "".join(self.random.sample(characters(), length or self.random.choice((2, 2, 2, 3))))

    def character(self, besides: str) -> str:
        return self.random.choice([one for one in characters() if one not in besides])

    def ordinals(self) -> tuple[str, str]:
        first, second = self.random.sample(ORDINALS, 2)
        return first, second


def bare(place: str) -> str:
    """Return a place without its ending, if two characters are left."""
    return place[:-1] if len(place) > 2 and place[-1] in _ENDINGS else place


@lru_cache(maxsize=1)
def cities() -> list[tuple[str, list[str]]]:
    """Return the cities outside Henan, each with its counties whose names have an ordinary ending."""
    lines = [line.split() for line in read_law("places.yaml")["places"].values()]
    return [
        (
            city,
            [one for one in counties if one[-1] in "县区市" and 3 <= len(one) <= 4 and one[:2] != city[:2]],
        )
        for city, *counties in lines
        if city.endswith("市") and len(city) == 3
    ]


@lru_cache(maxsize=1)
def characters() -> list[str]:
    """Return the characters of places' names that may stand in a brand."""
    names = "".join(city + "".join(counties) for city, counties in cities())
    return sorted(set(names) - _NO_BRAND)
