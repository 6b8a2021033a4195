"""Who a row is about: checked identifiers decide, names only warn (design §1.7)."""

from collections.abc import Mapping
from typing import NamedTuple

from gongxin.core.subjects.identity import UNIFIED, Identity, Key


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
