"""Masking what may be kept but not shown in full: persons' names (R5)."""

_PAIRS = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容"
    "仲孙钟离长孙宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁拓跋夹谷轩辕令狐"
    "段干百里呼延东郭南门羊舌微生公户公玉公仪梁丘公仲公上公门公山公坚左丘公伯西门公祖第五公乘贯丘公皙"
    "南荣东里东宫仲长子书子桑即墨达奚褚师"
)
COMPOUND_SURNAMES = frozenset(_PAIRS[at : at + 2] for at in range(0, len(_PAIRS), 2))


def mask_name(name: str) -> str:
    """Return a person's name as 姓*: the surname, compound ones whole, and one star. Empty stays empty."""
    bare = name.strip()
    if not bare:
        return ""
    if "·" in bare:
        return f"{bare.split('·', 1)[0][:1]}*"
    surname = bare[:2] if len(bare) > 2 and bare[:2] in COMPOUND_SURNAMES else bare[:1]
    return f"{surname}*"
