"""Asks the one checker about one record, and says of each fault at which field it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from gongxin.core.catalogue import InformationClass, Severity
from gongxin.core.one_record import asked_fields, record_line
from gongxin.engine.check import check_file
from gongxin.engine.layout import layout_document
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
