"""What every command that needs the database does first, and who it says has acted."""

import getpass
import os
from pathlib import Path
from typing import TYPE_CHECKING

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.catalogue import Label
from gongxin.interfaces.commands.failures import code_of_database, place_of_database, words_for
from gongxin.interfaces.commands.output import CommandRefused

if TYPE_CHECKING:
    from gongxin.registry.accounts.models import Agency


def ready() -> None:
    """This will set Django up. Refuses, in words, a database that is not there or not initialised."""
    wire()
    from django.conf import settings

    if not (Path(settings.GONGXIN_HOME) / "keys" / "session").exists() or _is_missing_file(
        settings.DATABASES
    ):
        raise _not_initialised()
    connect()
    if _migrations_are_due() or not _law_is_loaded():
        raise _not_initialised()
    _refuse_without_guards()
    _refuse_real_data_in_a_sandbox()


def wire() -> None:
    """This will read the settings and load the apps; the database is not touched yet."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongxin.project.settings")
    import django
    from django.apps import apps
    from django.core.exceptions import ImproperlyConfigured

    if apps.ready:  # a second time would lay the log anew, on whatever stderr is then
        return
    try:
        django.setup()
    except ImproperlyConfigured as refused:
        said = getattr(refused, "message", Label(str(refused), str(refused)))
        raise CommandRefused(
            Label(
                f"设置有误：{said.zh}。改正后重新运行（见 docs/settings.md）",
                f"A setting cannot be used: {said.en}. Mend it and run this again (see docs/settings.md)",
            ),
            "setting-refused",
        ) from refused
    except PermissionError as error:
        raise CommandRefused(
            Label(
                f"无权读取 {error.filename}：查看 GONGXIN_HOME 属于谁，以该账号重新运行",
                f"{error.filename} may not be read: see whose GONGXIN_HOME is, and run this as that account",
            ),
            "home-unreadable",
        ) from error


def connect() -> None:
    """This will open the database. Whatever is wrong at the door is not our bug, and is refused in words."""
    from django.db import Error, connection

    try:
        connection.ensure_connection()
    except Error as error:
        code = code_of_database(error)
        raise CommandRefused(words_for(code), code) from error


def _not_initialised() -> CommandRefused:
    from django.conf import settings

    home, place = settings.GONGXIN_HOME, place_of_database()
    return CommandRefused(
        Label(
            f"尚未建库（GONGXIN_HOME {home}，数据库 {place}）：先运行 gongxin init",
            f"Not initialised (GONGXIN_HOME {home}, database {place}): run `gongxin init` first",
        ),
        "not-initialised",
    )


def agency_of(code: str) -> "Agency":
    """Return the agency a command names, or its last successor. Refuses a code that is not registered."""
    from gongxin.registry.accounts.queries import successor_of

    return successor_of(agency_named(code))


def agency_named(code: str) -> "Agency":
    """Return the very agency a command names. Refuses a code that is not registered."""
    from gongxin.core.identifiers.normal_form import normalise_code
    from gongxin.registry.accounts import queries

    try:
        return queries.agency_named(normalise_code(code))
    except queries.UnknownAgency as unknown:
        raise CommandRefused(
            Label(
                f"没有登记代码为 {code} 的单位；用 gongxin agency add 登记",
                f"No agency is registered under {code}; register it with `gongxin agency add`",
            ),
            "unknown-agency",
        ) from unknown


def operator() -> Actor:
    """Return who runs this command: the account of the operating system, never a person's name."""
    try:
        return Actor(ActorKind.COMMAND, getpass.getuser())
    except (KeyError, OSError):
        # A container may run under a number that no account bears.
        return Actor(ActorKind.COMMAND, f"uid-{os.getuid()}")


def _is_missing_file(databases: dict[str, dict[str, str]]) -> bool:
    """Return whether the database is an SQLite file that is not there; connecting would make one."""
    database = databases["default"]
    return (
        database["ENGINE"].endswith("sqlite3")
        and not _is_in_memory(database["NAME"])
        and not (Path(database["NAME"]).exists())
    )


def _is_in_memory(name: str) -> bool:
    return "memory" in name


def _migrations_are_due() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _law_is_loaded() -> bool:
    from gongxin.registry.catalogue.models import Edition

    return Edition.objects.filter(activated_at__isnull=False).exists()


def _refuse_without_guards() -> None:
    """History that could be changed unnoticed is not served, nor added to."""
    from gongxin.registry import guards

    missing = ", ".join(guards.missing())
    if missing:
        raise CommandRefused(
            Label(
                f"数据库缺少保护：{missing}。请查明原因，再运行 gongxin init 重新安装（将记入审计）",
                f"The database lacks guards: {missing}. Find out why; "
                "`gongxin init` installs them again and records it",
            ),
            "guards-missing",
        )


def _refuse_real_data_in_a_sandbox() -> None:
    """What strangers may send to is never a province's own register."""
    from django.conf import settings

    from gongxin.registry.accounts.queries import holds_real_agencies

    if settings.SANDBOX and holds_real_agencies():
        raise CommandRefused(
            Label(
                "库中有真实单位，不能作为沙箱运行；去掉 GONGXIN_SANDBOX，或另建一个库（另设 GONGXIN_HOME）",
                "This database holds real agencies and cannot be a sandbox; "
                "leave out GONGXIN_SANDBOX, or make another one, with another GONGXIN_HOME",
            ),
            "not-a-sandbox",
        )
