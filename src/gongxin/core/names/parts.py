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
    families,
    form_begins,
    look_alike,
    more_simplified,
    plain,
    shorts,
    slips,
    trade_lengths,
    trades,
)
from gongxin.core.names.normal_form import normalise_name
from gongxin.core.names.places import NOWHERE, Region, place_named, region_before

LONGEST = 200
_BRACKETED = re.compile(r"[(（\[【〔]([^()（）\[\]【】〔〕]{2,12})[)）\]】〕]")
_ORDINAL = re.compile(
    r"第?([0-9]{1,3})(?=[建分中小人医支厂公水冶机电大校院队区化轻纺运汽]|高级|高中|初级|完全|实验|幼儿|职业|附属|储蓄|营业)|第([0-9]{1,3})"
)
_NUMBERED = re.compile(r"(?<=..)第?([一二三四五六七八九十百]{1,4})([院中小])$")
_ATTACHED = re.compile(r"附属(第[一二三四五六七八九十百]{1,4})(?=医院|中学|小学)")
_SECOND_NAME = re.compile(r"[(（\[【〔]([^()（）\[\]【】〔〕]{4,30})[)）\]】〕]\s*$")
_CLOSING, _WITH_SECOND_NAMES = frozenset(")）]】〕"), frozenset(("hospital", "school"))
_OF_THE_FORM = frozenset(("普通合伙", "特殊普通合伙", "有限合伙", "联合社"))
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
        return _with_a_longer_form(normal)
    if normal[-1:] != "司" and normal[-2:-1] != "公":
        return normal  # more than one character off
    for form in ("集团股份有限公司", "股份有限公司", "有限责任公司", "集团有限公司", "有限公司"):
        if _characters_apart(normal[-len(form) :], form) == 1:
            return normal[: -len(form)] + form
    return normal


def _with_a_longer_form(normal: str) -> str:
    """Mend the word before 有限公司. 集团 only by a character of like shape: 集运 is another word."""
    word, at = normal[-6:-4], len(normal) - 6
    for meant in ("股份", "集团"):
        apart = [pair for pair in zip(word, meant, strict=False) if pair[0] != pair[1]]
        if len(word) == 2 and len(apart) == 1 and (meant == "股份" or look_alike(*apart[0])):
            return normal[:at] + meant + normal[-4:]
    return normal


def _in_full(normal: str) -> str:
    """Return a name with what ends it in full: 人社局, 一中, and the number of an attached hospital first."""
    meant, lengths, numbered = shorts()
    for length in lengths.get(normal[-1:], ()):
        if length < len(normal) and normal[-length:] in meant:
            return normal[:-length] + meant[normal[-length:]]
    if "附属第" in normal:
        return _ATTACHED.sub(r"\1附属", normal)
    if normal[-1:] in numbered:
        return _NUMBERED.sub(lambda found: f"第{found[1]}{numbered[found[2]]}", normal)
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


def parse_name(name: str, *, without_region: bool = False) -> NameParts:
    """Return the parts of `name`; `without_region` where the place it begins with is its brand."""
    # What is too long for a name is not kept: a few thousand of them would fill the memory.
    return (kept if len(name) <= LONGEST else _parse)(name, without_region)


def _parse(name: str, without_region: bool) -> NameParts:
    name = _without_second_name(name)
    whole = _in_full(matching_form(name))
    if len(whole) > LONGEST:
        return _undivided(whole)
    place = _place_in_brackets(name)
    bare = _in_full(matching_form(name.replace(place.bracketed, "", 1))) if place else whole
    found = _divided(bare, NOWHERE if without_region else None)
    return _with_place(found, whole, place) if place else found


kept = lru_cache(maxsize=20_000)(_parse)  # some 25 MB a process


def _without_second_name(name: str) -> str:
    """Return a name without another one in brackets behind it: 第四医院（骨科医院）."""
    found = _SECOND_NAME.search(name) if name[-1:] in _CLOSING else None
    if found is None:
        return name
    kinds = {families().get(_form_of(text)) for text in (name[: found.start()], found[1])}
    return name[: found.start()] if len(kinds) == 1 and kinds <= _WITH_SECOND_NAMES else name


def _form_of(name: str) -> str:
    normal = matching_form(name)
    return normal[form_begins(normal, after=0) :]


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
    found, end = list[str](), len(middle)
    while length := _trade_length(middle[:end], 2) if found else _last_trade(middle):
        found.insert(0, middle[end - length : end])
        end -= length
    return tuple(found)


def _last_trade(middle: str) -> int:
    """Return the length of the last trade: 天微 电子 rather than 天 微电子, but 藤 教育咨询."""
    shorter = _trade_length(middle, 2)
    if shorter and not _trade_length(middle[:-shorter], 1):
        return shorter
    return _trade_length(middle, 1)


def _trade_length(middle: str, left: int) -> int:
    """Return the length of the longest trade at the end of `middle` that leaves so many characters, or 0."""
    known, most = trades(), len(middle) - left
    for length in trade_lengths().get(middle[-1:], ()):
        if length <= most and middle[-length:] in known:
            return length
    return 0
