"""Classed supervision of organisations: evaluations by dated tables, and samples drawn by them."""

from django.db import models
from django.db.models import Q

from gongxin.registry.accounts.models import Agency
from gongxin.registry.subjects.models import Organisation


class Evaluation(models.Model):
    """One run of one scheme as of one day. Never edited: another day is another run.

    Its results come thousands at a time, so it counts only once it is complete.
    """

    id = models.UUIDField(primary_key=True)
    scheme = models.CharField(max_length=40)
    edition = models.CharField(max_length=40)  # the dated table that was in force
    on = models.DateField()
    count = models.PositiveIntegerField()
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["scheme", "on"], name="evaluations_of_scheme")]


class Evaluated(models.Model):
    """The grade of one organisation and the rows of the table that gave it."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    id = models.UUIDField()
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="evaluated")
    grade = models.CharField(max_length=20)
    rows = models.JSONField()  # keys of the rows that decided it
    records = models.JSONField(default=list)  # ids of the records they read

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(grade=""), name="evaluated_has_a_grade"),
            models.UniqueConstraint(fields=["evaluation", "subject"], name="evaluated_once_in_a_run"),
        ]


class Draw(models.Model):
    """A random sample for inspection, weighted by class; seed and weights let anyone draw it again.

    `agency` is the body that inspects, and beside the centre the only one that reads the draw.
    """

    id = models.UUIDField(primary_key=True)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="draws")
    size = models.PositiveIntegerField()
    seed = models.CharField(max_length=64)
    weights = models.JSONField()
    drawn = models.JSONField()  # ids of organisations in the order drawn
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(seed="") & Q(size__gt=0), name="a_draw_has_seed_and_size")
        ]
