"""Who a row is about: checked identifiers decide, names only warn (design §1.7).

A key is (scheme, value). Only identifiers whose check passes become keys (`engine.accepted`); a guessed
kind never does, the column's declared scheme does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

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


class Link(NamedTuple):
    """Where a row belongs: a known subject, a new one, or nowhere (`problem`)."""

    subject_id: str | None
    problem: str = ""  # no-code | codes-disagree
    adds: tuple[Key, ...] = ()  # keys the subject gains by this row


def link(identity: Identity, *, subject_of: Mapping[Key, str], unified_of: Mapping[str, str]) -> Link:
    """Return where a row belongs. `subject_id` is None with no problem where a new subject begins.

    The first key decides. A subject known only by a later key is the same one if it bears no
    other unified code; where known keys name two subjects the row waits for a person.
    """
    if not identity.keys:
        return Link(None, "no-code")
    if len(identity.keys) == 1 and identity.keys[0] in subject_of:
        return Link(subject_of[identity.keys[0]])
    known = {key: subject_of[key] for key in identity.keys if key in subject_of}
    if len(set(known.values())) > 1:
        return Link(known.get(identity.keys[0]), "codes-disagree")
    if known:
        return _join(identity, next(iter(known.values())), unified_of)
    by_part = {subject_of[key] for key in identity.derived if key in subject_of}
    if len(by_part) == 1:
        return _join(identity, by_part.pop(), unified_of)
    return Link(None, adds=(*identity.keys, *identity.derived))


def _join(identity: Identity, subject_id: str, unified_of: Mapping[str, str]) -> Link:
    """Join a row to a subject, unless both bear a unified code and the codes differ."""
    borne = unified_of.get(subject_id)
    sent = next((value for scheme, value in identity.keys if scheme == UNIFIED), None)
    if borne is not None and sent is not None and borne != sent:
        # The unified code decides: it names another subject, to which the other keys do not pass over.
        own = tuple(key for key in (*identity.keys, *identity.derived) if key[1] in (sent, sent[8:17]))
        return Link(None, adds=own[:1])
    gained = (*identity.keys, *identity.derived) if borne is None and sent is not None else identity.keys
    return Link(subject_id, adds=gained)


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
