"""`bin/bench ingest|check|workbook|search|page|paint --rows N [--database URL] [--json]`."""

import argparse
import sys
from importlib import import_module

BENCHES = ("ingest", "check", "workbook", "search", "page", "paint")


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("bench", choices=BENCHES)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--database", default="", help="postgresql://…; default SQLite in a passing folder")
    parser.add_argument("--json", action="store_true", dest="as_json")
    parser.add_argument("--names", default="", help="search: a file of names and codes (tab-separated, .gz)")
    args = parser.parse_args()
    options = {"rows": args.rows, "as_json": args.as_json}
    if args.bench in {"ingest", "workbook", "search", "page"}:
        options["database"] = args.database
    if args.bench == "search":
        options["names"] = args.names
    return int(import_module(f"bench.{args.bench}").main(**options))


if __name__ == "__main__":
    sys.exit(main())
