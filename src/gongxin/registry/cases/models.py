"""Cases: applications about records, part by part, with their clocks, papers, points and steps.

A part moves only by a step; a step is append-only and carries its notice. A part that has ended carries
reason, basis and remedy, or the database refuses it. `core.cases` says which steps there are.

A part belongs to the subject its record was posted to, its case to whom that one was then merged into; so
parts, steps and clocks are found by their case alone.
"""

from django.db import models
from django.db.models import Q

from gongxin.core.cases import Entry, Kind
from gongxin.registry.accounts.models import Agency
from gongxin.registry.subjects.models import Subject

KIND_CHOICES = [(kind.value, kind.value) for kind in Kind]
ENTRY_CHOICES = [(entry.value, entry.value) for entry in Entry]


class Case(models.Model):
    """One application. `form_id` is the form it was sent with: sent twice, it is one case."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="cases", db_index=False)
    id = models.UUIDField()
    kind = models.CharField(max_length=20, choices=KIND_CHOICES)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    form_id = models.UUIDField(unique=True)
    entry = models.CharField(max_length=16, choices=ENTRY_CHOICES)
    external_number = models.CharField(max_length=60, blank=True)  # its number at the national site
    statement = models.TextField(blank=True)  # what the applicant says in their own words
    commitment = models.TextField(blank=True)  # the commitment letter as it was signed in the page
    sealed_applicant = models.BinaryField(null=True)  # who a person is that is not the subject
    receipt_hash = models.CharField(max_length=64, blank=True)  # by which one without an account asks
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "number"], name="one_case_per_number"),
            models.UniqueConstraint(
                fields=["entry", "external_number"],
                condition=~Q(external_number=""),
                name="one_case_per_external_number",
            ),
        ]
        indexes = [
            models.Index(fields=["opened_at"], name="cases_by_opening"),
            models.Index(fields=["receipt_hash"], condition=~Q(receipt_hash=""), name="cases_by_receipt"),
        ]


class Part(models.Model):
    """One record of a case: its state, who answers for it (empty: the centre), and how it ended."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    id = models.UUIDField()
    case_id = models.UUIDField()
    kind = models.CharField(max_length=20, choices=KIND_CHOICES)
    record_id = models.UUIDField(null=True)
    class_id = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=16)
    steps_taken = models.PositiveIntegerField(default=1)  # compared and raised with every step
    responsible = models.ForeignKey(
        Agency, null=True, on_delete=models.PROTECT, related_name="parts", db_index=False
    )
    waits_until = models.DateField(null=True)  # a repair whose day has not come
    wish = models.CharField(max_length=16, blank=True)  # correct | remove, of an objection
    outcome = models.CharField(max_length=16, blank=True)
    reason = models.TextField(blank=True)
    basis = models.CharField(max_length=300, blank=True)
    remedy = models.TextField(blank=True)
    decided_on = models.DateField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)
    closed_at = models.DateTimeField(null=True)
    reply_key = models.CharField(max_length=32, blank=True)  # what copies of its reason share

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="")
                | (
                    Q(closed_at__isnull=False)
                    & ~Q(outcome="")
                    & ~Q(reason="")
                    & ~Q(basis="")
                    & ~Q(remedy="")
                    & ~Q(decided_by="")
                ),
                name="an_ended_part_has_reason_basis_remedy",
            ),
            models.UniqueConstraint(
                fields=["subject", "record_id", "kind"],
                condition=Q(closed_at__isnull=True, record_id__isnull=False),
                name="one_open_part_per_record_and_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["case_id"], name="parts_of_case"),
            models.Index(
                fields=["responsible", "state"], condition=Q(closed_at__isnull=True), name="open_parts"
            ),
            models.Index(
                fields=["waits_until"],
                condition=Q(closed_at__isnull=True, waits_until__isnull=False),
                name="parts_that_wait",
            ),
            models.Index(fields=["reply_key"], condition=~Q(reply_key=""), name="parts_by_reply"),
        ]


class Point(models.Model):
    """One thing that is contested: a field, what the record says, what would be right. Answered once."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    id = models.UUIDField()
    part_id = models.UUIDField()
    place = models.PositiveSmallIntegerField()
    field = models.CharField(max_length=60, blank=True)  # empty: about the record as a whole
    held = models.TextField(blank=True)
    claimed = models.TextField(blank=True)
    said = models.TextField(blank=True)
    answer = models.CharField(max_length=8, blank=True)  # accepted | refused
    answer_text = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (Q(answer__in=["accepted", "refused"], answered_at__isnull=False) & ~Q(answer_text="")),
                name="a_point_is_answered_in_words",
            ),
            models.UniqueConstraint(fields=["subject", "part_id", "place"], name="points_in_order"),
        ]


class Evidence(models.Model):
    """A paper somebody handed in. Its bytes lie sealed beside the database; never public (R14)."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    id = models.UUIDField()
    case_id = models.UUIDField()
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=40)
    size_bytes = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    wrapped_key = models.BinaryField()
    kept_at = models.DateTimeField()
    by = models.CharField(max_length=80)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case_id"], name="evidence_of_case")]


class Step(models.Model):
    """What was done with a part, by whom, why, and the notice that told of it. Append-only."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    id = models.UUIDField()
    case_id = models.UUIDField()
    part_id = models.UUIDField()
    act = models.CharField(max_length=16)
    state_before = models.CharField(max_length=16, blank=True)
    state_after = models.CharField(max_length=16)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    party = models.CharField(max_length=10)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.TextField(blank=True)
    basis = models.CharField(max_length=300, blank=True)
    remedy = models.TextField(blank=True)
    notice_id = models.UUIDField()
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["case_id", "at"], name="steps_of_case")]


class Clock(models.Model):
    """One limit at work on a part. `responsible` is measured by it; empty is the centre.

    `begun_on` stays when a clock is paused, extended or reckoned anew; a row ends once, and what goes on
    is a new row that `follows` it.
    """

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    id = models.UUIDField()
    case_id = models.UUIDField()
    part_id = models.UUIDField()
    limit = models.CharField(max_length=30)
    responsible = models.ForeignKey(
        Agency, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    begun_on = models.DateField()
    set_at = models.DateTimeField()  # when this row came, which may be long after its limit began
    counted_from = models.DateField()
    working_days = models.PositiveSmallIntegerField()  # counted from there
    used_before = models.PositiveSmallIntegerField(default=0)  # working days, before it was paused
    due_on = models.DateField()
    provisional = models.BooleanField(default=False)
    source = models.CharField(max_length=20)
    article = models.CharField(max_length=30, blank=True)
    follows = models.UUIDField(null=True)
    working_days_left = models.PositiveSmallIntegerField(null=True)  # of one that was paused
    ended = models.CharField(max_length=10, blank=True)  # kept | missed | paused | moved | void
    ended_at = models.DateTimeField(null=True)
    told_above_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended="", ended_at__isnull=True)
                | Q(ended__in=["kept", "missed", "paused", "moved", "void"], ended_at__isnull=False),
                name="a_clock_ends_in_one_way",
            ),
            models.UniqueConstraint(
                fields=["subject", "part_id", "limit"],
                condition=Q(ended=""),
                name="one_clock_of_a_limit_runs",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(ended=""), name="clocks_that_run"),
            models.Index(fields=["case_id"], name="clocks_of_case"),
            models.Index(fields=["ended_at"], condition=Q(ended__in=["kept", "missed"]), name="clocks_ended"),
            models.Index(fields=["due_on"], condition=Q(ended="", provisional=True), name="clocks_to_reckon"),
        ]


class Statement(models.Model):
    """What a subject says beside one of its records, shown wherever the record shows."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="statements", db_index=False)
    id = models.UUIDField()
    record_id = models.UUIDField()
    text = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_statement_says_something"),
            models.UniqueConstraint(
                fields=["subject", "record_id"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_standing_statement",
            ),
        ]


class FalseProof(models.Model):
    """Papers handed in for a repair that were false: found by one person, not by who accepted them.

    It bars its subject until a day (exclusive), as far as the rule behind it is confirmed; lifted once.
    """

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, related_name="false_proofs", db_index=False
    )
    id = models.UUIDField()
    case_id = models.UUIDField()
    part_id = models.UUIDField()
    record_id = models.UUIDField()
    decided_on = models.DateField()
    until_on = models.DateField()
    ground = models.TextField()
    source = models.CharField(max_length=20)
    accepted_by = models.CharField(max_length=80)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=80, null=True)
    lift_ground = models.CharField(max_length=300, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(ground=""), name="false_proof_has_its_ground"),
            models.CheckConstraint(condition=Q(until_on__gt=models.F("decided_on")), name="false_proof_ends"),
            models.CheckConstraint(
                condition=~Q(accepted_by=models.F("by")), name="false_proof_takes_two_persons"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lift_ground__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False, lift_ground__isnull=False),
                name="false_proof_is_lifted_by_someone",
            ),
            models.UniqueConstraint(fields=["subject", "part_id"], name="one_false_proof_a_part"),
        ]


class DecisionPaper(models.Model):
    """A decision about a record as a paper to hand to others. It stands while it is the record's newest."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="papers", db_index=False)
    id = models.UUIDField()
    number = models.CharField(max_length=60, unique=True)
    outcome = models.CharField(max_length=16)  # a kind of law/decision_papers.yaml
    case_id = models.UUIDField()
    record_id = models.UUIDField()
    document_number = models.CharField(max_length=128, blank=True)
    body = models.CharField(max_length=200)
    decided_on = models.DateField()
    paper = models.JSONField()  # all that is printed but its code, which is reckoned from it
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        indexes = [
            models.Index(fields=["case_id"], name="papers_of_case"),
            models.Index(fields=["subject", "record_id", "at"], name="papers_of_record"),
        ]


class RepairTold(models.Model):
    """That the national site told of a repair elsewhere, under its own number: told again, it is the same."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    id = models.UUIDField()
    external_number = models.CharField(max_length=60, unique=True)
    record_id = models.UUIDField()
    document = models.CharField(max_length=60)
    body = models.CharField(max_length=60)
    decided_on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
