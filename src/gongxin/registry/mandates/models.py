"""Who may act for whom: an officer for an organisation, a professional for themselves. Revocable."""

from django.db import models

from gongxin.registry.accounts.models import User
from gongxin.registry.subjects.models import Subject


class Mandate(models.Model):
    """A user acts for a subject from a day on, until revoked or the day it ends (exclusive)."""

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mandates")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="mandates")
    kind = models.CharField(max_length=24)
    ground = models.CharField(max_length=200)  # the paper that was shown
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    granted_at = models.DateTimeField()
    granted_by = models.CharField(max_length=80)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=80, blank=True)
    revoke_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["legal-representative", "power-of-attorney", "professional"]),
                name="mandate_kind_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gt=models.F("from_on")),
                name="mandate_has_a_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="power-of-attorney") | models.Q(until_on__isnull=False),
                name="power_of_attorney_ends",
            ),
            models.CheckConstraint(condition=~models.Q(ground=""), name="mandate_has_its_ground"),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True, revoked_by="", revoke_reason="")
                | (models.Q(revoked_at__isnull=False) & ~models.Q(revoked_by="")),
                name="mandate_is_revoked_by_someone",
            ),
            models.UniqueConstraint(
                fields=["user", "subject"],
                condition=models.Q(revoked_at__isnull=True),
                name="one_standing_mandate",
            ),
        ]
