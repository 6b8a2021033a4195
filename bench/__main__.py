"""`bin/bench ingest|check|workbook|search|match|page|names|paint|checks --rows N [--database URL] --json`."""

import argparse
import json
import sys
import tempfile
from importlib import import_module
from pathlib import Path

BENCHES = ("ingest", "check", "workbook", "search", "match", "page", "names", "paint", "checks")


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("bench", choices=BENCHES)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--database", default="", help="postgresql://…; default SQLite in a passing folder")
    parser.add_argument("--json", action="store_true", dest="as_json")
    parser.add_argument(
        "--names",
        default="",
        help="search, match: names and codes (tab-separated, .gz); names: full and short names (CSV)",
    )
    args = parser.parse_args()
    options = {"rows": args.rows}
    if args.bench in {"ingest", "workbook", "search", "match", "page", "checks"}:
        options["database"] = args.database
    if args.bench in {"search", "match", "names"}:
        options["names"] = args.names
    with tempfile.TemporaryDirectory(prefix="gongxin-bench-") as folder:
        found = import_module(f"bench.{args.bench}").measure(**options, folder=Path(folder))
    lines = "\n".join(f"{name:<28}{figure}" for name, figure in found.items())
    print(json.dumps(found, ensure_ascii=False) if args.as_json else lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
