"""The figures of the quality board and the public statistics, month by month, kept ready.

Nothing here is a fact of its own: every figure is counted by one query of `measures`, and counted again
it is the same, or the facts have changed since `counted_at`.
"""

from django.db import models

from gongxin.registry.accounts.models import Agency


class QualityMonth(models.Model):
    """A month that has been counted: when, and how long that took."""

    month = models.CharField(max_length=7, primary_key=True)  # 2026-04, of the legal day; or `now`
    counted_at = models.DateTimeField()
    took_milliseconds = models.PositiveIntegerField()
    due_since = models.DateTimeField(null=True)  # a record it counts left public view: before all else


class QualityCount(models.Model):
    """How many of how many, by measure, agency and class, in one month."""

    month = models.ForeignKey(
        QualityMonth, on_delete=models.CASCADE, related_name="counts", db_column="month", db_index=False
    )
    measure = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    class_id = models.CharField(max_length=40)
    good = models.BigIntegerField()
    total = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "measure", "agency", "class_id"],
                name="one_count_per_measure_and_agency",
            ),
            models.CheckConstraint(
                condition=models.Q(good__gte=0, good__lte=models.F("total")), name="good_is_part_of_total"
            ),
        ]
