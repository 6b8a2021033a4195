"""Whether the law data holds together: what `gongxin law check` asks.

Findings are values; a law file that cannot be read at all is one finding and not a crash.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import PurePosixPath
from typing import Any

import yaml

from gongxin.core.catalogue import Citation, InformationClass
from gongxin.core.catalogue_edition import parse_edition
from gongxin.core.catalogue_text import FIELD_LIST, STATUTORY_ELEMENTS, parse_class
from gongxin.core.document_parts import CatalogueRefused
from gongxin.core.law_agreement import (
    Documents,
    Finding,
    calendar_findings,
    case_findings,
    finding,
    measure_findings,
    overclaimed,
    quality_findings,
    scheme_findings,
    term_findings,
    tip_off_findings,
)
from gongxin.core.law_files import law_documents, parse_law, read_law
from gongxin.core.lawbook import EDITION_FILE, NamedLists
from gongxin.core.leaks import holds_personal_number
from gongxin.core.lists.agreement import list_findings, unlisted_findings
from gongxin.core.lists.written import statutory_lists
from gongxin.core.prohibited import ProhibitedMeaning
from gongxin.core.sources import sources

OF_AN_EDITION = "edition.yaml"  # what describes an edition, beside the files of its classes
FOLDERS = (".", "catalogue", "calendars", "lists", "measures", "schemes")
_CLASS_ID = re.compile(r"[a-z][a-z0-9-]{0,39}")
MOST_PARTS = 200_000  # the whole packaged catalogue has some 6,000; a text that repeats itself has billions


class EditionRefused(Exception):
    """Documents are no edition that may be used; `findings` says why: see `check_edition`."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("; ".join(f"{one.where}: {one.problem.en}" for one in findings))
        self.findings = findings


def check_packaged_law() -> list[Finding]:
    """Return everything wrong with the law the product ships with; an empty list is a sound law."""
    return check_law(packaged_texts())


def packaged_texts() -> dict[str, str]:
    """Return every document of the law the product ships with, by its path under `law`."""
    return {
        f"{folder}/{name}".removeprefix("./"): text
        for folder in FOLDERS
        for name, text in law_documents(folder)
    }


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
        *(found for one in classes for found in class_findings(one)),
        *_edition_findings(EDITION_FILE, documents.get(EDITION_FILE), catalogue),
        *_misnamed(catalogue),
        *term_findings(documents, classes),
        *calendar_findings(documents),
        *case_findings(documents),
        *tip_off_findings(documents),
        *measure_findings(documents),
        *scheme_findings(documents),
        *quality_findings(documents, classes),
        *list_findings(documents, classes),
    ]


def check_edition(texts: Mapping[str, str]) -> list[Finding]:
    """Return what is wrong with an edition an office brings: its documents by their file names.

    A document that cannot be read as a class or an edition is told with its first fault only; what
    stands behind it is told once that is mended. Of all others everything is told.

    Each of its classes needs the limits and terms this release has; those are no part of an edition.
    """
    documents, findings = _read(texts)
    catalogue = {name: document for name, document in documents.items() if name != OF_AN_EDITION}
    classes, refusals = _parsed(catalogue)
    described = documents.get(OF_AN_EDITION)
    named = {name: None for name in texts if name != OF_AN_EDITION}  # also what could not be read
    unread = OF_AN_EDITION in texts and OF_AN_EDITION not in documents
    terms = {name: read_law(name) for name in ("deadlines.yaml", "disclosure.yaml")}
    return [
        *findings,
        *refusals,
        *_unknown_sources(documents),
        *(found for one in classes for found in class_findings(one)),
        *(_edition_findings(OF_AN_EDITION, described, named) if not unread else ()),
        *_not_the_products_own(described),
        *_personal_numbers(texts),
        *_misnamed(catalogue),
        *term_findings(terms, classes),
        *unlisted_findings(statutory_lists(), classes),
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
        *(found for one in classes for found in class_findings(one)),
    ]


def class_findings(information_class: InformationClass) -> Iterator[Finding]:
    """Yield what a class lacks: a statutory element, an exit, a remedy, a source that bears its claims."""
    for element in (*STATUTORY_ELEMENTS, FIELD_LIST):
        if not information_class.statutory.get(element, "").strip():
            yield finding(
                information_class.id,
                f"缺少法定要素“{element}”。",
                f"The statutory element {element} is missing.",
            )
    if information_class.list_of and information_class.exit is None:
        yield finding(information_class.id, "名单没有退出条件。", "The list has no exit.")
    if (information_class.adverse or information_class.list_of) and information_class.remedy is None:
        yield finding(information_class.id, "不利信息没有救济途径。", "It is adverse and names no remedy.")
    for where, citation in _cited(information_class):
        yield from overclaimed(where, citation)


def _cited(information_class: InformationClass) -> Iterator[tuple[str, Citation]]:
    for citation in information_class.basis:
        yield f"{information_class.id}.basis", citation
    for field in information_class.fields:
        if field.citation is not None:
            yield f"{information_class.id}.{field.key}", field.citation
    for rule in information_class.rules:
        if rule.citation is not None:
            yield f"{information_class.id}.rules.{rule.code}", rule.citation


def _read(texts: Mapping[str, str]) -> tuple[dict[str, Any], list[Finding]]:
    documents: dict[str, Any] = {}
    findings: list[Finding] = []
    for name, text in texts.items():
        try:
            documents[name] = parse_law(text)
        except (yaml.YAMLError, ValueError) as error:  # ValueError: a day that does not exist
            findings.append(finding(name, f"不是有效的 YAML：{error}", f"This is not YAML: {error}"))
            continue
        if _parts_of(documents[name], {}) > MOST_PARTS:
            del documents[name]
            findings.append(
                finding(name, "内容反复引用自身，过大。", "It repeats itself by reference and is too large.")
            )
    return documents, findings


def _parts_of(node: Any, known: dict[int, float]) -> float:
    """Return how many parts a document has once its references are followed; each is counted only once."""
    if not isinstance(node, Mapping | list):
        return 1
    if id(node) not in known:
        known[id(node)] = float("inf")  # what it is if it holds itself
        inner = chain(node.keys(), node.values()) if isinstance(node, Mapping) else node
        known[id(node)] = 1 + sum(_parts_of(one, known) for one in inner)
    return known[id(node)]


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
                yield finding(where, f"sources.yaml 中没有出处 {key}。", f"sources.yaml has no source {key}.")


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


def _edition_findings(where: str, document: Any, files: Documents) -> Iterator[Finding]:
    """An edition and the files beside it say the same."""
    if document is None:
        yield finding(where, "缺少版次文件。", "The edition document is missing.")
        return
    refusals = list(_refused_edition(where, document))
    yield from refusals
    if not refusals:
        here = {_stem(name) for name in files}
        for name in sorted(here.symmetric_difference(parse_edition(document).classes)):
            yield finding(
                where,
                f"版次与事项文件不一致：{name}。",
                f"The edition and the class files differ about {name}.",
            )


def _personal_numbers(texts: Mapping[str, str]) -> Iterator[Finding]:
    for name, text in texts.items():
        if holds_personal_number(text):
            yield finding(
                name,
                "含有个人证件号码、电话等；请删去，举例须用虚构的机构。",
                "It holds a person's number; leave it out, and give a fictional body as an example.",
            )


def _misnamed(files: Documents) -> Iterator[Finding]:
    """A class goes by its file's name: in the edition, in addresses and in the ledger."""
    for name, document in files.items():
        class_id = document.get("id") if isinstance(document, Mapping) else None
        if class_id is not None and (class_id != _stem(name) or not _CLASS_ID.fullmatch(_stem(name))):
            yield finding(
                name,
                f"事项标识 {class_id} 应与文件名相同，以小写字母开头，"
                "只含小写字母、数字和连字符，不超过 40 个字符。",
                f"The id {class_id} must be the file's name: small letters, digits and hyphens, a letter "
                "first, at most 40 characters.",
            )


def _stem(name: str) -> str:
    return PurePosixPath(name).stem


def _not_the_products_own(document: Any) -> Iterator[Finding]:
    """Only what comes with the product serves without an approval."""
    if isinstance(document, Mapping) and document.get("status") == "packaged":
        yield finding(
            f"{OF_AN_EDITION}: edition.status",
            "只有随软件提供的版次可为 packaged；请写 draft、expert-review、public-comment 或 approved。",
            "Only the edition that comes with the product is `packaged`; write draft, expert-review, "
            "public-comment or approved.",
        )
