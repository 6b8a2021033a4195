"""How a checked file was laid out, as kept beside its rows, so that a copy can be rebuilt from them."""

from typing import Any

from gongxin.core.catalogue import InformationClass
from gongxin.core.leaks import mask_personal_numbers
from gongxin.engine.outcome import CheckOutcome, TableFacts


def layout_document(outcome: CheckOutcome, information_class: InformationClass) -> dict[str, Any]:
    """Return the layout of the file as JSON values. Title rows may name a person's telephone: masked."""
    return {
        "class": information_class.id,
        "edition": information_class.edition,
        "format": outcome.format,
        "encoding": outcome.encoding,
        "tables": [_table(table) for table in outcome.tables],
        "problems": outcome.problems,
        "left_aside": [
            {"sheet": one.sheet, "code": one.code, "zh": one.message.zh, "en": one.message.en}
            for one in outcome.left_aside
        ],
        "samples": {code: [list(place) for place in places] for code, places in outcome.samples.items()},
        "template": outcome.template.edition if outcome.template else None,
        "damage": {code: {"zh": label.zh, "en": label.en} for code, label in outcome.damage.items()},
    }


def _table(table: TableFacts) -> dict[str, Any]:
    return {
        "sheet": table.sheet,
        "header": [mask_personal_numbers(name) for name in table.header],
        "header_row": table.header_row,
        "lead": [[mask_personal_numbers(cell or "") for cell in row] for row in table.lead],
        "layout": table.layout,
        "sources": {key: list(places) for key, places in table.sources.items()},
        "unknown": list(table.unknown),
        "skipped_sheets": list(table.skipped_sheets),
    }
