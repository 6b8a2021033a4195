"""Questions of approval systems and the answers given; what was done; who follows whom.

An answer is never edited. When it no longer holds, a further one stands beside it with the notice that told
who had asked. Of a question about a natural person it is kept that it was asked, never about whom
(law-decisions 13).
"""

from django.db import models
from django.db.models import F, Q

from gongxin.core.checks.verdicts import Verdict
from gongxin.registry.accounts.models import Agency
from gongxin.registry.subjects.models import Organisation

VERDICTS = [(verdict.value, verdict.value) for verdict in Verdict]
WITHOUT_SUBJECT = [Verdict.CANNOT_TELL.value, Verdict.NOT_HELD_HERE.value, Verdict.SCENE_NOT_SERVED.value]


class SigningKey(models.Model):
    """A key that signs answers; the private half lies sealed. Retired, it verifies what it signed before."""

    id = models.CharField(max_length=43, primary_key=True)  # its RFC 7638 thumbprint
    algorithm = models.CharField(max_length=10)
    public_key = models.BinaryField(max_length=32)
    sealed_private_key = models.BinaryField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    retired_by = models.CharField(max_length=80, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["algorithm"], condition=Q(retired_at__isnull=True), name="one_key_signs"
            )
        ]


class MeasureRule(models.Model):
    """One row of the law of measures: which measure, because of what, on which matter. Loaded from `law/`."""

    id = models.CharField(max_length=160, primary_key=True)
    measure = models.CharField(max_length=40)
    trigger = models.CharField(max_length=60)
    matter = models.CharField(max_length=40)
    active = models.BooleanField()  # false: its law has not been read in full by anybody yet


class Check(models.Model):
    """One question about one organisation and its answer as it was signed."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="checks", db_index=False)
    id = models.UUIDField()
    matter = models.CharField(max_length=40)
    verdict = models.CharField(max_length=16, choices=VERDICTS)
    moment = models.DateTimeField()  # the instant asked about
    asked_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    signed = models.TextField()  # compact JWS (Ed25519); its payload is the answer
    agency = models.ForeignKey(  # the centre, where empty: nobody is then told, so the answer does not last
        Agency, null=True, on_delete=models.PROTECT, related_name="checks", db_index=False
    )
    asked_by = models.CharField(max_length=80)
    purpose = models.CharField(max_length=200)
    case_number = models.CharField(max_length=60)
    request_key = models.CharField(max_length=64, blank=True)  # the asker's own; the same asks once

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(purpose=""), name="a_check_has_its_purpose"),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("asked_at")), name="an_answer_holds_from_when_it_was_given"
            ),
            models.CheckConstraint(
                condition=Q(agency__isnull=False) | Q(valid_until=F("asked_at")),
                name="an_answer_that_lasts_has_whom_to_tell",
            ),
            models.UniqueConstraint(
                fields=["agency", "request_key"], condition=~Q(request_key=""), name="one_check_a_request"
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="checks_by_id"),
            models.Index(fields=["agency", "asked_at"], name="checks_of_agency"),
            models.Index(fields=["valid_until"], name="checks_that_hold"),
        ]


class Unanswered(models.Model):
    """A question no subject could be found for, or of a scene not served: nothing of a person is kept."""

    id = models.UUIDField(primary_key=True)
    matter = models.CharField(max_length=40)
    verdict = models.CharField(max_length=16, choices=VERDICTS)
    why = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_by = models.CharField(max_length=80)
    purpose = models.CharField(max_length=200)
    case_number = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=WITHOUT_SUBJECT), name="nobody_unknown_is_allowed_anything"
            )
        ]
        indexes = [models.Index(fields=["agency", "asked_at"], name="unanswered_of_agency")]


class Applied(models.Model):
    """One measure an answer named, by its row of the law. `registry.guards` refuses another matter's."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    id = models.UUIDField()
    check_id = models.UUIDField()
    rule = models.ForeignKey(MeasureRule, on_delete=models.PROTECT, related_name="+", db_index=False)
    record_id = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["rule"], name="applied_by_rule")]


class Changed(models.Model):
    """An answer that no longer held within its validity, and what holds instead; its asker was told."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    id = models.UUIDField()
    check_id = models.UUIDField()
    verdict = models.CharField(max_length=16, choices=VERDICTS)
    signed = models.TextField()
    at = models.DateTimeField()
    notice_id = models.UUIDField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.CharField(max_length=80, null=True)

    class Meta:
        indexes = [
            models.Index(fields=["check_id", "at"], name="changes_of_check"),
            models.Index(fields=["at"], name="changes_by_time"),
        ]


class Feedback(models.Model):
    """What was in fact done because of an answer."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    id = models.UUIDField()
    check_id = models.UUIDField()
    rule = models.ForeignKey(MeasureRule, null=True, on_delete=models.PROTECT, related_name="+")
    done = models.CharField(max_length=12)  # applied | not-applied | granted
    note = models.CharField(max_length=1000, blank=True)
    done_on = models.DateField()
    public = models.BooleanField(default=False)  # its body says that it may be told as a case to everybody
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    published_at = models.DateTimeField(null=True)  # since when it is told, and by whom of the centre
    published_by = models.CharField(max_length=80, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | (
                    Q(public=True, published_at__isnull=False, published_by__isnull=False)
                    & ~Q(published_by=F("by"))
                ),
                name="a_case_is_told_by_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(done__in=["applied", "not-applied", "granted"]), name="feedback_is_known"
            ),
        ]
        indexes = [models.Index(fields=["check_id"], name="feedback_of_check")]


class Follow(models.Model):
    """One body follows one organisation for a purpose until a day; unless sealed, its subject sees it."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="follows", db_index=False
    )
    id = models.UUIDField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="follows")
    purpose = models.CharField(max_length=200)
    basis = models.CharField(max_length=200)  # the article, or the consent, on which it rests
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=80)
    until_on = models.DateField()
    seal_id = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(purpose="") & ~Q(basis=""), name="a_follow_has_its_purpose"),
            models.UniqueConstraint(
                fields=["subject", "agency"], condition=Q(ended_at__isnull=True), name="followed_once_by_each"
            ),
        ]


class Warned(models.Model):
    """A change a follower was told of; the record and kind of change, never its content."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    id = models.UUIDField()
    follow_id = models.UUIDField()
    kind = models.CharField(max_length=30)
    record_id = models.UUIDField(null=True)
    class_id = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    notice_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "follow_id", "kind", "record_id", "at"], name="warned_once_of_each"
            )
        ]
        indexes = [models.Index(fields=["follow_id", "at"], name="warnings_of_follow")]


class Rechecked(models.Model):
    """Up to which instant the answers that held were reckoned again. One row."""

    id = models.SmallIntegerField(primary_key=True)
    through = models.DateTimeField()
