"""What was told to whom, when, and the proof that it arrived.

A notice is written in the transaction of what it tells of; it is delivered afterwards, on every way the
addressee can be reached. `facts` are what its words are drawn from; `paper` is the notice as it was first
read or sent, and stays as it is from then on.
"""

from django.db import models

from gongxin.registry.accounts.models import Agency, User
from gongxin.registry.subjects.models import Subject


class Notice(models.Model):
    """One notice about a subject: to the subject itself, or to the body in `agency`."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="notices", db_index=False)
    id = models.UUIDField()
    kind = models.CharField(max_length=40)
    agency = models.ForeignKey(
        Agency, null=True, on_delete=models.PROTECT, related_name="notices", db_index=False
    )
    record_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)
    paper = models.JSONField(null=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="notices_by_time"),
            models.Index(
                fields=["agency", "at"], condition=models.Q(agency__isnull=False), name="notices_of_agency"
            ),
            models.Index(
                fields=["case_id"], condition=models.Q(case_id__isnull=False), name="notices_of_case"
            ),
        ]


class Delivery(models.Model):
    """One way on which one notice goes to one recipient, and how far it has come.

    The row is the job: whoever sends claims it by its lease. `served_at` needs `proof`: how it is known.
    """

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    id = models.UUIDField()
    notice_id = models.UUIDField()
    channel = models.CharField(max_length=8)
    recipient = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="deliveries")
    state = models.CharField(max_length=8, default="queued")
    tries = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    served_at = models.DateTimeField(null=True)
    proof = models.CharField(max_length=200, blank=True)
    noted_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(channel__in=["page", "email", "letter", "counter"]),
                name="delivery_channel_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["queued", "sent", "served", "failed"]),
                name="delivery_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(served_at__isnull=True) | ~models.Q(proof=""),
                name="service_has_its_proof",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="served") | models.Q(served_at__isnull=False),
                name="served_at_an_instant",
            ),
            models.UniqueConstraint(
                fields=["subject", "notice_id", "channel", "recipient"], name="one_delivery_a_way"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state="queued", channel="email"),
                name="mail_to_be_sent",
            ),
            models.Index(
                fields=["queued_at"],
                condition=models.Q(state="failed", channel="email"),
                name="mails_that_failed",
            ),
            models.Index(fields=["notice_id"], name="deliveries_of_notice"),
        ]
