"""Whether the parts of the law agree: limits and ends of every class, fields that are counted, calendars."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongxin.core.catalogue import Citation, InformationClass, Label
from gongxin.core.measures.document import MeasuresRefused
from gongxin.core.measures.parsing import parse_measures
from gongxin.core.quality import QualityRefused, parse_quality
from gongxin.core.scheme_text import SchemeRefused, parse_scheme
from gongxin.core.sources import sources
from gongxin.core.tip_offs import TipOffsRefused, refuse_unusable

Documents = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with the law data, and where."""

    where: str
    problem: Label


def finding(where: str, zh: str, en: str) -> Finding:
    return Finding(where, Label(zh, en))


def overclaimed(where: str, citation: Citation) -> Iterator[Finding]:
    """Nobody can have read an article in full in an instrument that was not read in full."""
    known = sources().get(citation.source)
    if known is not None and citation.confidence == "V" and known.confidence != "V":
        yield finding(
            where,
            f"出处 {citation.source} 未经全文核对（{known.confidence}），不能标为 V。",
            f"{citation.source} was not read in full ({known.confidence}); nothing in it can be marked V.",
        )


def term_findings(documents: Documents, classes: Sequence[InformationClass]) -> Iterator[Finding]:
    """Every class has its limits and its ends, and one audience in both places."""
    limits = documents.get("deadlines.yaml", {}).get("publish_by", {})
    terms = documents.get("disclosure.yaml", {}).get("classes", {})
    for one in classes:
        if one.id not in limits or (one.publication_decision and not limits[one.id]):
            yield finding(
                "deadlines.yaml", f"没有 {one.id} 的公示期限。", f"There is no limit to publish {one.id}."
            )
        if one.id in terms and terms[one.id]["audience"] != one.audience:
            yield finding(
                "disclosure.yaml",
                f"{one.id} 的公开对象不一致。",
                f"The audience of {one.id} differs.",
            )
        if one.id not in terms and "penalty_kinds" not in one.roles:
            yield finding("disclosure.yaml", f"没有 {one.id} 的期限。", f"There is no end for {one.id}.")


def quality_findings(documents: Documents, classes: Sequence[InformationClass]) -> Iterator[Finding]:
    """Only fields that a class has can be counted, and only classes that there are."""
    where = "quality.yaml"
    try:
        criteria = parse_quality(documents.get(where)).criteria.values()
    except QualityRefused as refused:
        yield finding(where, f"无法读取：{refused}", str(refused))
        return
    known = {one.id: {field.key for field in one.fields} for one in classes}
    for criterion in criteria:
        named = {**dict.fromkeys(criterion.classes, ()), **criterion.expected}
        for class_id, names in named.items():
            if class_id not in known:
                yield finding(where, f"没有目录事项 {class_id}。", f"There is no class {class_id}.")
                continue
            for name in sorted({*names} - known[class_id]):
                yield finding(where, f"{class_id} 没有字段 {name}。", f"{class_id} has no field {name}.")


def calendar_findings(documents: Documents) -> Iterator[Finding]:
    """A limit in working days needs the notice of every year since the first we hold, without a gap."""
    years = sorted(
        int(name.removeprefix("calendars/").removesuffix(".yaml"))
        for name in documents
        if name.startswith("calendars/")
    )
    for where in _in_working_days(documents):
        if not years:
            yield finding(
                where, "以工作日计算，但没有日历。", "It counts working days and there is no calendar."
            )
    for year in sorted(set(range(years[0], years[-1])) - set(years)) if years else ():
        yield finding("calendars", f"缺少 {year} 年日历。", f"The calendar of {year} is missing.")


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


def tip_off_findings(documents: Documents) -> Iterator[Finding]:
    """Every matter, channel and refusal of tip-offs has its words, and every open state its limit."""
    where = "tip_offs.yaml"
    if documents.get(where) is None:
        return  # it is missing, or what cannot be read is told already
    try:
        refuse_unusable(documents[where])
    except TipOffsRefused as refused:
        yield finding(where, f"无法使用：{refused}", str(refused))


def scheme_findings(documents: Documents) -> Iterator[Finding]:
    """Every evaluation scheme can be read, and counts the penalties of a sector there is."""
    sectors = documents.get("measures/related.yaml", {}).get("sectors", {})
    for where, document in documents.items():
        if not where.startswith("schemes/"):
            continue
        try:
            scheme = parse_scheme(document, where)
        except SchemeRefused as refused:
            yield Finding(refused.path, refused.problem)
            continue
        if scheme.sector not in sectors:
            yield finding(where, f"没有领域 {scheme.sector}。", f"There is no sector {scheme.sector}.")


def measure_findings(documents: Documents) -> Iterator[Finding]:
    """Every measure has its law, every rule its list and a matter that is served."""
    try:
        related = parse_measures(documents).related
    except MeasuresRefused as refused:
        yield Finding(refused.path, refused.problem)
        return
    effects = dict.fromkeys(related.sector_of_list, "adverse") | dict.fromkeys(related.honours, "honour")
    kept = {
        name.removeprefix("lists/").removesuffix(".yaml"): document.get("effect")
        for name, document in documents.items()
        if name.startswith("lists/") and isinstance(document, Mapping)
    }
    for name in sorted(name for name in {*effects, *kept} if effects.get(name) != kept.get(name)):
        yield finding(
            "measures/related.yaml",
            f"名单 {name} 与 lists 中的不一致。",
            f"The list {name} is not as it stands in lists.",
        )


def case_findings(documents: Documents) -> Iterator[Finding]:
    """Every limit of a case is a limit of the law, and every step and state of one has its words."""
    cases, limits = documents.get("cases.yaml"), documents.get("deadlines.yaml", {}).get("procedures", {})
    if not isinstance(cases, Mapping):
        return
    for kind, document in cases["kinds"].items():
        steps = [
            document["begins"],
            *([document["waits"]] if "waits" in document else []),
            *document["steps"],
        ]
        named = {one["limit"] for step in steps for one in step.get("starts", ())}
        named |= {limit for step in steps for limit in step.get("stops", ())}
        for limit in sorted(named - set(limits)):
            yield finding("cases.yaml", f"{kind}：没有期限 {limit}。", f"{kind}: there is no limit {limit}.")
        said = {step.get("act", "open") for step in steps} - set(cases["acts"])
        for limit in sorted(named - set(cases["limits"])):
            yield finding("cases.yaml", f"期限 {limit} 没有名称。", f"The limit {limit} has no words.")
        said |= {step.get("to", step.get("state")) for step in steps} - set(cases["states"])
        for word in sorted(said):
            yield finding("cases.yaml", f"{kind}：{word} 没有名称。", f"{kind}: {word} has no words.")
