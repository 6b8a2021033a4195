"""Who did what, and who looked at whom. Append-only: triggers refuse update and delete."""

from django.db import models

from gongxin.registry.audit.six_months import SixMonthsAfter


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


class Seal(models.Model):
    """One body's looks at a subject in one investigation, hidden from the subject until a day (decision 22).

    Asked for by one person and approved by another of the centre; only looks of after that are sealed. An
    extension is a seal of its own, of the `first`. Rows only gain an approval and an end.
    """

    id = models.UUIDField(primary_key=True)
    first = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="extensions")
    subject_id = models.UUIDField()  # a plain value: audit lies below subjects
    agency_id = models.UUIDField(null=True)  # whose looks; empty for the centre
    case_number = models.CharField(max_length=60)
    article = models.CharField(max_length=200)  # the law and its article that keep the investigation secret
    until_on = models.DateField()  # they show from the beginning of this day on
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=80, null=True)  # empty until filled once (registry.guards)
    from_on = models.DateField(null=True)  # the legal day of the first approval: six months count from here
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, null=True)
    end_ground = models.CharField(max_length=200, null=True)  # of refusing what was asked, or of lifting it

    class Meta:
        indexes = [models.Index(fields=["subject_id", "asked_at"], name="seals_of_subject")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(case_number__gt="", article__gt=""),
                name="a_seal_names_its_case_and_article",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_at__isnull=True, approved_by__isnull=True, from_on__isnull=True)
                | models.Q(approved_at__isnull=False, approved_by__isnull=False, from_on__isnull=False),
                name="an_approved_seal_says_by_whom_and_from_when",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("asked_by")),
                name="nobody_approves_their_own_seal",
            ),
            models.CheckConstraint(
                condition=models.Q(from_on__isnull=True)
                | models.Q(until_on__gt=models.F("from_on"), until_on__lte=SixMonthsAfter("from_on")),
                name="a_seal_lasts_six_months_at_most",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True, end_ground__isnull=True)
                | models.Q(
                    ended_at__isnull=False,
                    ended_by__isnull=False,
                    end_ground__isnull=False,
                    end_ground__gt="",
                ),
                name="an_ended_seal_says_by_whom_and_why",
            ),
        ]


class Look(models.Model):
    """Someone opened a subject's file: who, for which body, whom, for what purpose.

    The subject may see it, by body and role and never by person; one under a seal once that has ended.
    """

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=8)
    actor = models.CharField(max_length=80)
    agency_id = models.UUIDField(null=True)  # for which body; empty for the centre
    role = models.CharField(max_length=24, blank=True)
    subject_id = models.UUIDField()  # a plain value: audit lies below subjects
    purpose = models.CharField(max_length=200)
    case_number = models.CharField(max_length=60, blank=True)
    seal = models.ForeignKey(Seal, null=True, on_delete=models.PROTECT, related_name="looks")

    class Meta:
        indexes = [models.Index(fields=["subject_id", "at"], name="look_at_subject")]
