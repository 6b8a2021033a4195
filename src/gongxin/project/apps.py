"""Wires what Django must do around migrations and checks."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection
from django.db.models.signals import post_migrate

from gongxin.registry import guards
from gongxin.registry.guarded_tables import APPEND_ONLY


class ProjectConfig(AppConfig):
    name = "gongxin.project"
    label = "project"

    def ready(self) -> None:
        # Sent only for apps with models; when it is, all apps have migrated.
        post_migrate.connect(_install_guards, sender=apps.get_app_config("publication"))
        register(_guards_stand, Tags.database)


def _install_guards(**_: Any) -> None:
    if APPEND_ONLY[0].table in connection.introspection.table_names():
        guards.install()


def _guards_stand(
    *,
    app_configs: Any = None,  # noqa: ARG001 (as Django calls)
    databases: Sequence[str] | None = None,
    **_: Any,
) -> list[CheckMessage]:
    if not databases or APPEND_ONLY[0].table not in connection.introspection.table_names():
        return []
    return [
        Error(f"The guard {name} does not stand.", hint="Run `gongxin init`.", id="gongxin.E001")
        for name in guards.missing()
    ]
