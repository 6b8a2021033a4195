"""Whether the lists and the classes whose records are their listings agree: a part of `gongxin law check`."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from gongxin.core.catalogue import Citation, FieldPublication, InformationClass
from gongxin.core.document_parts import CatalogueRefused
from gongxin.core.law_agreement import Documents, Finding, finding, overclaimed
from gongxin.core.lists.statutory import StatutoryList
from gongxin.core.lists.written import FOLDER, parse_list

_SHOWN = (FieldPublication.PUBLIC, FieldPublication.MASKED)


def list_findings(documents: Documents, classes: Sequence[InformationClass]) -> Iterator[Finding]:
    """Every list can be read, has its class, publishes what it shows, and claims no more than was read."""
    lists: dict[str, StatutoryList] = {}
    for where, document in documents.items():
        if not where.startswith(f"{FOLDER}/"):
            continue
        try:
            found = parse_list(document)
        except CatalogueRefused as refused:
            yield Finding(f"{where}: {refused.path}", refused.problem)
            continue
        lists[found.id] = found
        yield from _misnamed(where, found)
        yield from _of_its_class(where, found, classes)
        yield from _overclaimed_in(document, where)
    yield from _leading_nowhere(lists)
    yield from unlisted_findings(lists, classes)


def unlisted_findings(lists: Collection[str], classes: Sequence[InformationClass]) -> Iterator[Finding]:
    """A class may hold the listings of a list this release knows: lists are law, not catalogue."""
    for one in classes:
        if one.list_of is not None and one.list_of not in lists:
            yield finding(one.id, f"没有名单 {one.list_of}。", f"There is no list {one.list_of}.")


def _misnamed(where: str, found: StatutoryList) -> Iterator[Finding]:
    if found.id != PurePosixPath(where).stem:
        yield finding(
            where, f"名单标识 {found.id} 应与文件名相同。", f"The id {found.id} must be the file's name."
        )


def _of_its_class(where: str, found: StatutoryList, classes: Sequence[InformationClass]) -> Iterator[Finding]:
    own = next((one for one in classes if one.id == found.class_id), None)
    if own is None or own.list_of != found.id:
        yield finding(
            where,
            f"事项 {found.class_id} 不属于本名单。",
            f"The class {found.class_id} does not hold this list's listings.",
        )
        return
    if own.adverse != found.adverse:
        yield finding(where, "名单与事项的性质不一致。", "The list and its class differ about being adverse.")
    yield from _ground_by(where, found, own)
    shown = {field.key for field in own.fields if field.publication in _SHOWN}
    for key in sorted({*found.published} - shown):
        yield finding(
            where, f"{own.id} 没有可公开的字段 {key}。", f"{own.id} has no field {key} that may be shown."
        )


def _ground_by(where: str, found: StatutoryList, own: InformationClass) -> Iterator[Finding]:
    """Every ground has a word of the class's field, and every code of the field is such a word."""
    if found.ground_by is None:
        return
    codes = next((field.codes for field in own.fields if field.key == found.ground_by.field), ())
    grounds = {one.key for each in found.instruments for one in each.grounds}
    if {*found.ground_by.words} != {*codes} or {*found.ground_by.words.values()} != grounds:
        yield finding(
            where,
            f"ground_by 与字段 {found.ground_by.field} 的代码或者列入情形不一致。",
            f"`ground_by` differs from the codes of {found.ground_by.field} or from the grounds.",
        )


def _leading_nowhere(lists: Mapping[str, StatutoryList]) -> Iterator[Finding]:
    for found in lists.values():
        follows = found.leads_to
        if follows is None:
            continue
        then = lists.get(follows.list_id)
        grounds = {one.key for each in then.instruments for one in each.grounds} if then else set()
        if follows.ground not in grounds:
            yield finding(
                f"{FOLDER}/{found.id}.yaml",
                f"{follows.list_id} 没有情形 {follows.ground}。",
                f"{follows.list_id} has no ground {follows.ground}.",
            )


def _overclaimed_in(node: Any, where: str) -> Iterator[Finding]:
    if isinstance(node, Mapping):
        if "source" in node and "confidence" in node:
            yield from overclaimed(where, Citation(str(node["source"]), "", str(node["confidence"])))
        for key, value in node.items():
            yield from _overclaimed_in(value, f"{where}.{key}")
    elif isinstance(node, list):
        for at, value in enumerate(node):
            yield from _overclaimed_in(value, f"{where}[{at}]")
