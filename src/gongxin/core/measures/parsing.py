"""Makes measures and rules of `law/measures`, each row with its own law or refused by name.

Source: Henan regulation arts 27, 30, 32, 34; law-decisions 9-14.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gongxin.core.catalogue import Citation, Label
from gongxin.core.document_parts import CatalogueRefused, Part, read_citation
from gongxin.core.measures.document import (
    FILES,
    MATTERS,
    MeasuresRefused,
    Related,
    checked,
    citation_at,
    dates_of,
    named_parts,
    parse_matters,
    parse_related,
    refuse_unserved,
)
from gongxin.core.measures.kinds import (
    BROKEN_COMMITMENT,
    GRAVE_LATE_PAYMENT,
    IN_A_VERDICT,
    Effect,
    Matter,
    Measure,
    MeasureRule,
    list_trigger,
    penalty_trigger,
)
from gongxin.core.sources import sources

RANKS = ("law", "administrative-regulation")  # what an added measure may rest on (art 34)
BIND_PERSONS = frozenset({"S4", "S6"})  # law-decisions 11
OF_A_VERDICT = tuple(sorted(IN_A_VERDICT))
HEADS = ("citation", "in_force_from", "effect", "measures")


@dataclass(frozen=True, slots=True)
class MeasureLaw:
    """The whole of the law of measures."""

    matters: Mapping[str, Matter]
    related: Related
    measures: Mapping[str, Measure]
    rules: tuple[MeasureRule, ...]


Found = tuple[Measure, tuple[MeasureRule, ...]]


@dataclass(frozen=True, slots=True)
class _File:
    """One file of measures: what holds for all of it."""

    part: Part
    related: Related

    @property
    def since(self) -> date:
        return self.part.day("in_force_from")

    def heading(self, name: str, part: Part, effect: Effect) -> Measure:
        """Return a heading with its basis."""
        basis, under = self.bases(part)
        return Measure(
            id=name,
            heading=name,
            label=part.label("label"),
            effect=effect,
            basis=basis,
            shown_with=part.texts("shown_with"),
            carried_out_by=part.optional_label("carried_out_by"),
            no_rows=part.optional_label("no_rows"),
            under=under,
        )

    def bases(self, part: Part) -> tuple[Citation, Citation | None]:
        """Return a heading's law and, where that is one of its own, the file's at the heading's article."""
        if not self.part.has("citation"):
            return citation_at(part), None
        whole = citation_at(self.part)
        under = replace(whole, article=part.text("article", whole.article))
        return (citation_at(part), under) if part.has("citation") else (under, None)


def parse_measures(documents: Mapping[str, Any]) -> MeasureLaw:
    """Return the law of measures from its documents by their paths under `law`. Raises MeasuresRefused.

    Refused, beside unknown keys and sources: a rule of a list or on a matter that there is none of, or on a
    matter that is not served; an added measure without a law or administrative regulation of its own, of a
    list that is not for joint penalties, or of those that bind persons; arrears nobody confirmed.
    """
    try:
        return _parsed(documents)
    except CatalogueRefused as refused:
        raise MeasuresRefused(refused.path, refused.problem) from refused


def _parsed(documents: Mapping[str, Any]) -> MeasureLaw:
    for name in (MATTERS, *FILES):
        if name not in documents:
            raise MeasuresRefused(name, Label("缺少此文件。", "This file is missing."))
    matters = parse_matters(documents[MATTERS])
    related = parse_related(documents[FILES[0]], matters)
    makers = zip(FILES[1:], (_incentive, _ordinary, _added, _market, _of_public_body), strict=True)
    found = [
        one
        for name, maker in makers
        for file in [_File(Part(documents[name], name, HEADS), related)]
        for heading, content, path in named_parts(file.part, "measures")
        for one in maker(file, heading, content, path)
    ]
    law = MeasureLaw(matters, related, _unique(found), tuple(rule for _, rules in found for rule in rules))
    for rule in law.rules:
        _refuse_unfounded(rule, law)
    _refuse_twice(rule.id for rule in law.rules)
    return law


def _unique(found: list[Found]) -> Mapping[str, Measure]:
    _refuse_twice(measure.id for measure, _ in found)
    return {measure.id: measure for measure, _ in found}


def _refuse_twice(ids: Iterable[str]) -> None:
    for one, times in Counter(ids).items():
        if times > 1:
            raise MeasuresRefused(one, Label("标识重复。", "It stands there twice."))


def _incentive(file: _File, name: str, content: Any, path: str) -> Iterator[Found]:
    part = Part(content, path, ("label", "article", "rows", "no_rows"))
    measure = file.heading(name, part, Effect(file.part.choice("effect", OF_A_VERDICT)))
    rows = [Part(one, f"{path}.rows", ("lists", "matters")) for one in part.entries("rows")]
    yield (
        measure,
        tuple(
            _by_heading(file, measure, list_trigger(one), matter)
            for row in rows
            for one in row.texts("lists")
            for matter in row.texts("matters")
        ),
    )


def _ordinary(file: _File, name: str, content: Any, path: str) -> Iterator[Found]:
    part = Part(content, path, ("label", "article", "effect", "matters", "commitments", "no_rows"))
    measure = file.heading(name, part, Effect(part.choice("effect", OF_A_VERDICT)))
    matters = part.texts("matters")
    triggers = [*_triggers_by_sector(file.related)]
    if part.flag("commitments"):
        triggers.append((BROKEN_COMMITMENT, file.related.after_broken_commitments))
    yield (
        measure,
        tuple(
            replace(_by_heading(file, measure, trigger, matter), others=(file.related.citation,))
            for trigger, related in triggers
            for matter in matters
            if matter in related
        ),
    )


def _triggers_by_sector(related: Related) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every trigger that has a sector, with the matters related to it: nothing else is (art 32)."""
    for sector in related.sectors.values():
        yield penalty_trigger(sector.id), sector.matters
    for one, of_sector in related.sector_of_list.items():
        yield list_trigger(one), related.sectors[of_sector].matters


def _by_heading(file: _File, measure: Measure, trigger: str, matter: str) -> MeasureRule:
    return MeasureRule(measure, trigger, matter, measure.basis, file.since)


def _added(file: _File, name: str, content: Any, path: str) -> Iterator[Found]:
    known = ("label", "article", "rows", "no_rows", "carried_out_by", "shown_with", "citation")
    part = Part(content, path, known)
    elsewhere = part.has("carried_out_by")
    if elsewhere != (name in BIND_PERSONS) or (elsewhere and part.has("rows")):
        raise part.refused("", Label(*_PERSONS))
    heading = file.heading(name, part, Effect.ELSEWHERE if elsewhere else Effect.RESTRICT)
    yield heading, ()
    if not elsewhere and not part.has("no_rows"):
        for row, inner, inner_path in named_parts(part, "rows"):
            yield _added_row(
                file, heading, row, Part(inner, inner_path, ("label", "effect", "matter", "triggers"))
            )


_PERSONS = (
    "该类措施针对自然人，由法院或登记机关实施，不得有行；其他措施不得标为由他处实施。",
    "S4 and S6 bind persons: a court or a registry carries them out, and they alone have no rows for that.",
)


def _added_row(file: _File, heading: Measure, name: str, part: Part) -> Found:
    if not name.startswith(f"{heading.id}."):
        raise part.refused("", Label(f"应以 {heading.id}. 开头。", f"Its id begins with {heading.id}."))
    measure = Measure(
        id=name,
        heading=heading.id,
        label=part.label("label"),
        effect=Effect(part.choice("effect", OF_A_VERDICT)),
        basis=heading.basis,
    )
    known = ("list", "citation", "with", "in_force_from", "in_force_until")
    rows = [Part(one, f"{part.path}.triggers", known) for one in part.entries("triggers")]
    return measure, tuple(_rule_of_row(file.related, measure, part.text("matter"), row) for row in rows)


def _rule_of_row(related: Related, measure: Measure, matter: str, row: Part) -> MeasureRule:
    own = citation_at(row)
    if sources()[own.source].rank not in RANKS or own.confidence == "P":  # our own rule is no law
        raise row.refused("citation", Label(*_OWN_LAW))
    one = row.text("list")
    if one in related.lists and one not in related.joint:
        raise row.refused(
            "list", Label(f"{one} 不是失信联合惩戒名单。", f"{one} is no list for joint penalties.")
        )
    since, until = dates_of(row)
    others = tuple(checked(read_citation(one, row.path), row.path) for one in row.entries("with"))
    return MeasureRule(measure, list_trigger(one), matter, own, since, until, others)


_OWN_LAW = (
    "加重措施须有自己的法律或者行政法规依据（第三十四条）；规章、文件、司法解释、地方性法规不够。",
    "An added measure needs a law or an administrative regulation of its own (art 34); a rule, a notice, a "
    "judicial interpretation or a local regulation is not enough.",
)


def _market(file: _File, name: str, content: Any, path: str) -> Iterator[Found]:
    part = Part(content, path, ("label", "shown_with", "citation"))
    yield file.heading(name, part, Effect(file.part.choice("effect", (Effect.OWN_DECISION,)))), ()


def _of_public_body(file: _File, name: str, content: Any, path: str) -> Iterator[Found]:
    part = Part(content, path, ("label", "carried_out_by", "effect", "matter", "trigger"))
    if part.has("carried_out_by"):
        yield file.heading(name, part, Effect.ELSEWHERE), ()
        return
    measure = file.heading(name, part, Effect(part.choice("effect", OF_A_VERDICT)))
    trigger = part.choice("trigger", (GRAVE_LATE_PAYMENT,))
    yield measure, (replace(_by_heading(file, measure, trigger, part.text("matter")), public_body=True),)


def _refuse_unfounded(rule: MeasureRule, law: MeasureLaw) -> None:
    """Refuse a rule on arrears nobody confirmed, on a matter not served, of a list that there is none of."""
    arrears = law.related.why_refused(rule.trigger)
    if arrears is not None:
        article = f"{arrears.citation.source} {arrears.citation.article}"
        raise MeasuresRefused(
            rule.id,
            Label(
                f"{arrears.label.zh}不得作为惩戒依据（{article}）。",
                f"{arrears.label.en} may found no measure ({article}).",
            ),
        )
    refuse_unserved(rule.matter, law.matters, rule.id)
    kind, _, named = rule.trigger.partition(":")
    if kind == "list" and named not in law.related.lists:
        raise MeasuresRefused(rule.id, Label(f"没有名单 {named}。", f"There is no list {named}."))
