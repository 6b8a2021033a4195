"""What falls due by a day: clocks of cases, publication decisions, second looks at suspended listings."""

import argparse
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from gongxin.core.catalogue import Label
from gongxin.core.deadlines import limit_of
from gongxin.core.due_groups import DueGroup, due_group
from gongxin.core.legal_day import day_begins
from gongxin.core.working_days import Calendar, working_days_between
from gongxin.interfaces import clock
from gongxin.interfaces.commands.asked_day import asked_day
from gongxin.interfaces.commands.database import ready
from gongxin.interfaces.commands.output import both, print_json

if TYPE_CHECKING:
    from gongxin.registry.cases.due import DueClock
    from gongxin.registry.lists.due import SecondLook
    from gongxin.registry.publication.standing import StandingRecord

MOST = 10_000
DECISION, PUBLICATION = "publication-decision", Label("公示决定", "publication decision")
GROUPS = {
    DueGroup.OVERDUE: Label("已逾期", "overdue"),
    DueGroup.TODAY: Label("今日到期", "due today"),
    DueGroup.SOON: Label("三个工作日内", "within three working days"),
    DueGroup.THIS_WEEK: Label("本周内", "this week"),
    DueGroup.LATER: Label("本周以后", "after this week"),
}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", metavar="DATE", help="截至哪一天，默认今天 / as of which day")
    parser.add_argument("--json", action="store_true", help="只输出 JSON / print JSON only")


def run(args: argparse.Namespace) -> int:
    """This will list what ran at the end of that day; a day to come is seen from what runs now."""
    ready()
    on = asked_day(args.on) if args.on is not None else clock.today()
    found = list(_items(on, at=min(day_begins(on + timedelta(days=1)), clock.now())))
    found.sort(key=lambda one: (one["due_on"], one["what"], one["record"] or "", one["limit"]))
    counts = Counter(one["group"] for one in found)
    groups = {one.value: counts[one.value] for one in DueGroup}
    report = {"on": on.isoformat(), "counts": groups, "due": found}
    if args.json:
        print_json(report)
    else:
        print(_in_words(report))
    return 0


def _items(on: date, *, at: datetime) -> Iterator[dict[str, Any]]:
    from gongxin.registry.accounts.queries import agency_codes
    from gongxin.registry.cases.due import running
    from gongxin.registry.catalogue.queries import working_calendar
    from gongxin.registry.lists.due import second_looks
    from gongxin.registry.publication.standing import pending

    calendar = working_calendar()
    yield from (_of_clock(one, on, calendar) for one in running(at=at, limit=MOST))
    waiting = [one for one in pending(at=at, limit=MOST) if one.due_on is not None]
    codes = agency_codes({one.agency_id for one in waiting})
    yield from (_of_record(one, codes[one.agency_id], on, calendar) for one in waiting)
    suspended = second_looks(at=at, calendar=calendar, limit=MOST)
    yield from (_of_listing(one, on, calendar) for one in suspended)


def _of_clock(one: "DueClock", on: date, calendar: Calendar) -> dict[str, Any]:
    from gongxin.core.cases.kinds import number_in_words

    return {
        "what": "case",
        "kind": one.kind,
        "case": number_in_words(one.kind, one.year, one.number),
        "limit": one.limit,
        "answers": one.agency_code or None,
        "record": str(one.record_id) if one.record_id else None,
        "document_number": one.document_number or None,
        "source": f"{one.source} {one.article}".strip(),
        "told_above": one.told_above_at is not None,
        **_how_near(one.due_on, one.provisional, on, calendar),
    }


def _of_record(one: "StandingRecord", agency_code: str, on: date, calendar: Calendar) -> dict[str, Any]:
    due_on, rule = one.due_on or on, limit_of(one.class_id, one.decided_on or on) or {}
    return {
        "what": "publication",
        "kind": one.class_id,
        "case": None,
        "limit": DECISION,
        "answers": agency_code,  # whose record it is, as at the desk
        "record": str(one.record_id),
        "document_number": one.document_number or None,
        "source": f"{rule.get('source', '')} {rule.get('article', '')}".strip(),
        "told_above": False,
        **_how_near(due_on, one.provisional, on, calendar),
    }


def _of_listing(one: "SecondLook", on: date, calendar: Calendar) -> dict[str, Any]:
    return {
        "what": "listing",
        "kind": one.exit.list_id,
        "case": None,
        "limit": one.due.rule,
        "answers": one.agency.code,
        "record": str(one.exit.record_id),
        "document_number": one.document_number or None,
        "source": f"{one.due.source} {one.due.article}".strip(),
        "told_above": False,
        **_how_near(one.due.due_on or on, one.due.provisional, on, calendar),
    }


def _how_near(due_on: date, provisional: bool, on: date, calendar: Calendar) -> dict[str, Any]:
    return {
        "due_on": due_on.isoformat(),
        "provisional": provisional,
        "group": due_group(due_on, today=on, calendar=calendar).value,
        "late_working_days": working_days_between(due_on, on, calendar),
    }


def _in_words(report: dict[str, Any]) -> str:
    from gongxin.registry.accounts.queries import agency_names

    counts = "  ".join(f"{both(GROUPS[group])} {count}" for group, count in report["counts"].items())
    names = agency_names({one["answers"] for one in report["due"] if one["answers"]})
    lines = [
        f"{one['due_on']}  {_near(one)}  {_which(one)}"
        f"  {_limit(one['limit'])}  {names.get(one['answers'], '信用中心 / centre')}"
        for one in report["due"]
    ]
    return "\n".join([f"{report['on']}  {counts}", *lines])


def _which(one: dict[str, Any]) -> str:
    return "  ".join(filter(None, (one["case"] or one["record"], one["document_number"])))


def _near(one: dict[str, Any]) -> str:
    """Return how near the day is; of one that has gone by, how many working days ago."""
    if one["group"] != DueGroup.OVERDUE:
        return both(GROUPS[one["group"]])
    days = one["late_working_days"]
    return both(Label(f"已逾期{days}个工作日", f"{days} working day{'s' * (days != 1)} late"))


def _limit(limit: str) -> str:
    from gongxin.core.cases.kinds import limit_label

    label = PUBLICATION if limit == DECISION else limit_label(limit)
    return both(label)
