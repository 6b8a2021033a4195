"""The ledger: what was recorded about a subject, version by version. Append and supersede.

Triggers on both databases refuse every update but two: `superseded_at` once, and the erasure of
content and salt once (`erased_at`). `registry.guards` installs them after every migrate.
Keys start with the subject, so that the tables can be partitioned by it.
"""

from django.db import models

from gongxin.core.ledger import Kind
from gongxin.registry.accounts.models import Agency
from gongxin.registry.intake.models import Submission
from gongxin.registry.subjects.models import Subject

KIND_CHOICES = [(kind.value, kind.value) for kind in Kind]


class Entry(models.Model):
    """One version of one record. Current while `superseded_at` is empty."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="entries", db_index=False)
    id = models.UUIDField()
    record_id = models.UUIDField()  # the id of the record's first version; the record's address
    record_key = models.CharField(max_length=32)
    class_id = models.CharField(max_length=40)
    edition = models.CharField(max_length=60)
    adverse = models.BooleanField()
    kind = models.CharField(max_length=12, choices=KIND_CHOICES)
    content = models.TextField(null=True)
    content_hash = models.CharField(max_length=64)
    salt = models.BinaryField(max_length=16, null=True)
    decided_on = models.DateField(null=True)
    served_on = models.DateField(null=True)
    usable_from = models.DateField(null=True)
    document_number = models.CharField(max_length=128, blank=True)
    held_reason = models.CharField(max_length=40, blank=True)
    ground = models.CharField(max_length=200, blank=True)
    evidence_file = models.CharField(max_length=64, blank=True)
    proposed_by = models.CharField(max_length=80)
    decided_by = models.CharField(max_length=80)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="entries", db_index=False)
    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="entries", null=True, db_index=False
    )
    row = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "record_key"],
                condition=models.Q(superseded_at__isnull=True),
                name="one_current_entry_per_record",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["original", "resend"])
                | ~models.Q(proposed_by=models.F("decided_by")),
                name="a_change_takes_two_persons",
            ),
            models.CheckConstraint(
                condition=models.Q(superseded_at__isnull=True)
                | models.Q(superseded_at__gte=models.F("recorded_at")),
                name="superseded_after_recorded",
            ),
        ]
        # By submission alone: rows are posted by subject, so their numbers are not in order. Only what
        # stands: a recall asks again for each batch, and must not wade through what it took back before.
        indexes = [
            models.Index(
                fields=["submission"],
                condition=models.Q(superseded_at__isnull=True),
                name="standing_of_submission",
            ),
            # An agency's own sheet: all it answers for, withdrawn records too, which belong to no batch.
            # By the moment of recording, so that a load adds at one end and does not write all over it. Day
            # and class stand in it, so that a narrowed column reads no record but those it may show.
            models.Index(
                fields=["agency", "recorded_at", "decided_on", "class_id"],
                condition=models.Q(superseded_at__isnull=True),
                name="standing_of_agency",
            ),
        ]


class Number(models.Model):
    """A document number in its normal form and the entry that carries it, by code point: see `numbers`."""

    pk = models.CompositePrimaryKey("document_number", "entry_id")
    document_number = models.CharField(max_length=128)
    entry_id = models.UUIDField()
    subject_id = models.UUIDField()


class Fingerprint(models.Model):
    """What remains of a record that was withdrawn, repaired or erased: enough to know it again.

    Posting consults it: a row that would bring such a record back is held for certification.
    """

    pk = models.CompositePrimaryKey("subject_id", "record_key")
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, related_name="fingerprints", db_index=False
    )
    record_key = models.CharField(max_length=32)
    record_id = models.UUIDField()
    class_id = models.CharField(max_length=40)
    reason = models.CharField(max_length=20)  # withdrawal | repair | expiry | correction (of its key)
    at = models.DateTimeField()


class StateChange(models.Model):
    """A step of a record's dispute or repair. Append-only."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, related_name="state_changes", db_index=False
    )
    id = models.UUIDField()
    record_id = models.UUIDField()
    axis = models.CharField(max_length=8)  # dispute | repair
    value = models.CharField(max_length=12)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    ground = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(axis="dispute", value__in=["none", "open", "upheld", "refused"])
                | models.Q(axis="repair", value__in=["none", "requested", "refused", "repaired"]),
                name="state_change_value_fits_axis",
            )
        ]
