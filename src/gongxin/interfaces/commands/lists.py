"""`gongxin lists show [LIST]`: what a statutory list is on a day, and what keeps one from binding anybody."""

import argparse
from collections.abc import Collection
from datetime import date
from typing import Any

from gongxin.core.catalogue import Citation, Label
from gongxin.core.lists import StatutoryList, statutory_lists
from gongxin.core.sources import sources
from gongxin.interfaces import clock
from gongxin.interfaces.commands.asked_day import asked_day
from gongxin.interfaces.commands.list_parts import (
    as_label,
    cited,
    early_exit_as_json,
    ground_as_json,
    instrument_as_json,
    term_as_json,
    term_in_words,
)
from gongxin.interfaces.commands.output import CommandRefused, both, print_json

EFFECTS = {"adverse": Label("失信惩戒", "adverse"), "honour": Label("守信激励", "honour")}
NO_INSTRUMENT, UNCONFIRMED = "no-instrument", "unconfirmed"
WHY = {
    NO_INSTRUMENT: Label("该日没有有效的依据", "no instrument was in force that day"),
    UNCONFIRMED: Label("依据或期限未经全文核对", "its basis or its term was not read in full text"),
}


def configure(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    show = acts.add_parser("show", help="查看名单的依据、情形、期限 / show lists as law, or one of them")
    show.add_argument("list_id", nargs="?", metavar="LIST", help="名单 / list")
    show.add_argument("--on", metavar="DATE", help="哪一天，默认今天 / as of which day, today unless given")
    show.add_argument("--json", action="store_true", help="只输出 JSON / print JSON only")


def run(args: argparse.Namespace) -> int:
    lists = statutory_lists()
    if args.list_id is not None and args.list_id not in lists:
        raise CommandRefused(
            Label(
                f"没有名单 {args.list_id}。现有：{'、'.join(lists)}",
                f"no list {args.list_id}. Known: {', '.join(lists)}",
            ),
            "unknown-list",
        )
    on = asked_day(args.on) if args.on else clock.today()
    confirmed = _confirmed()
    asked = [lists[args.list_id]] if args.list_id else list(lists.values())
    if not args.json:
        tell = _as_text if args.list_id else _as_line
        print("\n".join(tell(one, on, confirmed) for one in asked))
    elif args.list_id:
        print_json(_as_json(asked[0], on, confirmed))
    else:
        print_json({"on": on.isoformat(), "lists": [_as_json(one, on, confirmed) for one in asked]})
    return 0


def _confirmed() -> Collection[str]:
    """Return what an officer has confirmed; nothing where there is no database yet."""
    from gongxin.interfaces.commands.database import ready

    try:
        ready()
    except CommandRefused as refused:
        if refused.code != "not-initialised":
            raise
        return frozenset()
    from gongxin.registry.catalogue.queries import confirmed_sources

    return confirmed_sources()


def _as_json(shown: StatutoryList, on: date, confirmed: Collection[str]) -> dict[str, Any]:
    instrument = shown.instrument_on(on)
    return {
        "id": shown.id,
        "label": as_label(shown.label),
        "effect": shown.effect.value,
        "class": shown.class_id,
        "on": on.isoformat(),
        "basis": [instrument_as_json(one, on) for one in shown.instruments],
        "bodies": [
            {**as_label(one.label), "words": list(one.words), **cited(one.citation)} for one in shown.bodies
        ],
        "grounds": [
            ground_as_json(one, accepted=shown.accepts(one.key, on=on, confirmed=confirmed))
            for one in shown.grounds_on(on)
        ],
        "steps": [
            {
                "step": one.procedure.value,
                **as_label(one.label),
                "working_days": one.working_days,
                **cited(one.citation),
            }
            for one in shown.steps
        ],
        "term": term_as_json(instrument.term) if instrument else None,
        "early_exit": early_exit_as_json(instrument.early_exit) if instrument else None,
        "exit": as_label(shown.exit),
        "remedy": as_label(shown.remedy),
        "published": list(shown.published),
        "names_officer": {"named": shown.names_officer.named, **cited(shown.names_officer.citation)},
        "complete_within_days": shown.complete_within_days,
        "inert": _inert(shown, on, confirmed),
    }


def _inert(shown: StatutoryList, on: date, confirmed: Collection[str]) -> dict[str, Any]:
    """Return whether the list binds nobody that day, why, and which sources have to be confirmed."""
    inert = shown.is_inert(on, confirmed)
    why = NO_INSTRUMENT if shown.instrument_on(on) is None else UNCONFIRMED
    return {
        "inert": inert,
        "why": {"code": why, **as_label(WHY[why])} if inert else None,
        "to_confirm": _to_confirm(shown.unconfirmed_on(on, confirmed)),
    }


def _to_confirm(citations: Collection[Citation]) -> list[dict[str, str]]:
    keys = dict.fromkeys(one.source for one in citations)
    return [{"source": key, "title": sources()[key].title.zh, "read": sources()[key].read} for key in keys]


def _as_line(shown: StatutoryList, on: date, confirmed: Collection[str]) -> str:
    state = _state(shown, on, confirmed)
    return f"{shown.id:<21}{both(EFFECTS[shown.effect.value])}  {state}  {both(shown.label)}"


def _state(shown: StatutoryList, on: date, confirmed: Collection[str]) -> str:
    if shown.is_inert(on, confirmed):
        return "未启用 inert"
    if shown.unconfirmed_on(on, confirmed):
        return "可用，未经确认 can be used, unconfirmed"
    return "可用 in use"


def _as_text(shown: StatutoryList, on: date, confirmed: Collection[str]) -> str:
    found = _as_json(shown, on, confirmed)
    instrument = shown.instrument_on(on)
    lines = [f"{shown.id}  {both(shown.label)}  {both(EFFECTS[shown.effect.value])}  {on}"]
    lines += [_basis_line(one) for one in found["basis"]]
    lines += [f"  列入机关 / body：{both(one.label)}" for one in shown.bodies]
    lines += [
        f"  情形 / ground {'✓' if one['accepted'] else '✗'} {one['key']}：{one['zh']} [{one['confidence']}]"
        for one in found["grounds"]
    ]
    lines += [f"  程序 / step：{both(one.label)}{_days(one.working_days)}" for one in shown.steps]
    lines += [f"  期限 / term：{term_in_words(instrument.term)}"] if instrument else []
    lines += [f"  退出 / exit：{both(shown.exit)}", f"  救济 / remedy：{both(shown.remedy)}"]
    lines += [f"  公开 / published：{'、'.join(shown.published)}"]
    return "\n".join([*lines, *_inert_lines(found["inert"])])


def _basis_line(basis: dict[str, Any]) -> str:
    until = f" … < {basis['until']}" if basis["until"] else " …"
    here = "→" if basis["in_force"] else " "
    return (
        f"  {here} 依据 / basis：《{basis['title']}》{basis['article']} "
        f"[{basis['confidence']}] {basis['from']}{until}"
    )


def _days(working_days: int | None) -> str:
    return "" if working_days is None else f" · {working_days} 个工作日 / working days"


def _inert_lines(inert: dict[str, Any]) -> list[str]:
    lines = [f"  未启用 / inert：{inert['why']['zh']} ({inert['why']['en']})"] if inert["inert"] else []
    how = "gongxin law confirm {source} --text FILE"
    return lines + [
        f"  待确认 / to confirm：{one['source']} 《{one['title']}》 — {how.format(**one)}"
        for one in inert["to_confirm"]
    ]
