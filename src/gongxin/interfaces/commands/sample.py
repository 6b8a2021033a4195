"""`gongxin sample`: draws organisations to inspect, weighted by class, so that anyone can draw again."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from gongxin.core.catalogue import Label
from gongxin.core.draws import LargerThanAll, NothingToDraw
from gongxin.core.evaluation import NoSchemeInForce, UnknownScheme
from gongxin.interfaces import clock
from gongxin.interfaces.commands.asked_day import asked_day
from gongxin.interfaces.commands.evaluate import scheme_refused
from gongxin.interfaces.commands.output import CommandRefused, both, print_json

if TYPE_CHECKING:
    from gongxin.registry.supervision.models import Draw


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scheme", metavar="SCHEME", help="评价办法代号 / the id of the scheme")
    parser.add_argument("--size", required=True, type=int, metavar="N", help="抽取几家 / how many")
    parser.add_argument(
        "--seed", required=True, metavar="S", help="随机种子，公开约定 / the seed, agreed openly"
    )
    parser.add_argument(
        "--agency", metavar="CODE", help="检查单位的代码 / the code of the body that inspects"
    )
    parser.add_argument(
        "--on", metavar="DATE", help="用哪一日的评价，默认最新 / of which day, else the newest"
    )
    parser.add_argument(
        "--with-unrated", action="store_true", help="无评价结果的也参加抽取 / draw the unrated too"
    )
    parser.add_argument("--json", action="store_true", help="只输出 JSON / print JSON only")


def run(args: argparse.Namespace) -> int:
    """This will draw, keep the draw, and print it."""
    from gongxin.interfaces.commands.database import ready

    ready()
    told = _as_json(_drawn(args))
    if args.json:
        print_json(told)
    else:
        print("\n".join(_in_words(told)))
    return 0


def _drawn(args: argparse.Namespace) -> "Draw":
    from gongxin.flows.draw_sample import NotEvaluated, OfAnotherSector, draw_sample
    from gongxin.interfaces.commands.database import agency_of, operator

    try:
        return draw_sample(
            scheme_id=args.scheme, size=args.size, seed=args.seed, actor=operator(), at=clock.now(),
            on=asked_day(args.on) if args.on else None, with_unrated=args.with_unrated,
            agency=agency_of(args.agency) if args.agency else None,
        )  # fmt: skip
    except OfAnotherSector as refused:
        said = Label("该办法不属于该单位主管的行业", "This scheme is not one of that body's sector")
        raise CommandRefused(said, "of-another-sector") from refused
    except (UnknownScheme, NoSchemeInForce) as refused:
        raise scheme_refused(refused) from refused
    except NotEvaluated as missing:
        said = Label(
            f"还没有评价结果：先运行 gongxin evaluate {args.scheme}",
            f"Nothing was evaluated yet: run `gongxin evaluate {args.scheme}` first",
        )
        raise CommandRefused(said, "not-evaluated") from missing
    except LargerThanAll as larger:
        said = Label(
            f"要抽 {larger.size} 家，参加抽取的只有 {larger.population} 家",
            f"{larger.size} were asked for; there are {larger.population} to draw from",
        )
        raise CommandRefused(said, "larger-than-all") from larger
    except NothingToDraw as nothing:
        said = Label(
            "至少抽一家；种子须有 1 至 64 个字符", "Draw one at least, with a seed of 1 to 64 characters"
        )
        raise CommandRefused(said, "nothing-to-draw") from nothing


def _as_json(draw: "Draw") -> dict[str, Any]:
    from uuid import UUID

    from gongxin.registry.subjects.queries import profiles

    known = profiles({UUID(one) for one in draw.drawn}, at=draw.at)
    evaluation = draw.evaluation
    return {
        "draw": draw.id.hex,
        "evaluation": evaluation.id.hex,
        "scheme": evaluation.scheme,
        "edition": evaluation.edition,
        "on": evaluation.on.isoformat(),
        "size": draw.size,
        "seed": draw.seed,
        "weights": draw.weights,
        "drawn_at": draw.at.isoformat(),
        "drawn": [
            {"subject": one, "code": known[UUID(one)].code, "name": known[UUID(one)].name}
            for one in draw.drawn
        ],
    }


def _in_words(told: dict[str, Any]) -> Iterator[str]:
    yield f"{told['scheme']} {told['edition']} · {told['on']} · {told['evaluation']}"
    yield f"{both(Label('种子', 'seed'))} {told['seed']} · {told['weights']}"
    for number, one in enumerate(told["drawn"], start=1):
        yield f"{number:>4}  {one['code'] or '':<18}  {one['name']}"
