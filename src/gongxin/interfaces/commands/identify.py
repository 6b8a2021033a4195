import argparse

from gongxin.core.identifiers import failures
from gongxin.core.identifiers.identify import (
    KIND_LABELS,
    WARNING_LABELS,
    CodeKind,
    Identification,
    identify,
)
from gongxin.interfaces.commands.output import both, print_json


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("codes", nargs="+", metavar="CODE", help="代码 / a code as written")
    parser.add_argument("--json", action="store_true", help="只输出 JSON / print JSON only")


def run(args: argparse.Namespace) -> int:
    found = [identify(code) for code in args.codes]
    if args.json:
        print_json([_as_json(one) for one in found])
    else:
        print("\n".join(_as_text(one) for one in found))
    return 0


def _as_json(found: Identification) -> dict[str, object]:
    return {
        "code": found.code,
        "kind": found.kind.value,
        "valid": found.valid,
        "reason": found.reason,
        "warnings": list(found.warnings),
    }


def _as_text(found: Identification) -> str:
    lines = [f"{found.code}  {both(KIND_LABELS[found.kind])}"]
    if found.reason is None:
        lines[0] += "  有效 (valid)"
    elif found.kind is not CodeKind.NONE or found.reason != failures.LENGTH:
        lines.append(f"    无效 (not valid): {both(failures.LABELS[found.reason])}")
    lines += [f"    提示 (note): {both(WARNING_LABELS[warning])}" for warning in found.warnings]
    return "\n".join(lines)
