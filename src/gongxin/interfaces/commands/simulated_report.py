"""What became of a simulated province: every clock kept or missed, and what showed that may not."""

from collections import Counter
from datetime import date
from typing import Any

from gongxin.core.cases.kinds import number_in_words
from gongxin.core.legal_day import legal_day
from gongxin.interfaces.commands.simulated_province import Province
from gongxin.registry.cases.models import Case, Clock, Part


def report_of(lived: Province, *, ends: date) -> dict[str, Any]:
    """Return what became of every clock, and whether anything showed that may not."""
    outcomes = Part.objects.exclude(outcome="").values_list("outcome", flat=True)
    clocks = [_clock(*row) for row in _clocks()]
    by_limit: dict[str, Counter[str]] = {}
    for one in clocks:
        by_limit.setdefault(one["limit"], Counter())[one["ended"]] += 1
    return {
        "seed": lived.seed,
        "from": lived.begins.isoformat(),
        "to": ends.isoformat(),
        "days_without_catalogue": lived.days_without_catalogue,
        "records": lived.records,
        "cases": Case.objects.count(),
        "outcomes": dict(sorted(Counter(outcomes).items())),
        "fell_silent": lived.fell_silent,
        "told_above": lived.told_above,
        "ripened": lived.ripened,
        "shown_after_its_end": lived.shown_after_its_end,
        "shown_after_repair": lived.shown_after_repair,
        "limits": {limit: dict(sorted(counts.items())) for limit, counts in sorted(by_limit.items())},
        "clocks": clocks,
    }


def _clocks() -> list[tuple[Clock, Case]]:
    cases = {case.id: case for case in Case.objects.all()}
    rows = Clock.objects.select_related("responsible")
    found = [(row, cases[row.case_id]) for row in rows if row.ended not in {"moved", "paused"}]
    return sorted(found, key=lambda one: (one[1].kind, one[1].number, one[0].due_on, one[0].limit))


def _clock(row: Clock, case: Case) -> dict[str, Any]:
    return {
        "case": number_in_words(case.kind, case.year, case.number),
        "limit": row.limit,
        "answers": row.responsible.name if row.responsible else "centre",
        "begun_on": row.begun_on.isoformat(),
        "due_on": row.due_on.isoformat(),
        "provisional": row.provisional,
        "ended": row.ended or "running",
        "ended_on": legal_day(row.ended_at).isoformat() if row.ended_at else None,
    }
