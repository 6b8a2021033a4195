import argparse
from datetime import date

from gongxin.core.catalogue import Label
from gongxin.core.deadlines import Due, UnknownClass, classes_with_deadlines, publish_by
from gongxin.core.sources import source
from gongxin.core.working_days import packaged_calendar
from gongxin.interfaces.commands.output import CommandRefused, print_json


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--class", dest="class_id", required=True, metavar="CLASS", help="目录事项 / class")
    parser.add_argument("--decided-on", required=True, metavar="DATE", help="决定日期 / 2026-03-02")
    parser.add_argument("--json", action="store_true", help="只输出 JSON / print JSON only")


def run(args: argparse.Namespace) -> int:
    decided_on = _day(args.decided_on)
    try:
        due = publish_by(args.class_id, decided_on, packaged_calendar())
    except UnknownClass as unknown:
        raise CommandRefused(_no_such_class(args.class_id), "unknown-class") from unknown
    if args.json:
        print_json(_as_json(due))
    else:
        print(_as_text(due))
    return 0


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise CommandRefused(_no_such_day(text)) from error
    if not 1949 <= day.year <= 2099:
        raise CommandRefused(_no_such_day(text))
    return day


def _no_such_day(text: str) -> Label:
    return Label(f"不是有效日期：{text}（应如 2026-03-02）", f"no such day: {text} (write it as 2026-03-02)")


def _no_such_class(class_id: str) -> Label:
    known = classes_with_deadlines()
    return Label(
        f"没有这个目录事项：{class_id}。现有：{'、'.join(known)}",
        f"no such class: {class_id}. Known: {', '.join(known)}",
    )


def _as_json(due: Due) -> dict[str, object]:
    return {
        "publish_by": due.publish_by.isoformat() if due.publish_by else None,
        "provisional": due.provisional,
        "rule": due.rule,
        "source": _cited(due),
    }


def _as_text(due: Due) -> str:
    if due.publish_by is None:
        return "法律未规定公示期限 (the law sets no limit)"
    lines = [
        f"最迟公示日 (publish by): {due.publish_by}",
        f"规则 (rule): {due.rule}",
        f"依据 (source): {_cited(due)}",
    ]
    if due.provisional:
        lines.append(
            "该年节假日安排尚未装载，按周末和元旦暂计 (provisional: that year's holidays are not loaded)"
        )
    return "\n".join(lines)


def _cited(due: Due) -> str | None:
    if not due.source:
        return None
    cited = source(due.source)
    article = f" {due.article}" if due.article else ""
    return f"{cited.key} 《{cited.title.zh}》{cited.number}{article}"
