"""When two replies are the same: whatever differs only in spaces, signs and numbers is a copy."""

import hashlib
import re
import unicodedata

KEY_CHARACTERS = 32
_NUMBER = re.compile(r"\d+\s*(?:年|月|日|号|万元|元)?")


def reply_key(reason: str) -> str:
    """Return what two replies share if one is a copy of the other; nothing for a reply without words.

    Numbers do not count: a copy with another document number and another day is a copy.
    """
    folded = unicodedata.normalize("NFKC", reason).casefold()
    words = "".join(one for one in _NUMBER.sub("", folded) if unicodedata.category(one)[0] == "L")
    return hashlib.sha256(words.encode()).hexdigest()[:KEY_CHARACTERS] if words else ""
