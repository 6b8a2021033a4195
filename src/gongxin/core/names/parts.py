"""An organisation's name in its parts: region, brand (字号), industry, legal form, branch.

Source: 《企业名称登记管理规定》 art. 6. A name that is no such name is parsed all the same: what cannot
be told stands in the brand. Linear in the length of the name; past LONGEST characters all of it is brand.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from gongxin.core.names.lexicon import (
    branch_begins,
    form_begins,
    more_simplified,
    plain,
    slips,
    trade_lengths,
    trades,
)
from gongxin.core.names.normal_form import normalise_name
from gongxin.core.names.places import NOWHERE, Region, place_named, region_before

LONGEST = 200
_BRACKETED = re.compile(r"[(（\[【〔]([^()（）\[\]【】〔〕]{2,12})[)）\]】〕]")
_ORDINAL = re.compile(r"第?([0-9]{1,3})(?=[建分中小人医支厂公水冶机电大校院队区化轻纺运汽])|第([0-9]{1,3})")
_OF_THE_FORM = frozenset(("普通合伙", "特殊普通合伙", "有限合伙"))
_PLACE_ENDINGS = frozenset("省市县区州盟旗镇乡道国")
PARTS = ("region", "brand", "industry", "form", "branch")
_DIGITS = "零一二三四五六七八九"


class NameParts(NamedTuple):
    """A name's parts; empty where it has none. `spans` say where each stands in `normalised`."""

    normalised: str
    region: str
    brand: str
    industry: str
    form: str
    branch: str
    region_codes: tuple[str, ...]
    trades: tuple[str, ...]
    spans: dict[str, tuple[int, int]]


def matching_form(name: str) -> str:
    """Return `name` as names are matched: its normal form, slips mended, numbers of units in Chinese."""
    pattern, meant = slips()
    is_plain = plain().fullmatch(name)
    simplified = name if is_plain else normalise_name(name).translate(more_simplified())
    mended = _with_its_form(pattern.sub(lambda slip: meant[slip.group()], simplified))
    return (
        mended
        if is_plain
        else _ORDINAL.sub(lambda number: f"第{_chinese(int(number[1] or number[2]))}", mended)
    )


def _with_its_form(normal: str) -> str:
    """Return a name whose company's form is one character off with that form: 有眼公司 is 有限公司."""
    if normal.endswith("有限公司"):
        return normal
    for form in ("股份有限公司", "有限责任公司", "有限公司"):
        if _characters_apart(normal[-len(form) :], form) == 1:
            return normal[: -len(form)] + form
    return normal


def _characters_apart(one: str, other: str) -> int:
    changed = sum(first != second for first, second in zip(one, other, strict=False))
    return changed + abs(len(one) - len(other))


def _chinese(number: int) -> str:
    """Return 0 to 999 as it is read: 12 is 十二."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += f"{'' if tens == 1 and not hundreds else _DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones or not number else "")


@lru_cache(maxsize=200_000)
def parse_name(name: str, *, without_region: bool = False) -> NameParts:
    """Return the parts of `name`; `without_region` where the place it begins with is its brand."""
    whole = matching_form(name)
    if len(whole) > LONGEST:
        return _undivided(whole)
    place = _place_in_brackets(name)
    bare = matching_form(name.replace(place.bracketed, "", 1)) if place else whole
    found = _divided(bare, NOWHERE if without_region else None)
    return _with_place(found, whole, place) if place else found


def _divided(bare: str, region: Region | None) -> NameParts:
    """Return the parts of a name without a place in brackets; `region` where it is known already."""
    head = bare[: _where_a_branch_begins(bare)]
    region = region or region_before(head)
    form_at = form_begins(head, after=region.end)
    words = _trades(head[region.end : form_at])
    industry_at = form_at - sum(map(len, words))
    if _is_brand(head[: region.end], head[region.end : industry_at], words):
        region = NOWHERE  # 长春藤教育 is not of 长春
    cuts = pairwise((0, region.end, industry_at, form_at, len(head), len(bare)))
    spans = dict(zip(PARTS, cuts, strict=True))
    said = {part: bare[start:end] for part, (start, end) in spans.items()}
    return NameParts(bare, **said, region_codes=region.codes, trades=words, spans=spans)


def _with_place(found: NameParts, whole: str, place: "_Bracketed") -> NameParts:
    """Return the parts of `whole`, of which `found` are those without the place in brackets."""
    at, longer = len(matching_form(place.before)), len(place.text)
    spans = {
        part: (start + longer * (start >= at), end + longer * (end > at))
        for part, (start, end) in found.spans.items()
    }
    if found.region_codes:
        said_twice = set(found.region_codes) & set(place.codes)
        codes = found.region_codes if said_twice else place.codes
        return found._replace(normalised=whole, region_codes=codes, spans=spans)
    spans["region"] = (at, at + longer)
    return found._replace(normalised=whole, region=place.text, region_codes=place.codes, spans=spans)


class _Bracketed(NamedTuple):
    """A place in brackets within a name: what stands before, as written, in normal form, what it may be."""

    before: str
    bracketed: str
    text: str
    codes: tuple[str, ...]


def _is_brand(place: str, brand: str, words: tuple[str, ...]) -> bool:
    return len(brand) == 1 and len(place) >= 2 and bool(words) and place[-1] not in _PLACE_ENDINGS


def _undivided(whole: str) -> NameParts:
    return NameParts(whole, "", whole, "", "", "", (), (), {"brand": (0, len(whole))})


def _place_in_brackets(name: str) -> _Bracketed | None:
    """Return the place that stands in brackets within a name: 大河（北京）科技."""
    for found in _BRACKETED.finditer(name):
        text = normalise_name(found[1])
        if codes := place_named(text):
            return _Bracketed(name[: found.start()], found[0], text, codes)
    return None


def _where_a_branch_begins(bare: str) -> int:
    """Return where in a name its branch begins; its length where it has none."""
    begins = branch_begins(bare)
    return len(bare) if bare[begins:] in _OF_THE_FORM else begins


def _trades(middle: str) -> tuple[str, ...]:
    """Return the trades at the end of what stands between region and form; some brand is left over."""
    known, lengths, found, end = trades(), trade_lengths(), list[str](), len(middle)
    while end >= 2:
        least = 2 if found else 1
        fitting = (one for one in lengths.get(middle[end - 1], ()) if one <= end - least)
        length = next((one for one in fitting if middle[end - one : end] in known), 0)
        if not length:
            break
        found.insert(0, middle[end - length : end])
        end -= length
    return tuple(found)
