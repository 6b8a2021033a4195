"""Publication decisions, append-only. Whether something shows is derived from them and the moment asked."""

from django.db import models

from gongxin.core.disclosure import Outcome
from gongxin.registry.subjects.models import Subject

OUTCOME_CHOICES = [(outcome.value, outcome.value) for outcome in Outcome]


class Decision(models.Model):
    """One decision about one record's publication; the newest one holds.

    The three ends are stored apart (law-decisions 6) with the rule and source that gave them.
    """

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="decisions", db_index=False)
    id = models.UUIDField()
    record_id = models.UUIDField()
    entry_id = models.UUIDField()  # the version it was taken for; carried with subject_id
    class_id = models.CharField(max_length=40)
    outcome = models.CharField(max_length=10, choices=OUTCOME_CHOICES)
    reason = models.CharField(max_length=40, blank=True)
    penalty_class = models.CharField(max_length=10, blank=True)  # minor | general | serious
    audience = models.CharField(max_length=10)  # public | subject
    publish_from = models.DateTimeField(null=True)
    publish_until = models.DateTimeField(null=True)
    share_until = models.DateTimeField(null=True)
    use_until = models.DateTimeField(null=True)
    repairable_from = models.DateField(null=True)
    due_on = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    late_working_days = models.IntegerField(null=True)
    rule = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(publish_until__isnull=True)
                | models.Q(publish_from__isnull=True)
                | models.Q(publish_until__gte=models.F("publish_from")),
                name="published_until_after_from",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="published") | models.Q(publish_from__isnull=False),
                name="published_has_a_beginning",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="withheld") | ~models.Q(reason=""),
                name="withheld_has_a_lawful_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["class_id", "publish_from"],
                condition=models.Q(outcome="published", audience="public"),
                name="newest_published",
            ),
            models.Index(
                fields=["due_on"], condition=models.Q(outcome="pending"), name="decisions_still_due"
            ),
            models.Index(
                fields=["decided_at"],
                condition=models.Q(outcome="suspended"),
                name="decisions_that_suspend",
            ),
            models.Index(
                fields=["class_id", "decided_at"],
                condition=models.Q(outcome="ended"),
                name="decisions_that_end",
            ),
            # Whether something of a subject was ever hidden, ended or left to a person: few ever are, and
            # every batch asks.
            models.Index(
                fields=["subject", "class_id"],
                condition=models.Q(outcome__in=["suspended", "masked", "ended", "pending"]),
                name="decisions_that_stop",
            ),
        ]


class Showing(models.Model):
    """Until when something of a class about a subject shows to everyone: a sum `showing` keeps."""

    pk = models.CompositePrimaryKey("subject_id", "class_id")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="showing", db_index=False)
    class_id = models.CharField(max_length=40)
    until = models.DateTimeField()
