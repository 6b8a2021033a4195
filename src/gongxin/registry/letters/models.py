"""Letters the centre has made: numbered, dated, kept as they were. Append-only."""

from django.db import models

from gongxin.registry.accounts.models import Agency


class Letter(models.Model):
    """One letter. `paper` is all that is printed, its table included; Word and PDF are drawn from it."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=10)  # urging | circular
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    as_of = models.DateField()
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="letters")
    paper = models.JSONField()
    record_ids = models.JSONField(default=list)  # the records a 督办函 is about, in hexadecimal
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "number"], name="one_letter_per_number"),
            models.CheckConstraint(
                condition=models.Q(kind="urging", agency__isnull=False)
                | models.Q(kind="circular", agency__isnull=True),
                name="letter_is_addressed_as_its_kind_is",
            ),
        ]
