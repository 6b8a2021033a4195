"""An answer to a check as pages show it: told in two languages, shown in that of the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy

from gongxin.core.checks.words import verdict_name
from gongxin.interfaces.pages.shares import in_page_language
from gongxin.interfaces.pages.wording import article_in_words, is_english

EFFECTS = {
    "benefit": gettext_lazy("Incentive"),
    "require": gettext_lazy("Condition"),
    "restrict": gettext_lazy("Restriction"),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure, on which articles it rests, and the record because of which it is named."""

    label: str
    rule: str
    effect: str
    effect_in_words: Promise
    articles: Sequence[str]
    document_number: str
    decided_on: date | None
    deciding_body: str


@dataclass(frozen=True, slots=True)
class ListAsked:
    label: str
    complete_on: date | None
    stale: bool
    used: bool


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """Everything a page says of one answer. `name` and `code` are empty where nobody was found."""

    id: str
    verdict: str
    says: str
    matter: str
    name: str
    code: str
    moment: datetime
    asked_at: datetime
    valid_until: datetime
    why: str
    warnings: Sequence[str]
    candidates: Sequence[tuple[str, str]]
    measures: Sequence[Measure]
    lists: Sequence[ListAsked]
    remedy: str

    @property
    def lasts(self) -> bool:
        return self.valid_until > self.asked_at

    @property
    def behind(self) -> Sequence[ListAsked]:
        """The lists that are not up to date and would have been used."""
        return [one for one in self.lists if one.stale and one.used]


def shown(told: Mapping[str, Any]) -> AnswerShown:
    """Return an answer in the language of the page."""
    subject = told["subject"] or {"name": "", "code": ""}
    records = {one["id"]: one for one in told["records"]}
    return AnswerShown(
        id=told["id"],
        verdict=told["verdict"],
        says=_words(told["label"]),
        matter=_words(told["matter"]),
        name=subject["name"],
        code=subject["code"] or "",
        moment=datetime.fromisoformat(told["moment"]),
        asked_at=datetime.fromisoformat(told["asked_at"]),
        valid_until=datetime.fromisoformat(told["valid_until"]),
        why=_words(told["why"]) if "why" in told else "",
        warnings=[_words(one) for one in told.get("warnings", ())],
        candidates=[(one["name"], one["code"] or "") for one in told.get("candidates", ())],
        measures=[_measure(one, records[one["because"]]) for one in told["measures"]],
        lists=[_list(one) for one in told["lists_asked"]],
        remedy=_words(told["remedy"]) if told["remedy"] else "",
    )


def verdict_in_words(verdict: str) -> str:
    """Return a verdict in a few words."""
    return in_page_language(verdict_name(verdict))


def _measure(one: Mapping[str, Any], record: Mapping[str, Any]) -> Measure:
    return Measure(
        label=_words(one),
        rule=one["rule"],
        effect=one["effect"],
        effect_in_words=EFFECTS[one["effect"]],
        articles=[_article(cited) for cited in one["articles"]],
        document_number=record["document_number"],
        decided_on=_day(record["decided_on"]),
        deciding_body=record["deciding_body"],
    )


def _article(cited: Mapping[str, str]) -> str:
    return f"《{cited['title']}》{article_in_words(cited['article'], language=get_language())}"


def _list(one: Mapping[str, Any]) -> ListAsked:
    return ListAsked(_words(one), _day(one["complete_on"]), stale=one["stale"], used=one["used"])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _words(told: Mapping[str, str]) -> str:
    return told["en"] if is_english(get_language()) else told["zh"]
