"""An office's own edition of the catalogue: the packaged one with what a test changes of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from gongxin.core.law_check import OF_AN_EDITION
from gongxin.core.law_files import law_documents

DAY = "2026-12-01"  # a week after the moment of the tests


def own_edition(
    *, classes: Mapping[str, str | None] | None = None, drop: tuple[str, ...] = (), **described: Any
) -> dict[str, str]:
    """Return the documents of an approved edition: `classes` with another text, without those in `drop`."""
    changed = dict(classes or {})
    documents = dict(law_documents("catalogue")) | {f"{name}.yaml": text for name, text in changed.items()}
    for name in drop:
        del documents[f"{name}.yaml"]
    told = yaml.safe_load(documents[OF_AN_EDITION]) | {
        "id": "henan-2027",
        "status": "approved",
        "approval_number": "豫示例〔2026〕1号",
        "approved_by": "示例省人民政府",
        "in_force_from": _day(DAY),
        "classes": sorted(name.removesuffix(".yaml") for name in documents if name != OF_AN_EDITION),
        **described,
    }
    return documents | {OF_AN_EDITION: yaml.safe_dump(told, allow_unicode=True)}


def text_of(class_id: str) -> str:
    return dict(law_documents("catalogue"))[f"{class_id}.yaml"]


def shorter_offices() -> str:
    """Return the class of A-level taxpayers, renamed, its tax office no longer than three signs."""
    text = text_of("tax-a-level").replace("zh: 纳税信用A级纳税人,", "zh: 甲级纳税人,", 1)
    head, office = text.split("      tax_office:")
    return f"{head}      tax_office:{office.replace('max_length: 200', 'max_length: 3', 1)}"


def in_folder(folder: Path, documents: Mapping[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in documents.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _day(written: str) -> Any:
    return yaml.safe_load(written)
