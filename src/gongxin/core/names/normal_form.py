import re
import unicodedata

from gongxin.core.names.words import simplified_of

# Spaces, characters that control, format or choose a variant, brackets of every shape, marks between words.
_UNHEARD = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    r"\U000e0000-\U000e01ef()\[\]{}〔〕【】〈〉《》「」『』\"'“”‘’,，、.。;；:：_-]+"
)
_MIDDLE_DOTS = dict.fromkeys(map(ord, "•・‧∙⋅●﹒．‐˙᛫ꞏ"), "·")


def normalise_name(name: str) -> str:
    """Return `name` as names are compared and searched: what cannot be heard is left out.

    Half width, upper case, simplified characters, no spaces, no brackets: 河南（大河）商貿 is 河南大河商贸.
    """
    dotted = name.translate(_MIDDLE_DOTS)
    plain = unicodedata.normalize("NFKC", dotted).translate(_MIDDLE_DOTS)
    heard = _UNHEARD.sub("", plain).translate(simplified_of()).upper()
    # Taking a space out may bring a letter and its mark together, and two spellings of one letter are one.
    return unicodedata.normalize("NFKC", heard)
