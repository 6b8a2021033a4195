"""What each part of two names says by itself: region, trade, legal form, branch, brand."""

from gongxin.core.names.lexicon import families, same_forms
from gongxin.core.names.parts import NameParts
from gongxin.core.names.places import may_be_one
from gongxin.core.names.reasons import PartLikeness

COMPANIES = frozenset(("limited", "joint_stock", "group", "company"))
# What many trades end in says little of the trade: 装饰工程 and 环保工程 are two.
_GENERIC = frozenset(
    (
        "工程", "发展", "实业", "管理", "服务", "技术", "开发", "企业", "经营", "产业",
        "工业", "投资", "科技", "销售", "建设", "设备", "制品", "咨询", "经济",
    )
)  # fmt: skip
# What two parts say that are others; no part of names with one brand says less than another branch.
ONE_CHARACTER, ANOTHER_BRAND, ANOTHER_BRANCH = 0.25, 0.1, 0.3
_ALTERED = frozenset(
    (*COMPANIES, "partnership", "law_firm", "firm", "co_operative", "village", "foreign", "sole")
)
# Of these each place has its own: the county's bureau is not the city's.
_OF_A_PLACE = frozenset(("government", "hospital", "school", "society"))


def regions(one: NameParts, other: NameParts) -> PartLikeness:
    if one.region_codes == other.region_codes:
        return PartLikeness("region", 1.0, "same")
    return _places(one, other) if one.region_codes and other.region_codes else _place_left_out(one, other)


def _place_left_out(one: NameParts, other: NameParts) -> PartLikeness:
    """Where nothing else tells two apart, the place does: 公安局, 人民法院, 第一中学."""
    fuller = max(one, other, key=lambda parts: (len(parts.normalised), parts.normalised))
    alone = not fuller.brand or fuller.brand.startswith("第")
    if alone or not (fuller.industry or len(fuller.brand) > 2 or _firms(one, other)):
        return PartLikeness("region", 0.4, "needed")
    return PartLikeness("region", 0.94, "left-out")


def _places(one: NameParts, other: NameParts) -> PartLikeness:
    if not set(one.region_codes).isdisjoint(other.region_codes):
        return PartLikeness("region", 0.97, "same")  # 岳阳 is the city or the county
    if not may_be_one(one.region_codes, other.region_codes):
        return PartLikeness("region", 0.3, "another")
    if not _OF_A_PLACE.isdisjoint(families().get(parts.form) for parts in (one, other)):
        return PartLikeness("region", 0.35, "of-a-part")
    return PartLikeness("region", 0.95, "lies-in")


def _firms(one: NameParts, other: NameParts) -> bool:
    return {families().get(parts.form) for parts in (one, other)} <= COMPANIES


def trades(one: NameParts, other: NameParts) -> PartLikeness:
    if one.industry == other.industry:
        return PartLikeness("industry", 1.0, "same")
    if not one.trades or not other.trades:
        return _trade_left_out(one, other)
    shorter, longer = sorted((one.industry, other.industry), key=lambda text: (len(text), text))
    telling = set(_told(one.trades)) & set(_told(other.trades))
    if shorter in longer and (telling or shorter not in _GENERIC):
        return PartLikeness("industry", 0.85, "narrower")
    if set(one.trades) == set(other.trades):
        return PartLikeness("industry", 0.9, "other-order")
    if {"", "集团"} & {one.form, other.form} and abridges(shorter, longer):
        return PartLikeness("industry", 0.75, "narrower")
    return PartLikeness("industry", 0.4, "another")


def _trade_left_out(one: NameParts, other: NameParts) -> PartLikeness:
    """A group without a trade in its name is the parent of the firm of that brand that names one."""
    are_groups = [families().get(parts.form) == "group" for parts in (one, other)]
    if any(are_groups) and not all(are_groups) and one.form and other.form:
        return PartLikeness("industry", 0.4, "of-a-group")
    return PartLikeness("industry", 0.8, "left-out")


def abridges(short: str, full: str) -> bool:
    """Return whether a short name may say `short` for `full`: its last or first word, or 建工 of 建筑工程."""
    return full.endswith(short) or (short[:1] == full[:1] and in_order(short, full))


def in_order(short: str, text: str) -> bool:
    """Return whether `text` holds the characters of `short` in their order."""
    left = iter(text)
    return all(character in left for character in short)


def _told(trades: tuple[str, ...]) -> list[str]:
    return [trade for trade in trades if trade not in _GENERIC]


def forms(one: NameParts, other: NameParts) -> PartLikeness:
    first, second = (same_forms().get(form, form) for form in (one.form, other.form))
    if first == second:
        return PartLikeness("form", 1.0, "same")
    if not first or not second:
        return PartLikeness("form", 0.95, "left-out")
    kinds = families().get(first, ""), families().get(second, "")
    if kinds[0] == kinds[1]:
        altered = kinds[0] in _ALTERED
        return PartLikeness("form", 0.97, "same-kind") if altered else PartLikeness("form", 0.4, "another")
    if COMPANIES.issuperset(kinds):
        return PartLikeness("form", 0.85, "may-have-changed")
    if _companys_own(one, other) or _companys_own(other, one):
        return PartLikeness("form", 0.8, "left-out")
    return PartLikeness("form", 0.4, "another")


def _companys_own(one: NameParts, other: NameParts) -> bool:
    """Return whether `one` is a company that is called by its trade: 大河银行 is 大河银行股份有限公司."""
    return families().get(one.form) in COMPANIES and bool(one.trades) and one.trades[-1] == other.form


def branches(one: NameParts, other: NameParts) -> PartLikeness:
    if one.branch == other.branch:
        return PartLikeness("branch", 1.0, "same" if one.branch else "none")
    if not one.branch or not other.branch:
        return PartLikeness("branch", ANOTHER_BRANCH, "branch-of-it")
    if plain_branch(one.branch) == plain_branch(other.branch) and len(one.branch) != len(other.branch):
        return PartLikeness("branch", 0.97, "same")
    return PartLikeness("branch", ANOTHER_BRANCH, "other-branch")


def plain_branch(branch: str) -> str:
    """Return a branch without the endings of its place: 郑州市分公司 is 郑州分公司."""
    for ending in "省市县区":
        branch = branch.replace(ending, "")
    return branch


def other_brands(one: str, other: str) -> PartLikeness:
    if _one_character_apart(one, other):
        return PartLikeness("brand", ONE_CHARACTER, "one-character")
    return PartLikeness("brand", ANOTHER_BRAND, "another")


def _one_character_apart(one: str, other: str) -> bool:
    if len(one) == len(other):
        return sum(first != second for first, second in zip(one, other, strict=True)) == 1
    shorter, longer = sorted((one, other), key=len)
    return len(longer) - len(shorter) == 1 and in_order(shorter, longer)
