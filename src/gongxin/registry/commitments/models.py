"""What organisations, public bodies among them, promised in writing, and how they kept it.

The record of the class `commitment` is what shows; here lie the signature and what was found of it. A natural
person promises nothing here (R9): the foreign key points at organisations.
"""

from django.db import models
from django.db.models import F, Q

from gongxin.registry.accounts.models import Agency, User
from gongxin.registry.subjects.models import Organisation

LONGEST_TERM_DAYS = 60  # 保障中小企业款项支付条例 9: thirty days, sixty at most where agreed


class Commitment(models.Model):
    """One promise as it was signed in the page. Never edited."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="commitments", db_index=False
    )
    id = models.UUIDField()
    record_id = models.UUIDField()  # its record in the ledger
    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=30)
    template = models.CharField(max_length=60)
    matter = models.CharField(max_length=512)
    text = models.TextField()  # the whole letter with the line of its signature
    made_on = models.DateField()
    keep_until = models.DateField(null=True)  # the day by which it is to be kept
    accepting_agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="commitments", db_index=False
    )
    signatory = models.CharField(max_length=50)  # kept, never shown (R9)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(signatory="") & ~Q(matter=""), name="a_commitment_is_signed"
            ),
        ]
        indexes = [
            models.Index(fields=["accepting_agency", "keep_until"], name="commitments_to_agency"),
        ]


class Finding(models.Model):
    """What the accepting body found of a commitment, with its evidence. The newest one holds."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    id = models.UUIDField()
    commitment_id = models.UUIDField()
    fulfilment = models.CharField(max_length=8)  # kept | partly | broken
    unfulfilled = models.CharField(max_length=4000, blank=True)
    consequence = models.CharField(max_length=4000, blank=True)
    evidence = models.CharField(max_length=300, blank=True)  # the document that proves it, by its number
    found_on = models.DateField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    notice_id = models.UUIDField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fulfilment="kept", unfulfilled="", consequence="")
                | (
                    Q(fulfilment__in=["partly", "broken"])
                    & ~Q(unfulfilled="")
                    & ~Q(consequence="")
                    & ~Q(evidence="")
                ),
                name="a_breach_is_proven",
            ),
        ]
        indexes = [models.Index(fields=["commitment_id", "at"], name="findings_of_commitment")]


class Payment(models.Model):
    """What a public body or a large firm owes a small one for goods, works or services, and by when."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(  # who owes
        Organisation, on_delete=models.PROTECT, related_name="payments_owed", db_index=False
    )
    id = models.UUIDField()
    payee = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="payments_due")
    contract_number = models.CharField(max_length=128)
    amount_yuan = models.DecimalField(max_digits=15, decimal_places=2)
    delivered_on = models.DateField()
    agreed_days = models.PositiveSmallIntegerField(null=True)  # none where the contract says nothing
    due_on = models.DateField()
    paid_on = models.DateField(null=True)
    evidence = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    paid_recorded_at = models.DateTimeField(null=True)
    paid_recorded_by = models.CharField(max_length=80, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_days__isnull=True) | Q(agreed_days__lte=LONGEST_TERM_DAYS),
                name="payment_within_sixty_days",
            ),
            models.CheckConstraint(condition=Q(due_on__gt=F("delivered_on")), name="due_after_delivery"),
            models.CheckConstraint(condition=Q(amount_yuan__gt=0), name="payment_is_of_something"),
            models.CheckConstraint(condition=~Q(subject=F("payee")), name="nobody_owes_itself"),
            models.CheckConstraint(
                condition=~Q(contract_number="") & ~Q(evidence=""), name="payment_has_its_contract"
            ),
            models.UniqueConstraint(
                fields=["subject", "payee", "contract_number", "delivered_on"], name="one_payment_a_delivery"
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(paid_on__isnull=True), name="payments_not_made"),
        ]


class GraveDelay(models.Model):
    """What a person found of a public body's late payment, and a second one decided: the trigger of art 26.

    It rests on payments not made; it weighs from its decision until they are made, or `until_on`. It is
    decided after a notice (`prior_notice_id`) has reached the body and its time to object is over.
    """

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="grave_delays", db_index=False
    )
    id = models.UUIDField()
    payments = models.JSONField()  # ids, hexadecimal
    reasons = models.CharField(max_length=1000)
    evidence = models.CharField(max_length=300)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    proposed_by = models.CharField(max_length=80)
    proposed_at = models.DateTimeField()
    prior_notice_id = models.UUIDField(null=True)
    objections_ended_at = models.DateTimeField(null=True)
    decision_number = models.CharField(max_length=128, null=True)
    decided_by = models.CharField(max_length=80, null=True)
    decided_at = models.DateTimeField(null=True)
    until_on = models.DateField(null=True)
    notice_id = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=80, null=True)
    withdrawn_reason = models.CharField(max_length=300, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reasons="") & ~Q(evidence=""), name="a_grave_delay_has_its_evidence"
            ),
            models.CheckConstraint(
                condition=Q(
                    decided_by__isnull=True,
                    decided_at__isnull=True,
                    decision_number__isnull=True,
                    until_on__isnull=True,
                    notice_id__isnull=True,
                )
                | (
                    Q(
                        decided_by__isnull=False,
                        decided_at__isnull=False,
                        decision_number__isnull=False,
                        until_on__isnull=False,
                        notice_id__isnull=False,
                    )
                    & ~Q(decision_number="")
                    & ~Q(decided_by=F("proposed_by"))
                ),
                name="a_grave_delay_takes_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True)
                | Q(prior_notice_id__isnull=False, decided_at__gte=F("objections_ended_at"))
                & Q(objections_ended_at__isnull=False),
                name="a_grave_delay_is_decided_after_its_notice",
            ),
        ]
        indexes = [models.Index(fields=["agency", "proposed_at"], name="grave_delays_of_agency")]
