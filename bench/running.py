"""A demonstration province that answers: website and worker in processes of their own, for a real browser."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

GONGXIN = Path(sys.executable).parent / "gongxin"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# Chromium refuses its own sandbox to root, as in a container.
SANDBOX = ["--no-sandbox"] if os.geteuid() == 0 else []


@dataclass(frozen=True, slots=True)
class Province:
    """Where the website answers, and what the demonstration's people sign in with."""

    address: str
    home: Path
    passwords: dict[str, str]
    agencies: dict[str, str]


@contextmanager
def running_province(home: Path, *, subjects: int = 60, seed: int = 7) -> Iterator[Province]:
    """Yield a province laid anew in `home`, on SQLite, today; it ends with the block."""
    lay_province(home, subjects=subjects, seed=seed)
    with answering_province(home) as made:
        yield made


def lay_province(home: Path, *, subjects: int = 60, seed: int = 7) -> None:
    """This will initialise `home` and fill it with the demonstration province."""
    environment = environment_of(home)
    gongxin(environment, "init", "--quiet")
    gongxin(environment, "demo", "--subjects", str(subjects), "--seed", str(seed), "--json")


@contextmanager
def answering_province(home: Path) -> Iterator[Province]:
    """Yield the province that was laid in `home`; its website and worker end with the block."""
    environment = environment_of(home)
    note = json.loads((home / "demonstration.json").read_text("utf-8"))
    with running(environment, "serve", "--port", "0") as server, running(environment, "worker"):
        address = address_of(server)
        passwords = {name: account["password"] for name, account in note["accounts"].items()}
        yield Province(address, home, passwords, note["agencies"])


def gongxin(environment: dict[str, str], *words: str) -> str:
    """This will run a command of the product to its end; return what it printed."""
    done = subprocess.run([GONGXIN, *words], env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def environment_of(home: Path) -> dict[str, str]:
    """Return the environment of a platform in `home` that keeps its own time and nobody's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GONGXIN_")}
    return kept | {"GONGXIN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "gongxin.project.settings"}


def address_of(server: "subprocess.Popen[str]") -> str:
    """Return where the website answers, as it says on its first line."""
    return server.stdout.readline().split()[-1].rstrip("/") if server.stdout else ""


@contextmanager
def running(environment: dict[str, str], *words: str) -> Iterator["subprocess.Popen[str]"]:
    """Yield a command of the product that runs until the block ends."""
    process = subprocess.Popen([GONGXIN, *words], env=environment, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=30)
