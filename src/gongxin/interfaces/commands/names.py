import argparse
from dataclasses import asdict
from typing import Any

from gongxin.core.catalogue import Label
from gongxin.core.names.likeness import Likeness, likeness_of_names
from gongxin.core.names.parts import NameParts, parse_name
from gongxin.core.names.reasons import SAME_NAME, words_of
from gongxin.core.names.remarks import REMARKS, remarks_on
from gongxin.interfaces.commands.output import both, print_json

PARTS = {
    "region": Label("行政区划", "region"),
    "brand": Label("字号", "brand"),
    "industry": Label("行业", "industry"),
    "form": Label("组织形式", "legal form"),
    "branch": Label("分支机构", "branch"),
}
VERDICTS = {
    "same": Label("可视为相同", "as good as the same"),
    "possibly": Label("可能相同，须由人判断", "possibly the same: a person decides"),
    "different": Label("不同", "different"),
}
IDENTICAL = Label("同一名称", "the same name")


def configure(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    parse = acts.add_parser("parse", help="拆分名称 / tell the parts of a name")
    parse.add_argument("name", metavar="NAME", help="名称 / a name as written")
    compare = acts.add_parser("compare", help="比较两个名称 / say how alike two names are")
    compare.add_argument("name", metavar="A")
    compare.add_argument("other", metavar="B")
    for act in (parse, compare):
        act.add_argument("--json", action="store_true", help="只输出 JSON / print JSON only")


def run(args: argparse.Namespace) -> int:
    if args.act == "parse":
        parts = parse_name(args.name)
        shown = (args.name, parts)
        print_json(_parts_as_json(*shown)) if args.json else print(_parts_as_text(*shown))
    else:
        found = likeness_of_names(args.name, args.other)
        print_json(_likeness_as_json(found)) if args.json else print(_likeness_as_text(found))
    return 0


def _parts_as_json(name: str, parts: NameParts) -> dict[str, Any]:
    said = {part: getattr(parts, part) for part in (*PARTS, "normalised")}
    remarks = [{"code": code, **asdict(REMARKS[code])} for code in remarks_on(name, parts)]
    spans = {part: list(span) for part, span in parts.spans.items()}
    return {**said, "spans": spans, "remarks": remarks}


def _parts_as_text(name: str, parts: NameParts) -> str:
    lines = [f"{both(label)}: {getattr(parts, part) or '—'}" for part, label in PARTS.items()]
    lines += [both(REMARKS[code]) for code in remarks_on(name, parts)]
    return "\n".join([parts.normalised, *(f"    {line}" for line in lines)])


def _likeness_as_json(found: Likeness) -> dict[str, Any]:
    reasons = [
        {"part": one.part, "score": one.score, "code": one.code, **asdict(words_of(one))}
        for one in found.reasons
    ]
    return {"score": found.score, "verdict": found.verdict, "reasons": reasons}


def _likeness_as_text(found: Likeness) -> str:
    verdict = IDENTICAL if SAME_NAME in found.reasons else VERDICTS[found.verdict]
    heading = f"{found.score:.2f}  {both(verdict)}"
    return "\n".join([heading, *(f"    {both(words_of(one))}" for one in found.reasons)])
