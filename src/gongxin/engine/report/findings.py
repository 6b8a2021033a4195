"""The problems of a kept check, each with the value at fault and the words that explain it."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gongxin.core.catalogue import Citation, InformationClass, Label, Rule, Severity
from gongxin.core.masking import mask_name
from gongxin.core.sources import sources
from gongxin.core.standard_messages import standard_message
from gongxin.core.written_lists import JOINT
from gongxin.engine.keep import LAYOUT, PROBLEMS, SENT

_ENGLISH = re.compile(r"[a-z]{3}")
_UNEXPLAINED = Label("此行无法读取。", "This row cannot be read.")
_BATCH = 4_000  # rows as Python holds them take a hundred times the room of the file
PRODUCT = "PRODUCT"
# What a row is found by: the first of these that stands in it.
_NAMED_BY = ("document_number", "taxpayer_number", "unified_code", "professional_licence", "subject_name")


@dataclass(frozen=True, slots=True)
class Explanation:
    """What one rule code means to a person."""

    message: str
    source: str
    example: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with one row. `value` is as sent; a row that was not kept has none."""

    sheet: str
    row: int
    document_number: str
    field: str
    label: str
    value: str
    severity: Severity
    code: str
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class CopyOf:
    """What a marked copy says of itself, so that it is known when it comes back."""

    batch: str = ""  # the submission whose rows are to be corrected
    origins: pl.DataFrame | None = None  # sheet, row, origin: which row of it a row is; None: the same
    only: pl.DataFrame | None = None  # sheet, row: the rows to give; None: all, or those at fault


@dataclass(frozen=True, slots=True)
class KeptCheck:
    """The folder of a finished check, its class, and the language to speak."""

    folder: Path
    information_class: InformationClass
    layout: dict[str, Any]
    language: str
    copy: CopyOf = CopyOf()

    @property
    def counts(self) -> dict[str, int]:
        counts: dict[str, int] = self.layout["problems"]
        return counts

    def table(self, sheet: str) -> dict[str, Any]:
        """Return how the table called `sheet` was laid out."""
        found: dict[str, Any] = next(t for t in self.layout["tables"] if t["sheet"] == sheet)
        return found

    def say(self, label: Label) -> str:
        return label.in_language(self.language)

    def explain(self, code: str, key: str = "") -> Explanation:
        """Return the words for a rule code (at field `key`), or for damage the reader found."""
        rule = next((rule for rule in self.information_class.rules if rule.code == code), None)
        if rule is not None:
            return Explanation(self.say(self._message(rule, key)), self._cited(rule), rule.example)
        damage = self.layout["damage"].get(code)
        return Explanation(self.say(Label(**damage) if damage else _UNEXPLAINED), "", "")

    def label(self, key: str | None) -> str:
        return self.say(self.information_class.field(key).label) if key else ""

    def _message(self, rule: Rule, key: str) -> Label:
        """Return the rule's words; a rule asked of many texts alike names only the one at fault."""
        if rule.kind != "personal-number" or not key:
            return rule.message
        return standard_message(kind=rule.kind, fields=(self.information_class.field(key),), values=())

    def _cited(self, rule: Rule) -> str:
        """Return the instrument; what the product decided for itself is no ground to cite to a sender."""
        if rule.citation is None or rule.citation.source == PRODUCT:
            return ""
        return cited(rule.citation, self.language)


class _Explanations(dict[tuple[str, str], Explanation]):
    """The words for each rule and field, made once."""

    def __init__(self, check: KeptCheck) -> None:
        super().__init__()
        self.check = check

    def __missing__(self, asked: tuple[str, str]) -> Explanation:
        self[asked] = self.check.explain(*asked)
        return self[asked]


def cited(citation: Citation, language: str) -> str:
    """Return a citation as people read it: the instrument's title, number and article.

    An article that is no number but English words ("2018 form") is not said in Chinese.
    """
    instrument = sources().get(citation.source)
    if instrument is None:
        return " ".join(filter(None, (citation.source, citation.article)))
    title = instrument.title.in_language(language)
    named = title if language.startswith("en") else f"《{title}》"
    said = "" if not language.startswith("en") and _ENGLISH.search(citation.article) else citation.article
    return " ".join(filter(None, (named + instrument.number, said)))


def open_kept(
    folder: Path, *, information_class: InformationClass, language: str, copy: CopyOf | None = None
) -> KeptCheck:
    """Return a finished check from its folder. Raises FileNotFoundError if it is not finished."""
    layout = json.loads((folder / LAYOUT).read_text(encoding="utf-8"))
    return KeptCheck(folder, information_class, layout, language, copy or CopyOf())


def problems_of(check: KeptCheck) -> pl.DataFrame:
    """Return every problem; repeated words are kept once, so that millions fit in memory."""
    return pl.read_parquet(check.folder / PROBLEMS).cast(
        dict.fromkeys(("sheet", "code", "field", "severity"), pl.Categorical)
    )


def findings(check: KeptCheck, *, skip: int = 0) -> Iterator[Finding]:
    """Yield every problem with its value: first those of rows that were kept, in the order of the file.

    The order is the same every time; the first `skip` are passed over a whole batch at a time.
    """
    problems = problems_of(check)
    explained = _Explanations(check)
    seen = problems.clear().select("sheet", "row")
    for sent in sent_batches(check):
        places = sent.select(pl.col("sheet").cast(pl.Categorical), "row").with_row_index("place")
        found = problems.join(places, on=["sheet", "row"], maintain_order="left").sort(
            "place", maintain_order=True
        )
        yield from _of_batch(check, sent, found.slice(skip), explained)
        skip = max(0, skip - found.height)
        seen = pl.concat([seen, found.select("sheet", "row").unique()])
    rest = problems.join(seen, on=["sheet", "row"], how="anti", maintain_order="left")
    for problem in rest.slice(skip).iter_rows(named=True):
        yield _finding(check, problem, {}, explained)


def sent_batches(check: KeptCheck) -> Iterator[pl.DataFrame]:
    """Yield the rows as sent, some thousands at a time."""
    for batch in pq.ParquetFile(check.folder / SENT).iter_batches(batch_size=_BATCH):
        yield pl.DataFrame(pl.from_arrow(batch))


def rows_sent(check: KeptCheck) -> tuple[int, int]:
    """Return how many rows were kept as sent, and the last row number among them."""
    sent = pq.ParquetFile(check.folder / SENT)
    numbers = (batch.column(0) for batch in sent.iter_batches(columns=["row"]))
    return sent.metadata.num_rows, max((pc.max(one).as_py() for one in numbers if len(one)), default=0)


def cell_of(cells: dict[str, Any], places: Sequence[int]) -> str:
    """Return the text of a field as sent, from the columns it was read from."""
    return JOINT.join(cells[f"c{place}"] for place in places if cells.get(f"c{place}"))


def _of_batch(
    check: KeptCheck, sent: pl.DataFrame, found: pl.DataFrame, explained: "_Explanations"
) -> Iterator[Finding]:
    for problem in found.iter_rows(named=True):
        yield _finding(check, problem, sent.row(problem["place"], named=True), explained)


def _shown(check: KeptCheck, key: str, value: str) -> str:
    """Return a value as a list of problems may show it: a person's name masked, the workbook has it whole."""
    return mask_name(value) if value and check.information_class.field(key).person_name else value


def _finding(
    check: KeptCheck, problem: dict[str, Any], cells: dict[str, Any], explained: "_Explanations"
) -> Finding:
    sources_of = check.table(problem["sheet"])["sources"]
    key = problem["field"] or ""
    roles = check.information_class.roles
    names = [roles[role] for role in _NAMED_BY if role in roles]
    named = (_shown(check, name, cell_of(cells, sources_of.get(name, ()))) for name in names)
    return Finding(
        sheet=problem["sheet"],
        row=problem["row"],
        document_number=next(filter(None, named), ""),
        field=key,
        label=check.label(key),
        value=_shown(check, key, cell_of(cells, sources_of.get(key, ()))),
        severity=Severity(problem["severity"]),
        code=problem["code"],
        explanation=explained[problem["code"], key],
    )
