"""The law of measures as rows of the database, which refuses what no row allows (law-decisions 10, 11)."""

from gongxin.core.measures import MeasureRule as Rule
from gongxin.core.measures import all_rules
from gongxin.registry.catalogue.queries import confirmed_sources
from gongxin.registry.checks.models import MeasureRule


def load_measures() -> None:
    """Let the database know every rule, inside the running transaction; those nobody read stay inert.

    A rule that left the law stays as a row, inert: answers given by it point at it.
    """
    confirmed = confirmed_sources()
    known = dict(MeasureRule.objects.values_list("id", "active"))
    rows = {one.id: _row(one, one.active(one.in_force_from, confirmed)) for one in all_rules()}
    MeasureRule.objects.bulk_create(
        [row for key, row in rows.items() if known.get(key) is not row.active],
        update_conflicts=True, unique_fields=["id"], update_fields=["active"], batch_size=500,
    )  # fmt: skip
    gone = [key for key, active in known.items() if active and key not in rows]
    MeasureRule.objects.filter(id__in=gone).update(active=False)


def _row(rule: Rule, active: bool) -> MeasureRule:
    return MeasureRule(
        id=rule.id, measure=rule.measure.id, trigger=rule.trigger, matter=rule.matter, active=active
    )
