"""Who did what, and who looked at whom. Append-only: triggers refuse update and delete."""

from django.db import models


class AuditEvent(models.Model):
    """One act of a person, key, command or job, written in the same transaction as what it did.

    `detail` holds ids and counts, never the values of a record.
    """

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=8)
    actor = models.CharField(max_length=80)
    action = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=30)
    object_id = models.CharField(max_length=64)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["object_kind", "object_id", "at"], name="audit_of_object")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(actor_kind__in=["user", "key", "command", "job"]),
                name="audit_actor_kind_is_known",
            )
        ]


class Look(models.Model):
    """Someone opened a subject's file: who, whom, for what purpose. The subject may see it."""

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=8)
    actor = models.CharField(max_length=80)
    subject_id = models.UUIDField()  # a plain value: audit lies below subjects
    purpose = models.CharField(max_length=200)
    case_number = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject_id", "at"], name="look_at_subject")]
