"""Who a row is about: checked identifiers decide, names only warn (design §1.7)."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from gongxin.core.subjects.clusters import Cluster
from gongxin.core.subjects.identity import UNIFIED, Identity, Key


class Link(NamedTuple):
    """Where a row belongs: a known subject, a new one, or nowhere (`problem`)."""

    subject_id: str | None
    problem: str = ""  # no-code | codes-disagree
    adds: tuple[Key, ...] = ()  # keys the subject gains by this row


_ALONE: Mapping[str, Cluster] = MappingProxyType({})


def link(
    identity: Identity,
    *,
    subject_of: Mapping[Key, str],
    unified_of: Mapping[str, str],
    clusters: Mapping[str, Cluster] = _ALONE,
) -> Link:
    """Return where a row belongs. `subject_id` is None with no problem where a new subject begins.

    The first key decides. A subject known only by a later key is the same one if it bears no
    other unified code; where known keys name two subjects the row waits for a person. A row of one that
    is merged belongs where it would without the merge, but what it brings must go with all of `clusters`.
    """
    if not identity.keys:
        return Link(None, "no-code")
    if len(identity.keys) == 1 and identity.keys[0] in subject_of:
        return Link(subject_of[identity.keys[0]])
    known = {key: subject_of[key] for key in identity.keys if key in subject_of}
    if len(set(known.values())) > 1 and not _are_one(known.values(), clusters):
        return Link(known.get(identity.keys[0]), "codes-disagree")
    if known:
        subject_id = next(iter(known.values()))
        return _join(identity, subject_id, unified_of.get(subject_id), clusters.get(subject_id))
    by_part = {subject_of[key] for key in identity.derived if key in subject_of}
    if len(by_part) == 1:
        subject_id = by_part.pop()
        return _join(identity, subject_id, unified_of.get(subject_id), clusters.get(subject_id))
    return Link(None, adds=(*identity.keys, *identity.derived))


def _are_one(subject_ids: Iterable[str], clusters: Mapping[str, Cluster]) -> bool:
    return len({clusters.get(subject_id, subject_id) for subject_id in subject_ids}) == 1


def _join(identity: Identity, subject_id: str, borne: str | None, cluster: Cluster | None) -> Link:
    """Join a row to a subject, unless the row's unified code says that it is about another.

    `borne` is the unified code of the subject, or of one it is one with.
    """
    sent = next((value for scheme, value in identity.keys if scheme == UNIFIED), None)
    if sent is not None and (
        borne not in {None, sent} or (cluster is not None and not cluster.bears([(UNIFIED, sent)]))
    ):
        # The unified code decides: it names another subject, to which the other keys do not pass over.
        own = tuple(key for key in (*identity.keys, *identity.derived) if key[1] in (sent, sent[8:17]))
        return Link(None, adds=own[:1])
    gained = (*identity.keys, *identity.derived) if borne is None and sent is not None else identity.keys
    return Link(subject_id, adds=gained if cluster is None else cluster.bears(gained))
