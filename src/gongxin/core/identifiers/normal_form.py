import re
import unicodedata

# Spaces of every width, zero-width characters, and every dash met between the groups of a printed code.
_BETWEEN_GROUPS = re.compile(r"[\s\u180e\u200b-\u200f\u2060\ufeff\u00ad\u2010-\u2015\u2212\u30fb_-]+")


def normalise_code(text: str) -> str:
    """Return `text` as codes are compared: half width, upper case, no spaces, no hyphens."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return _BETWEEN_GROUPS.sub("", unicodedata.normalize("NFKC", text)).upper()
