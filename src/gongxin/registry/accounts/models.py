"""Who uses the system: agencies, people and keys."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from gongxin.core.policy import Role

# What a key opens: the exchange, where an agency reports; or the answers to who looked at a subject.
EXCHANGE, USAGE_TRACKER, NATIONAL_SITE = "exchange", "usage-tracker", "national-site"
ROLE_CHOICES = [(role.value, role.value) for role in Role]


class Agency(models.Model):
    """A public body that provides or uses records. Its unified code never changes; a successor may follow."""

    id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=200)
    region = models.CharField(max_length=6, blank=True)
    level = models.CharField(max_length=8, blank=True)  # province | city | county
    telephone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    office_hours = models.CharField(max_length=100, blank=True)
    supervisor = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="supervised")
    successor = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="predecessors")
    demonstration = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(successor__isnull=True) | ~models.Q(successor=models.F("id")),
                name="no_agency_succeeds_itself",
            )
        ]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person who signs in. Acts for one agency, or for the centre where `agency` is empty."""

    id = models.UUIDField(primary_key=True)
    role = models.CharField(max_length=24, choices=ROLE_CHOICES)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="users")
    display_name = models.CharField(max_length=60, blank=True)

    REQUIRED_FIELDS = []


class Duty(models.Model):
    """The days on which a person is on duty in their office; `until_on` is the day after the last."""

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="duties")
    from_on = models.DateField()
    until_on = models.DateField()
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=80)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__gt=models.F("from_on")), name="duty_has_a_day"
            )
        ]
        indexes = [models.Index(fields=["until_on"], name="duties_to_come")]


class Substitution(models.Model):
    """Who stands in for whom, from a day until the day after the last; both belong to one office."""

    id = models.UUIDField(primary_key=True)
    absent = models.ForeignKey(User, on_delete=models.PROTECT, related_name="stood_in_for_by")
    substitute = models.ForeignKey(User, on_delete=models.PROTECT, related_name="stands_in_for")
    from_on = models.DateField()
    until_on = models.DateField()
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__gt=models.F("from_on")), name="substitution_has_a_day"
            ),
            models.CheckConstraint(
                condition=~models.Q(absent=models.F("substitute")), name="nobody_stands_in_for_themselves"
            ),
        ]
        indexes = [models.Index(fields=["until_on"], name="substitutions_to_come")]


class ApiKey(models.Model):
    """An agency's key to one of the APIs that want one. Only its hash is kept; the key is shown once."""

    id = models.UUIDField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="keys")
    label = models.CharField(max_length=60)
    purpose = models.CharField(max_length=16, default=EXCHANGE)
    key_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(purpose__in=[EXCHANGE, USAGE_TRACKER, NATIONAL_SITE]),
                name="a_key_opens_what_is_known",
            )
        ]
