"""Masking what may be kept but not shown in full: persons' names and numbers (R5)."""

COMPOUND_SURNAMES = frozenset(
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 "
    "公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 "
    "拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 "
    "西门 公祖 第五 公乘 贯丘 公皙 南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 褚师".split()
)


def mask_name(name: str) -> str:
    """Return a person's name as 姓*: the surname, compound ones whole, and one star. Empty stays empty."""
    bare = name.strip()
    if not bare:
        return ""
    if "·" in bare:
        return f"{bare.split('·', 1)[0][:1]}*"
    surname = bare[:2] if len(bare) > 2 and bare[:2] in COMPOUND_SURNAMES else bare[:1]
    return f"{surname}*"


def mask_number(number: str) -> str:
    """Return a person's number with all but its first and last character starred."""
    if len(number) <= 2:
        return "*" * len(number)
    return f"{number[0]}{'*' * (len(number) - 2)}{number[-1]}"
