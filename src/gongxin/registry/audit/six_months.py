from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateField, Func
from django.db.models.sql.compiler import SQLCompiler


class SixMonthsAfter(Func):
    """The corresponding day six months on, or that month's last where there is none, as `core.periods` says.

    Written once for each database, so that its constraint needs no function of ours.
    """

    arity = 1
    output_field = DateField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, Any]:
        # '+6 months' runs over into the next month where a day is missing; the month's last day bounds it.
        day = "%(expressions)s"
        bounded = f"MIN(date({day}, '+6 months'), date({day}, 'start of month', '+7 months', '-1 day'))"
        return self.as_sql(compiler, connection, template=bounded, **context)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, Any]:
        return self.as_sql(
            compiler, connection, template="(%(expressions)s + interval '6 months')::date", **context
        )
