from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from gongxin.core.deadlines import UnknownClass
from gongxin.core.law_files import read_law
from gongxin.core.periods import Period


@dataclass(frozen=True, slots=True)
class ClassTerms:
    """Until when one record of a class is shown, shared and used; None is until it is removed."""

    publish_until: date | None
    share_until: date | None
    use_until: date | None
    repairable_from: date | None
    repair_source: str
    audience: str
    rule: str
    source: str
    article: str
    unconfirmed: bool


def terms_of(
    class_id: str,
    *,
    decided_on: date,
    valid_until: date | None = None,
    removed_on: date | None = None,
    shorten_to: date | None = None,
) -> ClassTerms:
    """Return the terms of a record of any class but `penalty`, whose terms `publication_of_penalty` gives.

    `valid_until` is the last day of the record's own validity; every end returned is the day on which the
    record is no longer shown. Source: disclosure.yaml. Raises UnknownClass.
    """
    if class_id not in _law()["classes"]:
        raise UnknownClass(class_id)
    terms = _law()["classes"][class_id]
    ends = [_own_end(terms["ends"], decided_on, valid_until), removed_on, shorten_to]
    if "most" in terms:
        ends.append(Period(**terms["most"]).after(decided_on))
    if terms.get("ceiling", False):
        ends.append(Period(years=_law()["ceiling"]["years"]).after(decided_on))
    until = min((end for end in ends if end is not None), default=None)
    repair = terms.get("repair")
    repair_from = Period(**repair["least"]).after(decided_on) if repair else None
    return ClassTerms(
        publish_until=until,
        share_until=until,
        use_until=until,
        # What has ended leaves nothing to repair: never after the end.
        repairable_from=min(repair_from, until or repair_from) if repair_from else None,
        repair_source=repair_source_of(class_id),
        audience=terms["audience"],
        rule=f"{class_id}/{_rule_name(terms['ends'])}",
        source=terms["source"],
        article=str(terms["article"]),
        unconfirmed=_unconfirmed(terms),
    )


def ceiling_years() -> int:
    """Return after how many years from its decision nothing of an adverse record is kept here (art 19)."""
    return int(_law()["ceiling"]["years"])


def is_rule_of_class(rule: str, class_id: str) -> bool:
    """Return whether `terms_of` may have given this rule to a record of the class."""
    terms = _law()["classes"].get(class_id)
    return terms is not None and rule == f"{class_id}/{_rule_name(terms['ends'])}"


def repair_source_of(class_id: str) -> str:
    """Return the instrument that lets a record of the class be repaired, empty where there is none."""
    repair = _law()["classes"].get(class_id, {}).get("repair")
    return str(repair["source"]) if repair else ""


def unconfirmed_source(rule: str) -> str | None:
    """Return the source of a rule `terms_of` gave that was not read in full text, None for any other."""
    terms = _law()["classes"].get(rule.partition("/")[0])
    return terms["source"] if terms and _unconfirmed(terms) else None


def _unconfirmed(terms: dict[str, Any]) -> bool:
    return terms["confidence"] not in ("V", "P") and not terms.get("confirmed", False)


def _own_end(ends: Any, decided_on: date, valid_until: date | None) -> date | None:
    if isinstance(ends, dict):
        return Period(**ends).after(decided_on)
    if ends == "validity" and valid_until is not None and valid_until < _law()["for_ever"]:
        return valid_until + timedelta(days=1)
    return None


def _rule_name(ends: Any) -> str:
    return "period" if isinstance(ends, dict) else str(ends)


@lru_cache(maxsize=1)
def _law() -> dict[str, Any]:
    document: dict[str, Any] = read_law("disclosure.yaml")
    return document
