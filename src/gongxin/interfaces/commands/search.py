"""`gongxin search`: find subjects by two characters of their name, or by code."""

import argparse
import json
import sys

from gongxin.core.catalogue import Label
from gongxin.interfaces.commands.output import both

TOO_SHORT = Label(
    "请至少输入名称中的两个字，或完整的代码", "Give at least two characters of the name, or a whole code"
)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", help="名称中的两个字以上，或代码 / two characters of a name, or a code")
    parser.add_argument("--limit", type=int, default=20)
    parser.add_argument("--json", action="store_true", help="机器可读 / one JSON object on stdout")


def run(args: argparse.Namespace) -> int:
    from gongxin.interfaces.commands.database import ready

    ready()
    from gongxin.interfaces.clock import now
    from gongxin.registry.publication.search import LEAST_CHARACTERS, search

    answer = search(args.text, at=now(), limit=args.limit)
    hits = [
        {"id": str(hit.subject_id), "name": hit.name, "code": hit.code, "kind": hit.kind,
         "former_name": hit.former_name, "other_name": hit.other_name}
        for hit in answer.hits
    ]  # fmt: skip
    if args.json:
        document = {"text": args.text, "total": answer.total, "capped": answer.capped, "hits": hits}
        print(json.dumps(document, ensure_ascii=False))
    else:
        for hit in answer.hits:
            former = f"（曾用名 {hit.former_name}）" if hit.former_name else ""
            print(f"{hit.code or '—':<20}{hit.name}{former}")
        print(f"共 {answer.total}{'+' if answer.capped else ''} 个 / found")
    if not hits and len(args.text.strip()) < LEAST_CHARACTERS:
        print(both(TOO_SHORT), file=sys.stderr)
    return 0 if hits else 1
