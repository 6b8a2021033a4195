"""Questions planned once on PostgreSQL: for the website, which asks the same small ones for ever.

Not for a load: its questions are large, its tables grow under their plans, and it lost half its speed
(decision 29).
"""

from types import MappingProxyType

from django.db import DEFAULT_DB_ALIAS, connections

PLANNED_ONCE = MappingProxyType({"server_side_binding": True, "prepare_threshold": 3})


def plan_questions_once() -> None:
    """Let PostgreSQL plan a question asked for the third time no more, on connections opened from now on."""
    database = connections.settings[DEFAULT_DB_ALIAS]
    if database["ENGINE"].endswith("postgresql"):
        database["OPTIONS"] = {**database["OPTIONS"], **PLANNED_ONCE}
