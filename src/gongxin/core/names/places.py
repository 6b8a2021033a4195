"""Places as they stand before an organisation's name, or in brackets within it: 河南省郑州市, （北京）.

A place is known by a code that begins as the codes of what it lies in do: 41, 4101, 4101金水. Two places
may be one, or lie in each other, if one code begins with the other.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from gongxin.core.law_files import read_law
from gongxin.core.names.lexicon import lengths_by
from gongxin.core.regions import regions

NATION = ("中国", "中华人民共和国", "中华", "全国", "国家")
NATIONAL = "CN"
DIRECTLY, UNDER_THE_PROVINCE = "直辖", "省直辖县级行政区划"  # no city, though it stands where one does
_ENDINGS = re.compile(r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|新区|省|市|县|区|州|盟|旗)$")
# As they stand in the names of autonomous counties: 澜沧拉祜族自治县 is 澜沧.
_PEOPLES = re.compile(
    "(?:各族|(?:壮|回|满|苗|彝|侗|瑶|白|傣|黎|佤|畲|水|羌|土|怒|京|藏|维吾尔|蒙古|土家|布依|朝鲜|哈尼|哈萨克|傈僳|高山|拉祜|东乡"
    "|纳西|景颇|柯尔克孜|达斡尔|仫佬|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺)族?)+$"
)
# A division of today's tables or not: 某某市, but not 某某超市 or 某某市场.
_BY_ENDING = re.compile(r"[一-龥]{2,3}?(?:自治[州县旗]|地区|(?<![超都城夜门上股集])市(?![场政民区])|县)")
_BELOW_COUNTY = re.compile(r"[一-龥]{2,4}?(?:街道|镇(?![流定])|乡(?![村镇情])|苏木)")
_COUNTY_OR_BELOW = re.compile(rf"[一-龥]{{2}}(?:县|区(?!域))|{_BELOW_COUNTY.pattern}")
_OF_NO_TABLE = "?"
_ANOTHER_ENDING = re.compile(r"(?<![省市县区州盟旗])(?:市(?![场政民区])|县|区(?!域))")


class Region(NamedTuple):
    """The places before a name: how far they reach in it, and which places the last of them may be."""

    end: int
    codes: tuple[str, ...]  # empty: none


NOWHERE = Region(0, ())


def region_before(name: str) -> Region:
    """Return the places with which `name`, in normal form, begins: each lies in the one before."""
    found = NOWHERE
    while found.end < len(name) and found.codes != (NATIONAL,):
        further = _place_at(name, found.end, found.codes)
        if not further.codes:
            break
        found = further
    return found


def _place_at(name: str, start: int, within: tuple[str, ...]) -> Region:
    known, lengths = _known(within=bool(within))
    for length in lengths.get(name[start], ()):
        codes = known.get(name[start : start + length], ()) if length <= len(name) - start else ()
        fits = tuple(code for code in codes if _lies_in(code, within)) if within else codes
        if fits:
            return Region(_past_its_ending(name, start + length), fits)
    other = _ending_within(within).match(name, start)
    if other is None:
        return NOWHERE
    bare = _bare(other.group())
    return Region(other.end(), tuple(f"{code}{bare}" for code in within) or (f"{_OF_NO_TABLE}{bare}",))


def _ending_within(within: tuple[str, ...]) -> re.Pattern[str]:
    """Return how a place of no table is known by its ending, in the places `within` or in none."""
    if not within or within == (NATIONAL,):
        return _BY_ENDING
    # Of a city of no table no county is known either.
    return _COUNTY_OR_BELOW if within[0].startswith(_OF_NO_TABLE) else _BELOW_COUNTY


def _past_its_ending(name: str, end: int) -> int:
    """Return where a place ends whose ending is not today's: 无为县 is a city now."""
    return end + 1 if _ANOTHER_ENDING.match(name, end) else end


def _lies_in(code: str, within: tuple[str, ...]) -> bool:
    return any(code.startswith(outer) and code != outer for outer in within)


def may_be_one(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Return whether two regions may be the same place, or lie in each other."""
    return any(one.startswith(two) or two.startswith(one) for one in first for two in second)


def place_named(text: str) -> tuple[str, ...]:
    """Return which places a text alone may name: what stands in brackets; empty if it names none."""
    return places().get(text, ())


@lru_cache(maxsize=1)
def _abbreviated() -> Mapping[str, str]:
    found: Mapping[str, str] = read_law("places.yaml")["abbreviated"]
    return found


def province_abbreviated(character: str) -> str:
    """Return the code of the province that one character stands for, or ""."""
    return _abbreviated().get(character, "")


@lru_cache(maxsize=2)
def _known(*, within: bool) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[int, ...]]]:
    """Return places, and how long those are that begin with a character, the longest first."""
    known = places_within() if within else places()
    return known, lengths_by(0, known)


@lru_cache(maxsize=1)
def places() -> Mapping[str, tuple[str, ...]]:
    """Return the codes of every place by its name, with its ending and, where that is no brand, without."""
    return _places(within=False)


@lru_cache(maxsize=1)
def places_within() -> Mapping[str, tuple[str, ...]]:
    """Return the same for what stands behind a place that is known: there no ending is needed."""
    return _places(within=True)


def _places(*, within: bool) -> Mapping[str, tuple[str, ...]]:
    law, found = read_law("places.yaml"), defaultdict(set)
    brands = frozenset() if within else frozenset(law["brands_too"])
    for nation in NATION:
        found[nation].add(NATIONAL)
    for name, code in _divisions(law["places"]):
        short = _bare(name)
        is_county = len(code) > len("4101")
        found[name].add(code)
        if len(short) >= 2 and short not in brands and not (is_county and name.endswith("区") and not within):
            found[short].add(code)
    # 河南 is the province, whatever county of another bears the name.
    highest = {name: [code for code in codes if len(code) == 2] or codes for name, codes in found.items()}
    return {name: tuple(sorted(codes)) for name, codes in highest.items()}


def _divisions(elsewhere: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield every division and its code: those of `regions.yaml`, and the cities and counties elsewhere."""
    for one in regions().values():
        if one.level == "county":
            yield one.label.zh, f"{one.code[:4]}{_bare(one.label.zh)}"
        elif one.label.zh != UNDER_THE_PROVINCE:
            yield one.label.zh, one.code[: 2 if one.level == "province" else 4]
    for code, names in elsewhere.items():
        city, *counties = names.split()
        if city != DIRECTLY:
            yield city, code
        yield from ((county, f"{code}{_bare(county)}") for county in counties)


def _bare(name: str) -> str:
    """Return a place without its ending, and without the peoples it is named for: 北川羌族自治县 is 北川."""
    for without in (_ENDINGS, _PEOPLES):
        short = without.sub("", name)
        name = short if len(short) >= 2 else name
    return name
