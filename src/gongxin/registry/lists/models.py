"""Statutory lists: their criteria before they hold, how somebody comes onto one, and who stands on them.

The record of a list's class is the fact; a listing says of one version of it that it may be acted upon, and
the database refuses one without basis, decision, notice, end or remedy, and any of a natural person
(design §1, law-decisions 12, R7). Whether a listing is in force is derived: from its days and its record.
"""

from django.db import models
from django.db.models import F, Q

from gongxin.registry.accounts.models import Agency
from gongxin.registry.subjects.models import Organisation

LEAST_DAYS_FOR_COMMENT = 30
ADVERSE, HONOUR = "adverse", "honour"
DECIDED_HERE, ATTESTED = "decided", "attested"  # by a proceeding here, or by the source's word
LISTED, DROPPED = "listed", "dropped"  # how a proceeding ends
EARLY, WRONG = "early", "wrong"  # why a listing is ended before its day
LEFT, KEPT = "left", "kept"  # how that ends


class CriteriaDraft(models.Model):
    """Draft criteria of a list, laid before everybody for at least thirty days (S-49)."""

    id = models.UUIDField(primary_key=True)
    list_id = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    text = models.TextField()
    published_on = models.DateField()
    days_for_comment = models.PositiveSmallIntegerField()
    published_by = models.CharField(max_length=80)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(days_for_comment__gte=LEAST_DAYS_FOR_COMMENT),
                name="criteria_lie_open_for_thirty_days",
            ),
            models.CheckConstraint(condition=~Q(text="") & ~Q(title=""), name="criteria_say_something"),
        ]


class CriteriaComment(models.Model):
    """What somebody said of draft criteria; read by the centre, never public."""

    id = models.UUIDField(primary_key=True)
    draft = models.ForeignKey(CriteriaDraft, on_delete=models.PROTECT, related_name="comments")
    text = models.CharField(max_length=2000)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_comment_says_something")]


class Proceeding(models.Model):
    """One proposal to list one organisation: from the proposal to the decision, or to its being dropped.

    `notice_id` is the written prior notice: none is decided without it. For an honour the notice is public
    instead (`noticed_on` … `objections_until`), as for others it is the time to object.
    """

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="proceedings", db_index=False
    )
    id = models.UUIDField()
    list_id = models.CharField(max_length=40)
    ground = models.CharField(max_length=40)
    reasons = models.TextField()
    records = models.JSONField(default=list)  # ids of the records it rests on
    basis = models.CharField(max_length=300)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    proposed_by = models.CharField(max_length=80)
    proposed_at = models.DateTimeField()
    notice_id = models.UUIDField(null=True)
    noticed_at = models.DateTimeField(null=True)
    objections_until = models.DateField(null=True)  # an honour's; others count from when the notice arrived
    objection = models.TextField(blank=True)
    objected_at = models.DateTimeField(null=True)
    hearing_asked_at = models.DateTimeField(null=True)
    heard_on = models.DateField(null=True)
    hearing_record = models.TextField(blank=True)
    outcome = models.CharField(max_length=8, blank=True)  # listed | dropped
    outcome_reason = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(ground="") & ~Q(reasons="") & ~Q(basis=""),
                name="a_proposal_has_ground_reasons_basis",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="listed")
                | Q(notice_id__isnull=False, noticed_at__isnull=False, objections_until__isnull=False),
                name="nobody_is_listed_without_prior_notice",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="listed") | ~Q(proposed_by=F("closed_by")),
                name="listing_takes_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", closed_at__isnull=True)
                | (
                    Q(outcome__in=["listed", "dropped"], closed_at__isnull=False)
                    & ~Q(outcome_reason="")
                    & ~Q(closed_by="")
                ),
                name="a_closed_proceeding_says_why_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(hearing_asked_at__isnull=True) | ~Q(outcome="listed") | Q(heard_on__isnull=False),
                name="who_asked_to_be_heard_is_heard",
            ),
            models.UniqueConstraint(
                fields=["subject", "list_id"], condition=Q(outcome=""), name="one_open_proceeding_per_list"
            ),
        ]
        indexes = [
            models.Index(fields=["proposed_at"], condition=Q(outcome=""), name="open_proceedings"),
        ]


class Listing(models.Model):
    """One version of a list's record that may be acted upon. `until_on` is the first day it is not."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="listings", db_index=False
    )
    id = models.UUIDField()
    entry_id = models.UUIDField()
    record_id = models.UUIDField()
    list_id = models.CharField(max_length=40)
    effect = models.CharField(max_length=8)
    way = models.CharField(max_length=8)
    ground = models.CharField(max_length=300)
    basis_source = models.CharField(max_length=20)
    basis_article = models.CharField(max_length=60)
    decision_number = models.CharField(max_length=128)
    decided_on = models.DateField()
    from_on = models.DateField()
    until_on = models.DateField()
    notice_id = models.UUIDField(null=True)  # of this subject; the source's attestation stands for it
    attestation = models.CharField(max_length=128, blank=True)
    exit_terms = models.CharField(max_length=1000)
    remedy = models.CharField(max_length=1000)
    proposed_by = models.CharField(max_length=80)
    decided_by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(effect__in=[ADVERSE, HONOUR]), name="listing_effect_is_known"),
            models.CheckConstraint(condition=~Q(basis_source=""), name="a_listing_has_its_basis"),
            models.CheckConstraint(
                condition=~Q(decision_number="") & ~Q(ground=""), name="a_listing_has_its_decision"
            ),
            models.CheckConstraint(
                condition=Q(way=DECIDED_HERE, notice_id__isnull=False)
                | (Q(way=ATTESTED) & ~Q(attestation="")),
                name="a_listing_has_its_notice",
            ),
            models.CheckConstraint(
                condition=Q(until_on__gt=F("from_on"), from_on__gte=F("decided_on")), name="a_listing_ends"
            ),
            models.CheckConstraint(
                condition=~Q(exit_terms="") & ~Q(remedy=""), name="a_listing_has_exit_and_remedy"
            ),
            models.CheckConstraint(
                condition=Q(way=ATTESTED) | ~Q(proposed_by=F("decided_by")),
                name="a_listing_takes_two_persons",
            ),
            models.UniqueConstraint(fields=["subject", "entry_id"], name="one_listing_per_version"),
        ]
        indexes = [models.Index(fields=["list_id", "until_on"], name="listings_of_list")]


class Exit(models.Model):
    """A request to end one listing before its day: on its conditions, or because it was wrong.

    Asked by the subject or by an officer; another person decides. A wrong listing is suspended the moment
    this is written. `rehabilitation_asked_at`: its subject wishes that all be told it was wrong (art 66).
    """

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="exits", db_index=False)
    id = models.UUIDField()
    listing_id = models.UUIDField()
    record_id = models.UUIDField()
    list_id = models.CharField(max_length=40)
    why = models.CharField(max_length=5)
    reason = models.TextField()
    corrected_on = models.DateField(null=True)  # since when the cause is put right, as the asker says
    asked_by = models.CharField(max_length=80)
    asked_by_subject = models.BooleanField()
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=4, blank=True)  # left | kept
    outcome_reason = models.TextField(blank=True)
    notice_id = models.UUIDField(null=True)  # of the decision
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=80, blank=True)
    rehabilitation_asked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(why__in=[EARLY, WRONG]), name="exit_cause_is_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="an_exit_has_its_reason"),
            models.CheckConstraint(
                condition=Q(outcome="") | ~Q(asked_by=F("closed_by")), name="an_exit_takes_two_persons"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", closed_at__isnull=True)
                | (
                    Q(outcome__in=[LEFT, KEPT], closed_at__isnull=False, notice_id__isnull=False)
                    & ~Q(outcome_reason="")
                    & ~Q(closed_by="")
                ),
                name="a_closed_exit_says_why_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(rehabilitation_asked_at__isnull=True) | Q(why=WRONG, outcome=LEFT),
                name="only_who_was_wronged_is_rehabilitated",
            ),
            # One of each cause: that its subject asks to leave keeps nobody from suspending what is wrong.
            models.UniqueConstraint(
                fields=["subject", "record_id", "why"],
                condition=Q(outcome=""),
                name="one_open_exit_per_cause",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(outcome=""), name="open_exits"),
            models.Index(
                fields=["list_id", "rehabilitation_asked_at"],
                condition=Q(rehabilitation_asked_at__isnull=False),
                name="rehabilitated_of_list",
            ),
        ]
