"""Whether the law data holds together: what `gongxin law check` asks.

Findings are values; a law file that cannot be read at all is one finding and not a crash.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from gongxin.core.catalogue import Citation, InformationClass, Label
from gongxin.core.catalogue_edition import parse_edition
from gongxin.core.catalogue_text import FIELD_LIST, STATUTORY_ELEMENTS, parse_class
from gongxin.core.document_parts import CatalogueRefused
from gongxin.core.law_files import law_documents, parse_law
from gongxin.core.lawbook import EDITION_FILE, NamedLists
from gongxin.core.prohibited import ProhibitedMeaning
from gongxin.core.quality import QualityRefused, parse_quality
from gongxin.core.sources import sources

Documents = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with the law data, and where."""

    where: str
    problem: Label


def check_packaged_law() -> list[Finding]:
    """Return everything wrong with the law the product ships with; an empty list is a sound law."""
    texts = {
        f"{folder}/{name}".removeprefix("./"): text
        for folder in (".", "catalogue", "calendars")
        for name, text in law_documents(folder)
    }
    return check_law(texts)


def check_law(texts: Mapping[str, str]) -> list[Finding]:
    """Return everything wrong with a whole law: its documents by their path under `law`."""
    documents, findings = _read(texts)
    catalogue = {
        name: document
        for name, document in documents.items()
        if name.startswith("catalogue/") and name != EDITION_FILE
    }
    classes, refusals = _parsed(catalogue)
    return [
        *findings,
        *refusals,
        *_unknown_sources(documents),
        *(finding for one in classes for finding in class_findings(one)),
        *_edition_findings(documents, classes),
        *_term_findings(documents, classes),
        *_calendar_findings(documents),
        *_quality_findings(documents, classes),
    ]


def check_document(*, name: str, text: str) -> list[Finding]:
    """Return everything wrong with one class or edition document that is not packaged."""
    documents, findings = _read({name: text})
    if not documents:
        return findings
    if isinstance(documents[name], Mapping) and "classes" in documents[name]:
        return [*_refused_edition(name, documents[name]), *_unknown_sources(documents)]
    classes, refusals = _parsed(documents)
    return [
        *refusals,
        *_unknown_sources(documents),
        *(finding for one in classes for finding in class_findings(one)),
    ]


def class_findings(information_class: InformationClass) -> Iterator[Finding]:
    """Yield what a class lacks: a statutory element, an exit, a remedy, a source that bears its claims."""
    for element in (*STATUTORY_ELEMENTS, FIELD_LIST):
        if not information_class.statutory.get(element, "").strip():
            yield _finding(
                information_class.id,
                f"缺少法定要素“{element}”。",
                f"The statutory element {element} is missing.",
            )
    if information_class.list_of and information_class.exit is None:
        yield _finding(information_class.id, "名单没有退出条件。", "The list has no exit.")
    if (information_class.adverse or information_class.list_of) and information_class.remedy is None:
        yield _finding(information_class.id, "不利信息没有救济途径。", "It is adverse and names no remedy.")
    for where, citation in _cited(information_class):
        yield from _overclaimed(where, citation)


def _cited(information_class: InformationClass) -> Iterator[tuple[str, Citation]]:
    for citation in information_class.basis:
        yield f"{information_class.id}.basis", citation
    for field in information_class.fields:
        if field.citation is not None:
            yield f"{information_class.id}.{field.key}", field.citation
    for rule in information_class.rules:
        if rule.citation is not None:
            yield f"{information_class.id}.rules.{rule.code}", rule.citation


def _overclaimed(where: str, citation: Citation) -> Iterator[Finding]:
    """Nobody can have read an article in full in an instrument that was not read in full."""
    known = sources().get(citation.source)
    if known is not None and citation.confidence == "V" and known.confidence != "V":
        yield _finding(
            where,
            f"出处 {citation.source} 未经全文核对（{known.confidence}），不能标为 V。",
            f"{citation.source} was not read in full ({known.confidence}); nothing in it can be marked V.",
        )


def _read(texts: Mapping[str, str]) -> tuple[dict[str, Any], list[Finding]]:
    documents: dict[str, Any] = {}
    findings: list[Finding] = []
    for name, text in texts.items():
        try:
            documents[name] = parse_law(text)
        except (yaml.YAMLError, ValueError) as error:  # ValueError: a day that does not exist
            findings.append(_finding(name, f"不是有效的 YAML：{error}", f"This is not YAML: {error}"))
    return documents, findings


def _parsed(documents: Documents) -> tuple[list[InformationClass], list[Finding]]:
    classes: list[InformationClass] = []
    refusals: list[Finding] = []
    for name, document in documents.items():
        try:
            classes.append(parse_class(document, lists=NamedLists()))
        except CatalogueRefused as refused:
            refusals.append(Finding(f"{name}: {refused.path}", refused.problem))
        except ProhibitedMeaning as refused:
            refusals.append(Finding(f"{name}: {refused.where}", refused.problem))
    return classes, refusals


def _refused_edition(name: str, document: Any) -> Iterator[Finding]:
    try:
        parse_edition(document)
    except CatalogueRefused as refused:
        yield Finding(f"{name}: {refused.path}", refused.problem)


def _unknown_sources(documents: Documents) -> Iterator[Finding]:
    """Yield every `source:` of any document that `sources.yaml` does not know."""
    for name, document in documents.items():
        if name.startswith("calendars/"):
            continue  # a calendar's source says where its notice was taken from
        for where, key in _sources_in(document, name):
            if key not in sources():
                yield _finding(
                    where, f"sources.yaml 中没有出处 {key}。", f"sources.yaml has no source {key}."
                )


def _sources_in(node: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key == "source" and isinstance(value, str):
                yield where, value
            else:
                yield from _sources_in(value, f"{where}.{key}")
    elif isinstance(node, Sequence) and not isinstance(node, str):
        for at, value in enumerate(node):
            yield from _sources_in(value, f"{where}[{at}]")


def _edition_findings(documents: Documents, classes: Sequence[InformationClass]) -> Iterator[Finding]:
    """An edition and the files beside it say the same."""
    document = documents.get(EDITION_FILE)
    if document is None:
        yield _finding(EDITION_FILE, "缺少版次文件。", "The edition document is missing.")
        return
    refusals = list(_refused_edition(EDITION_FILE, document))
    yield from refusals
    if not refusals:
        here = {one.id for one in classes}
        for name in sorted(here.symmetric_difference(parse_edition(document).classes)):
            yield _finding(
                EDITION_FILE,
                f"版次与事项文件不一致：{name}。",
                f"The edition and the class files differ about {name}.",
            )


def _term_findings(documents: Documents, classes: Sequence[InformationClass]) -> Iterator[Finding]:
    """Every class has its limits and its ends, and one audience in both places."""
    limits = documents.get("deadlines.yaml", {}).get("publish_by", {})
    terms = documents.get("disclosure.yaml", {}).get("classes", {})
    for one in classes:
        if one.id not in limits or (one.publication_decision and not limits[one.id]):
            yield _finding(
                "deadlines.yaml", f"没有 {one.id} 的公示期限。", f"There is no limit to publish {one.id}."
            )
        if one.id in terms and terms[one.id]["audience"] != one.audience:
            yield _finding(
                "disclosure.yaml",
                f"{one.id} 的公开对象不一致。",
                f"The audience of {one.id} differs.",
            )
        if one.id not in terms and "penalty_kinds" not in one.roles:
            yield _finding("disclosure.yaml", f"没有 {one.id} 的期限。", f"There is no end for {one.id}.")


def _quality_findings(documents: Documents, classes: Sequence[InformationClass]) -> Iterator[Finding]:
    """Only fields that a class has can be counted, and only classes that there are."""
    where = "quality.yaml"
    try:
        criteria = parse_quality(documents.get(where)).criteria.values()
    except QualityRefused as refused:
        yield _finding(where, f"无法读取：{refused}", str(refused))
        return
    known = {one.id: {field.key for field in one.fields} for one in classes}
    for criterion in criteria:
        named = {**dict.fromkeys(criterion.classes, ()), **criterion.expected}
        for class_id, names in named.items():
            if class_id not in known:
                yield _finding(where, f"没有目录事项 {class_id}。", f"There is no class {class_id}.")
                continue
            for name in sorted({*names} - known[class_id]):
                yield _finding(where, f"{class_id} 没有字段 {name}。", f"{class_id} has no field {name}.")


def _calendar_findings(documents: Documents) -> Iterator[Finding]:
    """A limit in working days needs the notice of every year since the first we hold, without a gap."""
    years = sorted(
        int(name.removeprefix("calendars/").removesuffix(".yaml"))
        for name in documents
        if name.startswith("calendars/")
    )
    for where in _in_working_days(documents):
        if not years:
            yield _finding(
                where, "以工作日计算，但没有日历。", "It counts working days and there is no calendar."
            )
    for year in sorted(set(range(years[0], years[-1])) - set(years)) if years else ():
        yield _finding("calendars", f"缺少 {year} 年日历。", f"The calendar of {year} is missing.")


def _in_working_days(documents: Documents) -> Iterable[str]:
    return (
        where
        for where, unit in _units_in(documents.get("deadlines.yaml", {}), "deadlines.yaml")
        if unit == "working-days"
    )


def _units_in(node: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, Mapping):
        if "unit" in node:
            yield where, str(node["unit"])
        for key, value in node.items():
            yield from _units_in(value, f"{where}.{key}")
    elif isinstance(node, list):
        for at, value in enumerate(node):
            yield from _units_in(value, f"{where}[{at}]")


def _finding(where: str, zh: str, en: str) -> Finding:
    return Finding(where, Label(zh, en))
