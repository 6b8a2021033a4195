"""Credit subjects: legal persons, other organisations, licensed professionals."""

from django.db import models


class Subject(models.Model):
    """One subject. Names and identifiers live beside it with their intervals; a merge never rewrites."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=20)  # organisation | professional
    database = models.CharField(max_length=20)  # legal-person | other-organisation | natural-person
    region = models.CharField(max_length=6, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["organisation", "professional"]), name="subject_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(database__in=["legal-person", "other-organisation", "natural-person"]),
                name="subject_database_is_known",
            ),
        ]


class Organisation(models.Model):
    """Marks a subject as an organisation, so that foreign keys of lists and measures can point
    at organisations only (R7)."""

    subject = models.OneToOneField(Subject, primary_key=True, on_delete=models.PROTECT)


class Identifier(models.Model):
    """One identifier of a subject. A scheme and value name one subject at a time."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="identifiers", db_index=False)
    scheme = models.CharField(max_length=30)
    value = models.CharField(max_length=64)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["value", "scheme"],
                condition=models.Q(until_at__isnull=True),
                name="one_subject_per_current_identifier",
            )
        ]
        indexes = [
            models.Index(fields=["subject"], name="identifiers_of_subject"),
            models.Index(
                fields=["value"],
                condition=models.Q(until_at__isnull=False),
                name="identifiers_no_longer_borne",
            ),
        ]


class SealedIdentifier(models.Model):
    """An identifier of a professional: found by keyed hash, kept in an envelope."""

    id = models.UUIDField(primary_key=True)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="sealed_identifiers")
    scheme = models.CharField(max_length=30)
    lookup_hash = models.CharField(max_length=64)
    key_id = models.CharField(max_length=32)
    nonce = models.BinaryField(max_length=12)
    ciphertext = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "lookup_hash"], name="one_subject_per_sealed_identifier"
            )
        ]


class SubjectName(models.Model):
    """A name a subject bears or bore. The integer id is internal: it is the search index's row id."""

    id = models.BigIntegerField(primary_key=True)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="names", db_index=False)
    name = models.CharField(max_length=200)
    normal = models.CharField(max_length=200)
    searchable = models.BooleanField(default=True)  # false for a name that is a person's (R4)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject"], name="names_of_subject"),
            models.Index(fields=["normal"], name="names_by_normal_form"),
        ]


class Merge(models.Model):
    """A judgement that two subjects are one. Reversible; entries stay where they were posted."""

    id = models.UUIDField(primary_key=True)
    absorbed = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="merges_from")
    into = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="merges_into")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    proposed_by = models.CharField(max_length=80)
    decided_by = models.CharField(max_length=80)
    ground = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(proposed_by=models.F("decided_by")), name="a_merge_takes_two_persons"
            ),
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=models.Q(undone_at__isnull=True),
                name="absorbed_once_at_a_time",
            ),
        ]
