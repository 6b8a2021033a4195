"""The parts of a list as `gongxin lists show` gives them: for a program, and in words."""

from datetime import date
from typing import Any

from gongxin.core.catalogue import Citation, Label
from gongxin.core.lists import EarlyExit, Ground, Instrument, Term
from gongxin.core.periods import Period
from gongxin.core.sources import sources


def as_label(label: Label) -> dict[str, str]:
    return {"zh": label.zh, "en": label.en}


def cited(citation: Citation) -> dict[str, str]:
    return {
        "source": citation.source,
        "title": sources()[citation.source].title.zh,
        "article": citation.article,
        "confidence": citation.confidence,
    }


def instrument_as_json(instrument: Instrument, on: date) -> dict[str, Any]:
    basis = instrument.basis
    return {
        "instrument": instrument.id,
        "from": basis.from_on.isoformat(),
        "until": basis.until_on.isoformat() if basis.until_on else None,
        "in_force": basis.in_force_on(on),
        **cited(basis.citation),
    }


def ground_as_json(ground: Ground, *, accepted: bool) -> dict[str, Any]:
    own = {"term": term_as_json(ground.term)} if ground.term else {}
    return {
        "key": ground.key,
        **as_label(ground.label),
        "accepted": accepted,
        **own,
        **cited(ground.citation),
    }


def term_as_json(term: Term) -> dict[str, Any]:
    return {
        "most": _period(term.period),
        "least": _period(term.least),
        "until_removed": term.period is None,
        "protects": term.protects,
        **cited(term.citation),
    }


def early_exit_as_json(early: EarlyExit | None) -> dict[str, Any] | None:
    if early is None:
        return None
    return {
        "after": _period(early.after),
        "begins": early.begins.value,
        "conditions": [as_label(one) for one in early.conditions],
        **cited(early.citation),
    }


def term_in_words(term: Term) -> str:
    most = _in_words(term.period) if term.period else "至移出，最长五年 until removed, five years at most"
    least = f"{_in_words(term.least)} – " if term.least else ""
    return f"{least}{most} [{term.citation.confidence}]"


def _period(period: Period | None) -> dict[str, int] | None:
    if period is None:
        return None
    return {"years": period.years, "months": period.months, "days": period.days}


def _in_words(period: Period) -> str:
    named = ((period.years, "年 years"), (period.months, "个月 months"), (period.days, "天 days"))
    return " ".join(f"{count} {unit}" for count, unit in named if count) or "0 天 days"
