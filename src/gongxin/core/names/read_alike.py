"""Reads two names alike where one of them, by itself, was read otherwise, and says which slips it took.

By itself 邦州市大河商货有限公司 is all brand; beside 郑州市大河商贸有限公司 it is that name with two slips.
A slip is taken only for a place or a trade that the other name says in full, never for one in the brand.
"""

from typing import NamedTuple

from gongxin.core.names.lexicon import look_alike
from gongxin.core.names.parts import NameParts, parse_name
from gongxin.core.names.reasons import PartLikeness

_LONG_TRADE, _LONG_PLACE = 4, 3  # one character of so many is a slip, whatever its shape


class ReadAlike(NamedTuple):
    """Two names, and the slips that were read over."""

    one: NameParts
    other: NameParts
    slips: tuple[PartLikeness, ...] = ()


def read_alike(one: NameParts, other: NameParts) -> ReadAlike:
    """Return both names, each read in the light of the other where their brands differ."""
    if one.brand == other.brand and (one.region == other.region or (_is_known(one) and _is_known(other))):
        return ReadAlike(one, other)
    if one.brand == other.brand:
        return _placed(ReadAlike(one, other))
    if one.brand not in other.normalised and other.brand not in one.normalised:
        return ReadAlike(one, other)  # no reading makes one of these
    one, other = _region_or_brand(one, other), _region_or_brand(other, one)
    return _placed(_turned(_with_its_trade(_turned(_with_its_trade(ReadAlike(one, other))))))


def _placed(read: ReadAlike) -> ReadAlike:
    return _turned(_with_its_place(_turned(_with_its_place(read))))


def _turned(read: ReadAlike) -> ReadAlike:
    return ReadAlike(read.other, read.one, read.slips)


def _region_or_brand(one: NameParts, other: NameParts) -> NameParts:
    """Return `one` parsed anew if its place is the other's brand: 宁海商贸 beside 苏州宁海商贸."""
    if one.region and one.normalised.startswith(one.region) and other.brand.startswith(one.region):
        return parse_name(one.normalised, without_region=True)
    return one


def _with_its_place(read: ReadAlike) -> ReadAlike:
    """Read the place before the one's brand as the other says it: 金水 or 邦州市 before the brand of both."""
    one, other, slips = read
    rest = one.brand.removesuffix(other.brand)
    said = one.region + rest
    if not other.region or len(other.brand) < 2 or not one.brand.endswith(other.brand) or len(said) < 2:
        return read
    ends = (other.region[-len(said) :], other.region[:-1][-len(said) :])
    long = _LONG_PLACE if not _is_known(one) else len(said) + len(rest or said)
    if not any(said == end or _one_slip(said, end, long) for end in ends):
        return read
    slip = () if said in ends else (PartLikeness("region", 0.7, "slip"),)
    placed = one._replace(region=other.region, region_codes=other.region_codes, brand=other.brand)
    return ReadAlike(placed, other, (*slips, *slip))


def _is_known(one: NameParts) -> bool:
    """Return whether a name's place is one of today's, and so no slip."""
    return bool(one.region_codes) and not one.region_codes[0].startswith("?")


def _with_its_trade(read: ReadAlike) -> ReadAlike:
    """Read the trade at the end of the one's brand that the other says: 商货 for 商贸."""
    one, other, slips = read
    length, said = len(other.industry), one.brand + one.industry
    if not length or len(one.industry) >= length or len(said) <= length:
        return read
    if not _one_slip(said[-length:], other.industry, _LONG_TRADE):
        return read
    traded = one._replace(brand=said[:-length], industry=other.industry, trades=other.trades)
    return ReadAlike(traded, other, (*slips, PartLikeness("industry", 0.7, "slip")))


def _one_slip(said: str, meant: str, long: int) -> bool:
    """Return whether one character of `said` was taken for another: of `long` or more any, else one alike."""
    if len(said) != len(meant):
        return False
    apart = [pair for pair in zip(said, meant, strict=True) if pair[0] != pair[1]]
    return len(apart) == 1 and (len(meant) >= long or look_alike(*apart[0]))
