"""Credit subjects: legal persons, other organisations, licensed professionals."""

from django.db import models

from gongxin.registry.intake.models import UnlinkedRow


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


class Doubt(models.Model):
    """Two that may be one and wait for a person: a row nobody could link, or a subject, beside a subject."""

    id = models.UUIDField(primary_key=True)
    row = models.ForeignKey(UnlinkedRow, null=True, on_delete=models.PROTECT, related_name="doubts")
    subject = models.ForeignKey(Subject, null=True, on_delete=models.PROTECT, related_name="doubts")
    other = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="doubts_beside")
    reason = models.CharField(max_length=20)  # same-name | like-name | damaged-code | asked
    score = models.FloatField()
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(row__isnull=False, subject__isnull=True)
                | models.Q(row__isnull=True, subject__isnull=False),
                name="a_doubt_is_about_a_row_or_a_subject",
            ),
            # One order of the two, so that a pair cannot be doubted twice.
            models.CheckConstraint(
                condition=models.Q(subject__isnull=True) | models.Q(subject__lt=models.F("other")),
                name="a_doubted_pair_has_one_order",
            ),
            models.UniqueConstraint(fields=["row", "other"], name="one_doubt_per_row_and_subject"),
            models.UniqueConstraint(fields=["subject", "other"], name="one_doubt_per_pair"),
        ]
        indexes = [models.Index(fields=["found_at"], name="doubts_by_age")]


class NamesCompared(models.Model):
    """How far, by the ids of names, subjects of one name were looked for. One row."""

    id = models.SmallIntegerField(primary_key=True)
    through = models.BigIntegerField()


SAME, DIFFERENT, CANNOT_TELL = "same", "different", "cannot-tell"


class Judgement(models.Model):
    """What a person said of a doubt. Never edited: another judgement, or taking it back, ends it."""

    id = models.UUIDField(primary_key=True)
    doubt = models.ForeignKey(Doubt, on_delete=models.PROTECT, related_name="judgements")
    verdict = models.CharField(max_length=12)
    ground = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, null=True)  # empty until filled once (registry.guards)
    end_ground = models.CharField(max_length=200, null=True)  # of taking it back, or of what replaced it

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verdict__in=[SAME, DIFFERENT, CANNOT_TELL]),
                name="a_verdict_is_known",
            ),
            models.CheckConstraint(condition=~models.Q(ground=""), name="a_judgement_has_its_ground"),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True, end_ground__isnull=True)
                | models.Q(
                    ended_at__isnull=False,
                    ended_by__isnull=False,
                    end_ground__isnull=False,
                    end_ground__gt="",
                ),
                name="an_ended_judgement_says_by_whom_and_why",
            ),
            models.UniqueConstraint(
                fields=["doubt"], condition=models.Q(ended_at__isnull=True), name="one_live_judgement"
            ),
        ]


class Merge(models.Model):
    """A decision that two subjects are one. Reversible; entries stay where they were posted."""

    id = models.UUIDField(primary_key=True)
    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, related_name="merges")
    absorbed = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="merges_from")
    into = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="merges_into")
    at = models.DateTimeField()
    proposed_by = models.CharField(max_length=80)
    decided_by = models.CharField(max_length=80)
    ground = models.CharField(max_length=200)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=80, null=True)  # empty until filled once (registry.guards)
    undo_ground = models.CharField(max_length=200, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(proposed_by=models.F("decided_by")), name="a_merge_takes_two_persons"
            ),
            models.CheckConstraint(
                condition=~models.Q(absorbed=models.F("into")), name="nobody_is_merged_into_itself"
            ),
            models.CheckConstraint(condition=~models.Q(ground=""), name="a_merge_has_its_ground"),
            models.CheckConstraint(
                condition=models.Q(undone_at__isnull=True, undone_by__isnull=True, undo_ground__isnull=True)
                | models.Q(
                    undone_at__isnull=False,
                    undone_by__isnull=False,
                    undo_ground__isnull=False,
                    undo_ground__gt="",
                ),
                name="an_undone_merge_says_by_whom_and_why",
            ),
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=models.Q(undone_at__isnull=True),
                name="absorbed_once_at_a_time",
            ),
        ]


class SubjectSuccession(models.Model):
    """By law one subject took over from another. Records stay with whom they were decided about."""

    id = models.UUIDField(primary_key=True)
    predecessor = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="succeeded")
    kind = models.CharField(max_length=20)  # absorption | consolidation | division | split-off | conversion
    on = models.DateField()
    ground = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, null=True)  # empty until filled once (registry.guards)
    end_ground = models.CharField(max_length=200, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=["absorption", "consolidation", "division", "split-off", "conversion"]
                ),
                name="a_succession_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")), name="no_subject_succeeds_itself"
            ),
            models.CheckConstraint(condition=~models.Q(ground=""), name="a_succession_has_its_ground"),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True, end_ground__isnull=True)
                | models.Q(
                    ended_at__isnull=False,
                    ended_by__isnull=False,
                    end_ground__isnull=False,
                    end_ground__gt="",
                ),
                name="an_ended_succession_says_by_whom_and_why",
            ),
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                condition=models.Q(ended_at__isnull=True),
                name="succeeded_once_by_each",
            ),
        ]
