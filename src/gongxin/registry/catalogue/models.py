"""The catalogue and the law as loaded: editions, class documents, calendars, confirmations."""

from django.db import models


class Edition(models.Model):
    """One edition of the catalogue: a document with an approval number and a day in force."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=60, unique=True)
    approval = models.CharField(max_length=120)
    in_force_on = models.DateField()
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=80)
    activated_at = models.DateTimeField(null=True)
    activated_by = models.CharField(max_length=80, blank=True)
    withdrawn_at = models.DateTimeField(null=True)  # before its day: it never held
    withdrawn_by = models.CharField(max_length=80, blank=True, default="", db_default="")
    withdraw_ground = models.CharField(max_length=200, blank=True, default="", db_default="")
    changes = models.TextField(blank=True)  # the diff to the last edition, as loaded
    document = models.TextField(blank=True, default="", db_default="")  # edition.yaml, as approved

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by="", withdraw_ground="")
                | (
                    models.Q(withdrawn_at__isnull=False, activated_at__isnull=False)
                    & models.Q(withdrawn_by__gt="", withdraw_ground__gt="")
                ),
                name="a_withdrawn_edition_was_activated_and_says_by_whom_and_why",
            )
        ]


class ClassDocument(models.Model):
    """One class of one edition, as the YAML text that was approved."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="classes")
    class_id = models.CharField(max_length=40)
    text = models.TextField()
    text_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "class_id"], name="one_document_per_class_and_edition")
        ]


class CalendarDocument(models.Model):
    """The official working-day notice of one year, loaded after the release."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    text = models.TextField()
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=80)


class LawConfirmation(models.Model):
    """An officer's word that an unconfirmed value of the law was read in its full text."""

    key = models.CharField(max_length=120, primary_key=True)
    text_hash = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    confirmed_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=80)
