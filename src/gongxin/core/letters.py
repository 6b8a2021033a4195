"""The centre's letters: 督办函 to one agency, 通报 to all. Facts go in, a paper with its table comes out.

The texts are data (`law/letters.yaml`); a paper is a value that is kept as it was made and drawn from
that, so that the same letter can be taken again as Word or PDF and says the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, Self

from gongxin.core.law_files import read_law
from gongxin.core.leaks import mask_personal_numbers

URGING, CIRCULAR = "urging", "circular"
MOST_ROWS = 500  # of a table in a letter
URGED = ("序号", "文号", "事项", "行政相对人", "决定日期", "决定期限", "逾期工作日", "待核实原因")
RANKED = ("位次", "单位", "作出决定", "期限内作出", "逾期作出", "逾期未作出", "及时情况")


@dataclass(frozen=True, slots=True)
class Paper:
    """A letter as it is printed. `rows` are cells of text, as many in each as in `header`."""

    institution: str
    number: str
    title: str
    addressed: str
    paragraphs: tuple[str, ...]
    closing: str
    day: str
    table: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def as_document(self) -> dict[str, Any]:
        """Return the paper as it is kept."""
        return asdict(self)

    def starred(self) -> Self:
        """Return the paper with stars for persons' numbers: what is put into it was written by others."""
        return replace(self, **{name: _starred(value) for name, value in asdict(self).items()})


@dataclass(frozen=True, slots=True)
class OverdueRecord:
    """One line of a 督办函."""

    document_number: str
    class_name: str
    subject_name: str  # as everyone may read it
    decided_on: date | None
    due_on: date
    late_working_days: int
    why: str


@dataclass(frozen=True, slots=True)
class Timeliness:
    """One agency's line of a 通报: what was decided in the period, and what is overdue at its end."""

    agency_name: str
    decided: int
    late: int
    overdue: int

    @property
    def in_time(self) -> int:
        return self.decided - self.late


def paper_of(document: Mapping[str, Any]) -> Paper:
    """Return the paper that was kept."""
    return Paper(
        **{
            **document,
            "paragraphs": tuple(document["paragraphs"]),
            "header": tuple(document["header"]),
            "rows": tuple(tuple(row) for row in document["rows"]),
        }
    )


def number_of(kind: str, year: int, number: int) -> str:
    return f"{_texts()[kind]['mark']}〔{year}〕{number}号"


def kind_in_words(kind: str) -> str:
    return str(_texts()[kind]["kind"])


def urging_letter(
    *,
    institution: str,
    number: str,
    agency: str,
    on: date,
    made_on: date,
    records: Sequence[OverdueRecord],
    total: int,
) -> Paper:
    """Return the letter to an agency about its overdue `records`, of `total`; the longest overdue first."""
    text = _texts()[URGING]
    oldest = records[0]
    places = {
        "agency": agency,
        "day": written(on),
        "records": total,
        "oldest": written(oldest.due_on),
        "late": oldest.late_working_days,
        "answer_within": text["answer_within"],
        "most": len(records),
    }
    paragraphs = [*text["paragraphs"], *([text["cut"]] if total > len(records) else [])]
    return Paper(
        institution=institution,
        number=number,
        title=text["title"],
        addressed=text["addressed"].format_map(places),
        paragraphs=tuple(one.format_map(places) for one in paragraphs),
        closing=text["closing"],
        day=written(made_on),
        table=text["table"].format_map(places),
        header=URGED,
        rows=tuple(_urged(place, one) for place, one in enumerate(records, start=1)),
    )


def circular_letter(
    *, institution: str, number: str, begins: date, on: date, made_on: date, agencies: Sequence[Timeliness]
) -> Paper:
    """Return the letter to all about who decided in time from `begins` to `on`, ranked."""
    text = _texts()[CIRCULAR]
    places = {
        "month": f"{on.year}年{on.month}月",
        "from": written(begins),
        "day": written(on),
        "agencies": len(agencies),
        "decided": sum(one.decided for one in agencies),
        "in_time": sum(one.in_time for one in agencies),
        "late": sum(one.late for one in agencies),
        "overdue": sum(one.overdue for one in agencies),
    }
    return Paper(
        institution=institution,
        number=number,
        title=text["title"].format_map(places),
        addressed=text["addressed"],
        paragraphs=tuple(one.format_map(places) for one in text["paragraphs"]),
        closing=text["closing"],
        day=written(made_on),
        table=text["table"].format_map(places),
        header=RANKED,
        rows=tuple(_ranked(agencies)),
    )


def share_in_time(one: Timeliness) -> float:
    """Return the share in percent of what should have been decided by the end that was decided in time."""
    asked = one.decided + one.overdue
    return 100 * one.in_time / asked if asked else 100.0


def in_words(share: float) -> str:
    """Return 全部按时 and its like for a share in percent."""
    steps: list[dict[str, Any]] = _texts()[CIRCULAR]["words"]
    return next(str(step["words"]) for step in steps if share >= step["at_least"])


def written(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def _starred(value: Any) -> Any:
    return mask_personal_numbers(value) if isinstance(value, str) else tuple(map(_starred, value))


def _urged(place: int, one: OverdueRecord) -> tuple[str, ...]:
    return (
        str(place),
        one.document_number or "无文号",
        one.class_name,
        one.subject_name,
        one.decided_on.isoformat() if one.decided_on else "",
        one.due_on.isoformat(),
        str(one.late_working_days),
        one.why,
    )


def _ranked(agencies: Sequence[Timeliness]) -> list[tuple[str, ...]]:
    ordered = sorted(agencies, key=lambda one: (-share_in_time(one), one.overdue, one.agency_name))
    shares = [share_in_time(one) for one in ordered]
    return [
        (
            str(shares.index(share) + 1), one.agency_name, str(one.decided), str(one.in_time), str(one.late),
            str(one.overdue), in_words(share),
        )
        for one, share in zip(ordered, shares, strict=True)
    ]  # fmt: skip


@lru_cache(maxsize=1)
def _texts() -> dict[str, Any]:
    document: dict[str, Any] = read_law("letters.yaml")
    return document
