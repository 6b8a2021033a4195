"""What bin/run asks about the home it made: `tax-bureau`, `accounts`, `only` (no real agency in it?)."""

import json
import os
import socket
import sys
from pathlib import Path

LAST_PORT = 65535


def note() -> dict:
    return json.loads((Path(os.environ["GONGXIN_HOME"]) / "demonstration.json").read_text("utf-8"))


def tax_bureau() -> int:
    print(note()["agencies"]["tax"])
    return 0


def accounts() -> int:
    from gongxin.core.demonstration.accounts import TITLE, account_lines

    print(f"    {TITLE}")
    for line in account_lines(note()["accounts"]):
        print(f"      {line}")
    return 0


def only() -> int:
    """Return 1 if a real agency was entered; a database that was never finished holds none."""
    from django.db import DatabaseError

    from gongxin.interfaces.commands.database import wire

    wire()
    from gongxin.registry.accounts.queries import holds_real_agencies

    try:
        return int(holds_real_agencies())
    except DatabaseError:
        return 0


def free(port: str) -> int:
    """Return 1 if another program has it; a port that cannot be is said so in words."""
    if not 0 < int(port) <= LAST_PORT:
        said = f"{port}：端口应在 1 到 {LAST_PORT} 之间 / a port lies between 1 and {LAST_PORT}"
        print(said, file=sys.stderr)
        return 1
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", int(port)))
        except OSError:
            return 1
    return 0


QUESTIONS = {"tax-bureau": tax_bureau, "accounts": accounts, "only": only, "free": free}

if __name__ == "__main__":
    sys.exit(QUESTIONS[sys.argv[1]](*sys.argv[2:]))
