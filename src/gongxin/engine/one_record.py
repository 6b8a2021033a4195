"""Asks the one checker about one record, and says of each fault at which field it stands."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import polars as pl

from gongxin.core.catalogue import InformationClass, Severity
from gongxin.core.one_record import asked_fields, record_line
from gongxin.engine.accepted import AcceptedRow, rows_of
from gongxin.engine.arrangement import arrange
from gongxin.engine.check import check_file
from gongxin.engine.layout import layout_document
from gongxin.engine.plan import check_rows, compile_plan, kept_fields
from gongxin.engine.readers.table import FileRefused
from gongxin.engine.report.findings import Explanation, KeptCheck

FILE_NAME = "record.jsonl"
_PERSONAL = "personal-number"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the record. `field` is empty where the record as a whole is at fault."""

    field: str
    code: str
    severity: Severity
    explanation: Explanation
    of_a_person: bool
    unreadable: bool = False  # no rule was asked, so that nobody knows what is in it


def check_record(
    values: Mapping[str, str], *, information_class: InformationClass, on: date, language: str
) -> list[Fault]:
    """Return what is wrong with a record on the day `on`, in the order of its fields. Nothing is kept."""
    try:
        outcome = check_file(
            BytesIO(record_line(information_class, values)),
            filename=FILE_NAME,
            information_class=information_class,
            mapping=None,
            on=on,
            keep=None,
        )
    except FileRefused as refused:  # a whole book pasted into a field
        said = Explanation(refused.message.in_language(language), "", "")
        return [Fault("", refused.code, Severity.ERROR, said, of_a_person=False, unreadable=True)]
    kept = KeptCheck(Path(), information_class, layout_document(outcome, information_class), language)
    faults = [_fault(kept, code, field or "") for code in outcome.problems for field in outcome.fields[code]]
    places = {field.key: place for place, field in enumerate(asked_fields(information_class))}
    return sorted(faults, key=lambda fault: (places.get(fault.field, -1), fault.code))


def _fault(said: KeptCheck, code: str, field: str) -> Fault:
    rule = next((rule for rule in said.information_class.rules if rule.code == code), None)
    severity = Severity.ERROR if rule is None else rule.severity
    return Fault(
        field=field,
        code=code,
        severity=severity,
        explanation=said.explain(code, field),
        of_a_person=severity is Severity.OUT_OF_SCOPE or (rule is not None and rule.kind == _PERSONAL),
        unreadable=rule is None,
    )


def read_record(
    values: Mapping[str, str],
    *,
    information_class: InformationClass,
    fact_roles: Sequence[str],
    missing: Mapping[str, str],
    on: date,
    at: datetime,
) -> AcceptedRow:
    """Return a record in which `check_record` found nothing wrong as posting reads an accepted row.

    `missing` says what stands in for a role of the record key that is empty; ids are made as of `at`.
    """
    line = json.loads(record_line(information_class, values))
    arrangement = arrange(
        header=list(line), information_class=information_class, mapping=None, others=lambda: ()
    )
    plan = compile_plan(information_class=information_class, arrangement=arrangement, on=on)
    sent = pl.DataFrame(
        {"row": [1], **{f"c{place}": [value] for place, value in enumerate(line.values())}},
        schema_overrides={f"c{place}": pl.String for place in range(len(line))},
    )
    cleaned = check_rows(plan=plan, rows=sent).cleaned
    kept = [key for key in kept_fields(information_class) if key in cleaned.columns]
    rows = cleaned.select("row", *kept)
    return next(rows_of(rows, information_class, fact_roles=fact_roles, missing=missing, at=at))
