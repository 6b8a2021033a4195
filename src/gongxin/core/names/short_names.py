"""Whether one name is short for another: 大河, 大河建工, 大河集团, 豫大河物流."""

from gongxin.core.names.lexicon import families
from gongxin.core.names.part_by_part import COMPANIES, in_order
from gongxin.core.names.parts import NameParts
from gongxin.core.names.places import province_abbreviated
from gongxin.core.names.reasons import PartLikeness


def by_length(one: NameParts, other: NameParts) -> tuple[NameParts, NameParts]:
    """Return two names, the shorter first; of two as long it makes no difference which came first."""
    first, second = one.normalised, other.normalised
    is_ordered = (len(first), first) <= (len(second), second)
    return (one, other) if is_ordered else (other, one)


def short_for(short: NameParts, full: NameParts) -> PartLikeness | None:
    """Return what makes a name without a legal form short for the full one, or None."""
    is_full = short.form != "集团" and families().get(short.form) in COMPANIES
    if is_full or len(short.normalised) < 2 or not (short.brand or short.industry or short.form):
        return None
    body = short.normalised[: len(short.normalised) - len(short.branch)] if short.branch else short.normalised
    whole = full.region + full.brand + full.industry + full.form
    for text, score in ((full.brand + full.industry, 0.8), (whole, 0.75)):
        if len(body) >= 2 and text.startswith(body) and len(body) >= min(len(full.brand), 4):
            return PartLikeness("brand", score, "short")
    if _begins_with_the_brand(_without_province(body.removeprefix(short.region), full), full):
        return PartLikeness("brand", 0.7, "short")
    if len(body) >= 3 and body in full.region + full.brand + full.industry:
        return PartLikeness("brand", 0.65, "abbreviated")  # 同花顺 of 浙江核新同花顺网络信息
    if 3 <= len(body) <= 6 and body[0] in {full.brand[:1], full.region[:1]} and in_order(body, whole):
        return PartLikeness("brand", 0.6, "abbreviated")
    return None


def unit_of(short: NameParts, full: NameParts) -> bool:
    """Return whether the full name goes on behind the short one's own form: 大河厂, 大河厂门前旅馆."""
    within = full.region + full.brand
    return bool(short.form) and short.form != "集团" and within.startswith(short.normalised)


def _without_province(body: str, full: NameParts) -> str:
    """Return `body` without one character for the province of the full name: 豫大河."""
    code = province_abbreviated(body[:1])
    return body[1:] if code and any(one.startswith(code) for one in full.region_codes) else body


def _begins_with_the_brand(body: str, full: NameParts) -> bool:
    """Return whether `body` is the whole brand and some characters of what follows it, in their order."""
    rest = body.removeprefix(full.brand)
    return len(full.brand) >= 2 and rest != body and in_order(rest, full.industry + full.form)
