"""What every command that needs the database does first, and who it says has acted."""

import getpass
import os
from pathlib import Path
from typing import TYPE_CHECKING

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.catalogue import Label
from gongxin.interfaces.commands.output import CommandRefused

if TYPE_CHECKING:
    from gongxin.registry.accounts.models import Agency

NOT_INITIALISED = Label("尚未建库：先运行 gongxin init", "Not initialised: run `gongxin init` first")


def ready() -> None:
    """This will set Django up. Refuses, in words, a database that is not there or not initialised."""
    wire()
    from django.conf import settings
    from django.db import OperationalError

    if not (Path(settings.GONGXIN_HOME) / "keys" / "session").exists() or _is_missing_file(
        settings.DATABASES
    ):
        raise CommandRefused(NOT_INITIALISED)
    try:
        if _migrations_are_due() or not _law_is_loaded():
            raise CommandRefused(NOT_INITIALISED)
        _refuse_without_guards()
    except OperationalError as error:
        raise unreachable(error) from error


def wire() -> None:
    """This will read the settings and load the apps; the database is not touched yet."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongxin.project.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as refused:
        raise CommandRefused(
            Label(f"设置有误：{refused}", f"A setting cannot be used: {refused}")
        ) from refused


def unreachable(error: Exception) -> CommandRefused:
    """Return the refusal for a database that does not answer; the driver's words say why."""
    reason = " ".join(str(error).split())
    return CommandRefused(Label(f"数据库无法使用：{reason}", f"The database cannot be used: {reason}"))


def agency_of(code: str) -> "Agency":
    """Return the agency a command names. Refuses a code that is not registered."""
    from gongxin.core.identifiers.normal_form import normalise_code
    from gongxin.registry.accounts.queries import UnknownAgency, agency_of_code

    try:
        return agency_of_code(normalise_code(code))
    except UnknownAgency as unknown:
        raise CommandRefused(
            Label(
                f"没有登记代码为 {code} 的单位；用 gongxin agency add 登记",
                f"No agency is registered under {code}; register it with `gongxin agency add`",
            )
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
            )
        )
