"""`gongxin check-subject`: one question about one subject on one matter, one signed answer."""

import argparse
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from gongxin.core.catalogue import Label
from gongxin.core.checks import MomentAhead, Question, Unfit, UnfitWords
from gongxin.core.measures import UnknownMatter
from gongxin.interfaces import clock
from gongxin.interfaces.commands.output import CommandRefused, both, print_json

if TYPE_CHECKING:
    from gongxin.flows.check_subject import Answer


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", help="统一社会信用代码等 / unified or registration code")
    parser.add_argument("--matter", required=True, metavar="M", help="事项代号 / the id of the matter")
    parser.add_argument(
        "--at",
        metavar="T",
        help="截至何时：日期（当日终了）或带时区的时刻，默认现在 / a day as it ended, or an instant",
    )
    parser.add_argument(
        "--purpose",
        help="查询目的，该主体可见，默认写明事项 / why; the subject sees it; the matter unless given",
    )
    parser.add_argument("--case", default="", metavar="NUMBER", help="业务编号 / number of the case")
    parser.add_argument("--name", default="", help="所填名称，只作提示 / the name as given; it only warns")
    parser.add_argument(
        "--agency",
        metavar="CODE",
        help="为哪个单位查询；答复变动时通知该单位 / for which body; it is told of changes",
    )
    parser.add_argument("--json", action="store_true", help="只输出 JSON / print JSON only")


def run(args: argparse.Namespace) -> int:
    """This will ask and print the answer. Whatever the verdict, an answer ends with 0."""
    from gongxin.interfaces.commands.database import ready

    ready()
    answer = _asked(args, at=clock.now())
    if args.json:
        print_json({**answer.told, "signature": answer.signed})
    else:
        print("\n".join(in_words(answer.told)))
    return 0


def _asked(args: argparse.Namespace, *, at: datetime) -> "Answer":
    from gongxin.core.looks import Looker
    from gongxin.flows.check_subject import ask
    from gongxin.interfaces.commands.database import agency_of, operator
    from gongxin.registry.checks.keys import NoSigningKey

    agency_id = agency_of(args.agency).id if args.agency else None
    try:
        question = Question(
            code=args.code, matter=args.matter, moment=_moment(args.at, at), purpose=_purpose(args),
            case_number=args.case, name=args.name,
        )  # fmt: skip
        return ask(question, looker=Looker(operator(), agency_id), at=at)
    except UnknownMatter as unknown:
        raise unknown_matter(unknown) from unknown
    except MomentAhead as ahead:
        raise CommandRefused(_AHEAD, "moment-ahead") from ahead
    except UnfitWords as unfit:
        raise CommandRefused(_unfit(unfit), unfit.why.value) from unfit
    except NoSigningKey as no_key:
        raise CommandRefused(NO_KEY, "no-signing-key") from no_key


def _purpose(args: argparse.Namespace) -> str:
    """Return what for it is asked; the subject asked about reads it, so it names the matter."""
    from gongxin.core.measures import matters

    if args.purpose is not None:
        return str(args.purpose)
    known = matters().get(args.matter)
    return f"命令行核查：{known.label.zh if known else args.matter}"


def _moment(text: str | None, at: datetime) -> datetime:
    if text is None:
        return at
    try:
        return clock.moment_asked(text, now=at)
    except clock.UnreadableNow as unreadable:
        words = Label(
            f"看不懂时刻 {text}，例如 2026-05-03 或 2026-05-03T10:00:00+08:00",
            f"Cannot read the instant {text}; write 2026-05-03 or 2026-05-03T10:00:00+08:00",
        )
        raise CommandRefused(words, "unreadable-moment") from unreadable


_AHEAD = Label(
    "所问时刻在将来：明日的情形今日无法答复，请到时再查",
    "The moment lies ahead: nobody can be told today what will hold then; ask on that day",
)
NO_KEY = Label(
    "没有签名密钥，答复无法签名：先运行 gongxin init", "No key signs answers: run `gongxin init` first"
)


def unknown_matter(unknown: UnknownMatter) -> CommandRefused:
    from gongxin.core.measures import matters

    known = matters().values()
    words = Label(
        f"没有事项 {unknown.matter_id}。可用：{'、'.join(f'{one.id}（{one.label.zh}）' for one in known)}",
        f"There is no matter {unknown.matter_id}. Known: {', '.join(one.id for one in known)}",
    )
    return CommandRefused(words, "unknown-matter", beside={"known": [one.id for one in known]})


def _unfit(unfit: UnfitWords) -> Label:
    option = {"purpose": "--purpose", "case_number": "--case"}[unfit.field]
    said = {
        Unfit.MISSING: Label("不能为空", "must be given"),
        Unfit.TOO_LONG: Label("过长", "is too long"),
        Unfit.HIDDEN: Label("含有不可显示的字符", "holds characters that cannot be shown"),
        Unfit.PERSON: Label(
            "会被保存，不得含有个人号码或住址", "is kept and may hold no person's number or home address"
        ),
    }[unfit.why]
    return Label(f"{option} {said.zh}", f"{option} {said.en}")


def in_words(told: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines in which a terminal tells an answer."""
    subject = told["subject"]
    if subject is not None:
        yield f"{subject['name']}  {subject['code'] or ''}"
    yield f"{_both(told['matter'])}: {_both(told['label'])}"
    for one in (*([told["why"]] if "why" in told else []), *told.get("warnings", ())):
        yield f"  ! {_both(one)}"
    for one in told.get("candidates", ()):
        yield f"  ? {one['name']}  {one['code'] or ''}"
    yield from _measures(told)
    yield from _lists(told)
    yield f"  {both(Label('有效至', 'valid until'))}: {_until(told)}"
    if told["remedy"] is not None:
        yield f"  {_both(told['remedy'])}"


def _measures(told: Mapping[str, Any]) -> Iterator[str]:
    records = {one["id"]: one for one in told["records"]}
    for one in told["measures"]:
        articles = "；".join(_article(cited) for cited in one["articles"])
        because = records[one["because"]]
        yield f"  {one['effect']}  {_both(one)}  {articles}"
        known = (because["document_number"], because["decided_on"], because["deciding_body"])
        yield f"    ← {'  '.join(filter(None, known))}"


def _until(told: Mapping[str, Any]) -> str:
    """Return by Beijing time until when an answer holds; the operator's own is for the moment it is given."""
    from gongxin.interfaces.pages.wording import instant_in_words

    words = instant_in_words(datetime.fromisoformat(told["valid_until"]), language="zh-hans")
    if told["valid_until"] > told["asked_at"]:
        return words
    return (
        f"{words}  {both(Label('仅当时有效；用 --agency 则持续有效', 'no longer; with --agency it lasts'))}"
    )


def _article(cited: Mapping[str, Any]) -> str:
    from gongxin.interfaces.pages.wording import article_in_words

    return f"《{cited['title']}》{article_in_words(cited['article'], language='zh-hans')}"


def _lists(told: Mapping[str, Any]) -> Iterator[str]:
    for one in told["lists_asked"]:
        day = one["complete_on"] or both(Label("从未报送", "never sent"))
        behind = f"  {both(Label('未按期更新', 'not up to date'))}" if one["stale"] else ""
        unused = (
            "" if one["used"] else f"  {both(Label('依据未确认，未使用', 'basis not confirmed, not used'))}"
        )
        yield f"  {_both(one)}: {both(Label('完整至', 'complete to'))} {day}{behind}{unused}"


def _both(told: Mapping[str, str]) -> str:
    return both(Label(told["zh"], told["en"]))
