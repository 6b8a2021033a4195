"""The keys of a row, and what they say of its subject by themselves.

A key is (scheme, value). Only identifiers whose check passes become keys (`engine.accepted`); a guessed
kind never does, the column's declared scheme does.
"""

from dataclasses import dataclass
from functools import lru_cache

Key = tuple[str, str]

UNIFIED = "unified"
ORGANISATION = "organisation"
REGISTRATION = "registration"
LEGAL_PERSON = "legal-person"
OTHER_ORGANISATION = "other-organisation"
NATURAL_PERSON = "natural-person"

_INDIVIDUAL_BUSINESS_KINDS = frozenset("6789")  # first digit of a registration number's sequence [R]
_OTHER_ORGANISATIONS = frozenset(
    {"92"}
)  # 个体工商户; the rest of the table are legal persons or like them [R]


@dataclass(frozen=True, slots=True)
class Identity:
    """The keys of one row: `keys[0]` is the one that decides, the others must agree with it."""

    keys: tuple[Key, ...]
    derived: tuple[Key, ...] = ()  # follow from the keys: the organisation part of a unified code


# What may link a row, checked: the values `identity_from` takes, in this order.
LINK_COLUMNS = ("unified", "registration", "organisation", "licence", "profession", "part")


@lru_cache(maxsize=131_072)
def identity_from(checked: tuple[str | None, ...]) -> Identity:
    """Return the identity of a row from its values of LINK_COLUMNS, which passed their checks already."""
    code, registered, organised, licence, profession, part = checked
    keys: list[Key] = []
    if code:
        keys.append((UNIFIED, code))
    if registered:
        keys.append((REGISTRATION, registered))
    if organised:
        keys.append((ORGANISATION, organised))
    if licence:
        keys.append((f"licence:{profession or ''}", licence))
    derived = ((ORGANISATION, part),) if part and part != organised else ()
    return Identity(tuple(keys), derived)


def database_of(identity: Identity, *, professional: bool) -> str:
    """Return which of the three databases a new subject belongs to."""
    if professional:
        return NATURAL_PERSON
    scheme, value = identity.keys[0]
    if scheme == UNIFIED:
        return OTHER_ORGANISATION if value[:2] in _OTHER_ORGANISATIONS else LEGAL_PERSON
    if scheme == REGISTRATION and value[6] in _INDIVIDUAL_BUSINESS_KINDS:
        return OTHER_ORGANISATION
    return LEGAL_PERSON


def region_of(identity: Identity) -> str:
    """Return the region written in the deciding key, as a hint; codes outlive divisions."""
    scheme, value = identity.keys[0]
    if scheme == UNIFIED:
        return value[2:8]
    return value[:6] if scheme == REGISTRATION else ""
