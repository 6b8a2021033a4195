"""Tip-offs about organisations: what was told lies sealed, who told it under a key of its own."""

from django.db import models

from gongxin.core.receipts import NUMBER_LETTERS
from gongxin.core.tip_offs import FOUND, Act, Outcome, State
from gongxin.registry.accounts.models import Agency
from gongxin.registry.subjects.models import Organisation

GIVEN = "given"  # the first step of each, which nobody of the desk takes
_WAITS = models.Q(closed_at__isnull=True, erase_on__isnull=True, due_on__isnull=False)
_OPEN = _WAITS & models.Q(state__in=[State.GIVEN.value, State.SENT.value], outcome="")
_ANSWERED = _WAITS & models.Q(state=State.ANSWERED.value, outcome__in=[one.value for one in FOUND])
_CLOSED = models.Q(
    state=State.CLOSED.value,
    outcome__in=[one.value for one in Outcome],
    closed_at__isnull=False,
    erase_on__isnull=False,
    due_on__isnull=True,
)
_TOLD = models.Q(about__isnull=False, sealed_text__isnull=False)
_NOT_KEPT = models.Q(about__isnull=True, sealed_text__isnull=True, sealed_identity__isnull=True)
_ROUTED_OUT = models.Q(outcome=Outcome.ELSEWHERE.value)
_ERASED = models.Q(erased_at__isnull=False)
_RECEIPT = {"number__isnull": False, "form_hash__isnull": False, "code_hash__isnull": False}
_NO_RECEIPT = {"number__isnull": True, "form_hash__isnull": True, "code_hash__isnull": True}
_WITH_AGENCY = models.Q(state__in=[State.SENT.value, State.ANSWERED.value], agency__isnull=False)


class TipOff(models.Model):
    """One tip-off. `about` points at organisations only, so that no person can be its subject (R7).

    Routed out, it forgets at once what was told, by whom and about whom; two years after its closing all
    but what is counted (R13). The reporter's form and receipt code stand here as keyed hashes alone.
    """

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=NUMBER_LETTERS, null=True, unique=True)
    form_hash = models.CharField(max_length=64, null=True, unique=True)
    code_hash = models.CharField(max_length=64, null=True)
    about = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="tip_offs")
    matter = models.CharField(max_length=40)
    sealed_text = models.BinaryField(null=True)
    sealed_identity = models.BinaryField(null=True)
    given_at = models.DateTimeField()
    state = models.CharField(max_length=10)
    waits_since = models.DateTimeField()
    due_on = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="tip_offs")
    outcome = models.CharField(max_length=14, blank=True)
    ground = models.CharField(
        max_length=40, blank=True
    )  # the channel it was routed to, or why it was refused
    reward_yuan = models.PositiveIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    erase_on = models.DateField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_OPEN | _ANSWERED | _CLOSED, name="tip_off_state_and_outcome_agree"
            ),
            models.CheckConstraint(
                condition=_WITH_AGENCY | models.Q(state__in=[State.GIVEN.value, State.CLOSED.value]),
                name="tip_off_on_its_way_has_an_agency",
            ),
            models.CheckConstraint(
                condition=((_ROUTED_OUT | _ERASED) & _NOT_KEPT) | (~_ROUTED_OUT & ~_ERASED & _TOLD),
                name="tip_off_keeps_nothing_once_routed_or_erased",
            ),
            models.CheckConstraint(
                condition=(_ERASED & models.Q(state=State.CLOSED.value, agency__isnull=True, **_NO_RECEIPT))
                | (~_ERASED & models.Q(**_RECEIPT)),
                name="tip_off_erased_cannot_be_asked_for",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"], condition=models.Q(closed_at__isnull=True), name="tip_offs_open_by_day"
            ),
            models.Index(
                fields=["erase_on"], condition=models.Q(erased_at__isnull=True), name="tip_offs_to_erase"
            ),
        ]


class TipOffStep(models.Model):
    """What somebody did about a tip-off. Append-only; what they wrote lies sealed and goes with the rest."""

    id = models.UUIDField(primary_key=True)
    tip_off = models.ForeignKey(TipOff, on_delete=models.PROTECT, related_name="steps")
    place = models.PositiveSmallIntegerField()  # the first is 1
    kind = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="tip_off_steps")
    reason = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[GIVEN, *(one.value for one in Act)]),
                name="tip_off_step_is_known",
            ),
            models.UniqueConstraint(fields=["tip_off", "place"], name="one_tip_off_step_per_place"),
        ]


class IdentityOpening(models.Model):
    """Somebody opened who gave a tip-off: who, when, why. Append-only, written before anything is shown."""

    id = models.UUIDField(primary_key=True)
    tip_off = models.ForeignKey(TipOff, on_delete=models.PROTECT, related_name="openings")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="an_opening_says_why"),
        ]
