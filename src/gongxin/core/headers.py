"""The words of a header row, whatever width, bracket, line break or asterisk an office writes."""

import re
import unicodedata
from collections.abc import Sequence

_BRACKETS = str.maketrans(
    {"〔": "(", "〕": ")", "【": "(", "】": ")", "[": "(", "]": ")", "「": "(", "」": ")"}
)
_DECORATION = re.compile(r"[\s*★☆#:：\ufeff\u200b]+")
_REMARK = re.compile(r"\((?:必填|选填|必填项|选填项|必录|非必填|required|optional)\)|(?:必填|选填)$")
_INSIDE = re.compile(r"\(([^()]*)\)")
_LONGEST = 500  # a cell of a megabyte is no label, and must not cost the time of one


def normal_header(text: str) -> str:
    """Return `text` as headers are compared: half-width, lower case, no space, star or 必填."""
    plain = unicodedata.normalize("NFKC", text[:_LONGEST]).translate(_BRACKETS)
    return _REMARK.sub("", _DECORATION.sub("", plain).casefold())


def normal_row(cells: Sequence[str]) -> tuple[str, ...]:
    """Return a header row as headers are compared, without the cells left empty on its right."""
    forms = tuple(normal_header(cell or "") for cell in cells)
    return forms[: max((place for place, form in enumerate(forms, start=1) if form), default=0)]


def header_forms(text: str) -> tuple[str, ...]:
    """Return every form under which a header may be known, the most exact first.

    `处罚决定日期（CF_JDRQ）` is known whole, without its brackets, and by what stands in them.
    """
    whole = normal_header(text)
    outside = _INSIDE.sub("", whole)
    forms = [whole, outside, *_INSIDE.findall(whole)]
    return tuple(dict.fromkeys(form for form in forms if form))
