"""How alike two organisations' names are, part by part, and why.

A name alone never links a record (rights line, design §1.7): what is said here ranks candidates and is laid
before a person. One part that says another organisation decides, however alike the rest is: one character
of the brand, another city, another trade, a branch beside its parent.
"""

from dataclasses import dataclass
from typing import Literal

from gongxin.core.names.lexicon import families
from gongxin.core.names.parts import NameParts, parse_name
from gongxin.core.names.places import may_be_one
from gongxin.core.names.reasons import PartLikeness

Verdict = Literal["same", "possibly", "different"]
SAME_FROM = 0.93
DIFFERENT_BELOW = 0.5
_COMPANIES = frozenset(("limited", "joint_stock", "group", "company"))
# What many trades end in says little of the trade: 装饰工程 and 环保工程 are two.
_GENERIC = frozenset(
    (
        "工程", "发展", "实业", "管理", "服务", "技术", "开发", "企业", "经营", "产业",
        "工业", "投资", "科技", "销售", "建设", "设备", "制品", "咨询", "经济",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are."""

    score: float
    verdict: Verdict
    reasons: tuple[PartLikeness, ...]

    @property
    def related(self) -> bool:
        """Return whether one is a branch of the other, or both of one organisation."""
        return any(reason.code in {"branch-of-it", "other-branch"} for reason in self.reasons)


def likeness_of_names(name: str, other: str) -> Likeness:
    """Return how alike two names are, as they are written."""
    return likeness(parse_name(name), parse_name(other))


def likeness(one: NameParts, other: NameParts) -> Likeness:
    """Return how alike two parsed names are; which of them comes first makes no difference."""
    if not one.normalised or not other.normalised:
        return Likeness(0.0, "different", (PartLikeness("name", 0.0, "no-name"),))
    if one.normalised == other.normalised:
        return _SAME
    if one.brand != other.brand:
        one, other = _region_or_brand(one, other), _region_or_brand(other, one)
    reasons = _by_parts(one, other) if one.brand == other.brand else _by_brand(one, other)
    lowest = min(reason.score for reason in reasons)
    score = 1.0
    for reason in reasons:
        score *= reason.score
    if lowest < DIFFERENT_BELOW:
        return Likeness(round(min(score, lowest), 3), "different", reasons)
    score = round(max(score, DIFFERENT_BELOW), 3)
    return Likeness(score, "same" if score >= SAME_FROM else "possibly", reasons)


_SAME = Likeness(1.0, "same", (PartLikeness("name", 1.0, "same"),))


def _region_or_brand(one: NameParts, other: NameParts) -> NameParts:
    """Return `one` parsed anew if its place is the other's brand: 宁海商贸 beside 苏州宁海商贸."""
    if one.region and one.normalised.startswith(one.region) and other.brand.startswith(one.region):
        return parse_name(one.normalised, without_region=True)
    return one


def _by_parts(one: NameParts, other: NameParts) -> tuple[PartLikeness, ...]:
    brand = PartLikeness("brand", 1.0, "same") if one.brand else PartLikeness("brand", 0.98, "none")
    return (brand, _regions(one, other), _trades(one, other), _forms(one, other), _branches(one, other))


def _regions(one: NameParts, other: NameParts) -> PartLikeness:
    if one.region_codes == other.region_codes:
        return PartLikeness("region", 1.0, "same")
    if not one.region_codes or not other.region_codes:
        # Where nothing else tells two apart, the place does: 公安局, 人民法院, 第一中学.
        fuller = max(one, other, key=lambda parts: (len(parts.normalised), parts.normalised))
        alone = not fuller.brand or fuller.brand.startswith("第")
        if alone or not (fuller.industry or len(fuller.brand) > 2 or _firms(one, other)):
            return PartLikeness("region", 0.4, "needed")
        return PartLikeness("region", 0.94, "left-out")
    if may_be_one(one.region_codes, other.region_codes):
        return PartLikeness("region", 0.95, "lies-in")
    return PartLikeness("region", 0.3, "another")


def _firms(one: NameParts, other: NameParts) -> bool:
    return {families().get(parts.form) for parts in (one, other)} <= _COMPANIES


def _trades(one: NameParts, other: NameParts) -> PartLikeness:
    first, second = one.trades, other.trades
    if one.industry == other.industry:
        return PartLikeness("industry", 1.0, "same")
    if not first or not second:
        return PartLikeness("industry", 0.8, "left-out")
    shorter, longer = sorted((one.industry, other.industry), key=len)
    telling = set(_told(first)) & set(_told(second))
    if shorter in longer and (telling or shorter not in _GENERIC):
        return PartLikeness("industry", 0.85, "narrower")
    if set(first) == set(second):
        return PartLikeness("industry", 0.9, "other-order")
    if longer.endswith(shorter) and not (one.form and other.form):
        return PartLikeness("industry", 0.75, "narrower")  # a short name keeps the last word
    return PartLikeness("industry", 0.4, "another")


def _told(trades: tuple[str, ...]) -> list[str]:
    return [trade for trade in trades if trade not in _GENERIC]


def _forms(one: NameParts, other: NameParts) -> PartLikeness:
    if one.form == other.form:
        return PartLikeness("form", 1.0, "same")
    if not one.form or not other.form:
        return PartLikeness("form", 0.95, "left-out")
    first, second = families().get(one.form, ""), families().get(other.form, "")
    if first == second:
        return (
            PartLikeness("form", 0.97, "same-kind")
            if first in _ALTERED
            else PartLikeness("form", 0.4, "another")
        )
    if first in _COMPANIES and second in _COMPANIES:
        return PartLikeness("form", 0.85, "may-have-changed")
    return PartLikeness("form", 0.4, "another")


_ALTERED = frozenset(
    (*_COMPANIES, "partnership", "law_firm", "firm", "co_operative", "village", "foreign", "sole")
)


def _branches(one: NameParts, other: NameParts) -> PartLikeness:
    if one.branch == other.branch:
        return PartLikeness("branch", 1.0, "same" if one.branch else "none")
    if not one.branch or not other.branch:
        return PartLikeness("branch", 0.3, "branch-of-it")
    if _plain(one.branch) == _plain(other.branch):
        return PartLikeness("branch", 0.97, "same")
    return PartLikeness("branch", 0.3, "other-branch")


def _plain(branch: str) -> str:
    """Return a branch without the endings of its place: 郑州市分公司 is 郑州分公司."""
    for ending in "省市县区":
        branch = branch.replace(ending, "")
    return branch


def _by_brand(one: NameParts, other: NameParts) -> tuple[PartLikeness, ...]:
    """Return what two names with other brands say: one may be short for the other."""
    short, full = sorted((one, other), key=lambda parts: len(parts.normalised))
    kind = _short_for(short, full)
    if kind is not None:
        return (kind, _regions(one, other) if short.region_codes else _NO_REGION, _branches(one, other))
    apart = _one_character_apart(one.brand, other.brand)
    code, score = ("one-character", 0.25) if apart else ("another", 0.1)
    return (
        PartLikeness("brand", score, code),
        _regions(one, other),
        _trades(one, other),
        _branches(one, other),
    )


_NO_REGION = PartLikeness("region", 1.0, "left-out")


def _short_for(short: NameParts, full: NameParts) -> PartLikeness | None:
    """Return what makes a name without a legal form short for the full one, or None."""
    if len(short.normalised) < 2 or (short.form != "集团" and families().get(short.form) in _COMPANIES):
        return None
    body = short.normalised[: len(short.normalised) - len(short.branch)] if short.branch else short.normalised
    whole = full.region + full.brand + full.industry + full.form
    for text, code, score in ((full.brand + full.industry, "short", 0.8), (whole, "short", 0.75)):
        if len(body) >= 2 and text.startswith(body) and len(body) >= min(len(full.brand), 4):
            return PartLikeness("brand", score, code)
    if 3 <= len(body) <= 6 and body[0] in {full.brand[:1], full.region[:1]} and _in_order(body, whole):
        return PartLikeness("brand", 0.6, "abbreviated")
    return None


def _in_order(short: str, text: str) -> bool:
    left = iter(text)
    return all(character in left for character in short)


def _one_character_apart(one: str, other: str) -> bool:
    if len(one) == len(other):
        return sum(first != second for first, second in zip(one, other, strict=True)) == 1
    shorter, longer = sorted((one, other), key=len)
    return len(longer) - len(shorter) == 1 and _in_order(shorter, longer)
