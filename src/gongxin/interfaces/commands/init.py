import argparse
import sys
from pathlib import Path

from gongxin.core.catalogue import Label
from gongxin.interfaces import clock
from gongxin.interfaces.commands.database import connect, operator, wire
from gongxin.interfaces.commands.output import CommandRefused, both


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="无话则不说 / say nothing if all went well")


def run(args: argparse.Namespace) -> int:
    """This will make what is missing; running it again changes nothing."""
    home, made = make_ready()
    if not args.quiet:
        state = Label("新建", "made") if made else Label("已有", "there already")
        print(f"{home}: {both(state)}")
        print(both(Label("库已建好，法规已装载", "the database stands and the law is loaded")))
    return 0


def make_ready() -> tuple[Path, list[str]]:
    """This will make the home, its keys, the tables and the law; return the home and the keys it made."""
    wire()
    from django.conf import settings

    home = Path(settings.GONGXIN_HOME)
    made = _make_keys(home)
    _migrate()
    _load_law()
    return home, made


def _make_keys(home: Path) -> list[str]:
    from gongxin.registry.sealing import make_keys

    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        return make_keys(home)
    except OSError as error:
        message = Label(
            f"无法写入 {home}：{error.strerror}。改其权限，或以 GONGXIN_HOME 另指一处，再重新运行",
            f"Cannot write to {home}: {error.strerror}. Change its rights, or name another place in"
            " GONGXIN_HOME, then run this again",
        )
        raise CommandRefused(message) from error


def _migrate() -> None:
    """This will bring the tables up to date, and record it if guards had gone that once stood."""
    from django.core.management import call_command

    from gongxin.registry import guards
    from gongxin.registry.audit.events import write_event

    connect()
    gone = guards.missing() if _was_initialised() else []
    call_command("migrate", verbosity=0, interactive=False)
    if gone:
        kind, detail = "database", {"guards": gone}
        write_event(
            actor=operator(),
            action="guards.restored",
            object_kind=kind,
            object_id=kind,
            at=clock.now(),
            detail=detail,
        )
        restored = ", ".join(gone)
        print(
            both(Label(f"已重新安装保护：{restored}", f"guards installed again: {restored}")), file=sys.stderr
        )


def _was_initialised() -> bool:
    from django.db import connection

    return "catalogue_edition" in connection.introspection.table_names()


def _load_law() -> None:
    from gongxin.flows.load_law import load_packaged_law
    from gongxin.flows.signing_keys import ensure_key

    load_packaged_law(actor=operator(), at=clock.now())
    ensure_key(actor=operator(), at=clock.now())
