"""What agencies send: submissions, the rows nobody could link, remembered column mappings, and drafts."""

from django.db import models
from django.db.models.functions import Now

from gongxin.core.staging import Outcome
from gongxin.core.submissions import STOPPED, State
from gongxin.registry.accounts.models import Agency

OUTCOME_CHOICES = [(outcome.value, outcome.value) for outcome in Outcome]
STATE_CHOICES = [(state.value, state.value) for state in State]


class Submission(models.Model):
    """One file or API batch from one agency for one class; the row is the durable state machine.

    A worker owns it while `lease_until` lies ahead; every step is a compare-and-swap on state,
    owner and watermark. `spool_key` opens the sealed bytes and is erased with them after the check.
    """

    id = models.UUIDField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="submissions")
    sent_for = models.CharField(max_length=18, blank=True, default="", db_default="")  # a body it succeeded
    successions = models.JSONField(default=list, db_default=[])  # core.succession: what its sender is told
    class_id = models.CharField(max_length=40)
    edition = models.CharField(max_length=60)
    file_name = models.CharField(max_length=200)
    file_bytes = models.BigIntegerField()
    file_hash = models.CharField(max_length=64)  # keyed: a person's row cannot be guessed from it
    mapping = models.JSONField(null=True)
    saved_mapping = models.ForeignKey(  # that the file was read with; null too once it is forgotten
        "SavedMapping", on_delete=models.SET_NULL, null=True, related_name="read_with"
    )
    corrects = models.ForeignKey(  # the first of a row of corrections, not the one before
        "self", on_delete=models.PROTECT, null=True, related_name="corrections"
    )
    check_first = models.BooleanField(default=False)  # nothing is posted before the sender says so
    idempotency_key = models.CharField(max_length=80, null=True)
    actor_kind = models.CharField(max_length=8)
    actor = models.CharField(max_length=80)
    received_at = models.DateTimeField()
    on = models.DateField()  # the legal day the rows are judged by

    state = models.CharField(max_length=10, choices=STATE_CHOICES)
    lease_owner = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)  # leases taken since the last step forward
    failures = models.PositiveSmallIntegerField(
        default=0, db_default=0
    )  # of these, the ones that broke on our side
    tried_through = models.BigIntegerField(
        default=0, db_default=0
    )  # the watermarks when the lease was last taken
    stopped_at = models.DateTimeField(null=True)  # failed too often; rests until an officer sets it going
    spool_key = models.BinaryField(null=True)
    progress_rows = models.BigIntegerField(default=0)
    posted_through = models.BigIntegerField(default=0)  # rows of accepted.parquet already posted
    refusal_code = models.CharField(max_length=60, blank=True)
    refusal_zh = models.TextField(blank=True)
    refusal_en = models.TextField(blank=True)

    rows = models.BigIntegerField(default=0)
    accepted = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)
    out_of_scope = models.BigIntegerField(default=0)
    warnings = models.BigIntegerField(default=0)
    problems = models.JSONField(default=dict)
    posted = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)
    superseded = models.BigIntegerField(default=0)
    unlinked = models.BigIntegerField(default=0)
    held = models.BigIntegerField(default=0)
    checked_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    recall_reason = models.CharField(max_length=200, blank=True, default="", db_default="")
    recall_actor_kind = models.CharField(max_length=8, blank=True, default="", db_default="")
    recall_actor = models.CharField(max_length=80, blank=True, default="", db_default="")
    taken_back = models.BigIntegerField(default=0, db_default=0)  # the watermark of a recall
    recalled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "idempotency_key"],
                condition=models.Q(idempotency_key__isnull=False),
                name="one_submission_per_idempotency_key",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    rows=models.F("accepted") + models.F("rejected") + models.F("out_of_scope")
                ),
                name="every_row_is_counted_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(corrects=models.F("id")), name="no_submission_corrects_itself"
            ),
        ]
        indexes = [
            models.Index(
                fields=["received_at"],
                condition=models.Q(state__in=["received", "checked", "posting", "recalling"]),
                name="submissions_with_work_left",
            ),
            models.Index(fields=["done_at"], condition=models.Q(state="refused"), name="submissions_refused"),
            models.Index(fields=["agency", "received_at"], name="submissions_of_agency"),
            models.Index(
                fields=["class_id", "agency", "received_at"],
                condition=models.Q(state="done"),
                name="submissions_that_feed_a_class",
            ),
        ]

    @property
    def deciding_code(self) -> str:
        """Return the code of the deciding body where a row names none."""
        return self.sent_for or self.agency.code

    @property
    def standing(self) -> str:
        """Return what is told of it: its state, or that it is stopped there."""
        return STOPPED if self.stopped_at else self.state


class UnlinkedRow(models.Model):
    """An accepted row whose subject could not be told by code. Never linked by name; an officer decides."""

    id = models.UUIDField(primary_key=True)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="unlinked_rows")
    row = models.BigIntegerField()
    row_key = models.CharField(max_length=64)  # so that a re-sent file queues nothing twice
    class_id = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    content = models.TextField()
    reason = models.CharField(max_length=40)
    state = models.CharField(max_length=10, default="open")  # open | linked | dismissed | recalled
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)
    ground = models.CharField(max_length=200, blank=True)
    sought_at = models.DateTimeField(null=True)  # when subjects it may be about were last looked for

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["row_key"], condition=~models.Q(state="recalled"), name="one_unlinked_row_per_content"
            )
        ]
        indexes = [
            models.Index(fields=["state", "id"], name="unlinked_queue"),
            models.Index(
                fields=["sought_at"], condition=models.Q(state="open"), name="open_rows_by_last_search"
            ),
        ]


class SavedMapping(models.Model):
    """How one agency's headers map to a class, learned once on the desk."""

    id = models.UUIDField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    class_id = models.CharField(max_length=40)
    header_hash = models.CharField(max_length=64)
    mapping = models.JSONField()
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "class_id", "header_hash"], name="one_saved_mapping_per_header"
            )
        ]


class NilReturn(models.Model):
    """An agency's word that it decided nothing of a class in a month; it stands until withdrawn.

    `month` is the month's first day. Withdrawn by its agency with a reason, or by a record of that month.
    """

    id = models.UUIDField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="nil_returns")
    class_id = models.CharField(max_length=40)
    month = models.DateField()
    stated_by = models.CharField(max_length=80)
    stated_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=80, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)
    overtaken_by = models.ForeignKey(Submission, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "class_id", "month"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_nil_return_stands_per_month",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True)
                | ~models.Q(withdrawn_reason="")
                | models.Q(overtaken_by__isnull=False),
                name="a_nil_return_is_withdrawn_for_a_reason",
            ),
        ]


class Draft(models.Model):
    """A record someone of an agency has begun to fill in. What is in it lies sealed under a key of its own.

    Its id is the form's. Every save is a compare-and-swap on `version`, so that of two open windows
    neither overwrites the other unseen. It goes when it is sent or discarded, and by itself with time.
    """

    id = models.UUIDField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="drafts")
    class_id = models.CharField(max_length=40)
    sealed = models.BinaryField()
    version = models.PositiveIntegerField()
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=80)

    class Meta:
        indexes = [
            models.Index(fields=["saved_by", "saved_at"], name="drafts_of_a_person"),
            models.Index(fields=["saved_at"], name="drafts_by_age"),
        ]


class Worker(models.Model):
    """A worker's heartbeat, so that the desk can say when nobody works."""

    name = models.CharField(max_length=80, primary_key=True)
    beat_at = models.DateTimeField()


# The names and columns of the two staging tables are a promise to senders: docs/staging-table.md.
class StagingRecord(models.Model):
    """One row as a sender wrote it. Once read its payload is emptied; the number stays."""

    pk = models.CompositePrimaryKey("agency_code", "sequence")
    agency_code = models.CharField(max_length=18)
    sequence = models.BigIntegerField()
    class_id = models.CharField(max_length=40)
    operation = models.CharField(max_length=20)
    payload = models.TextField()
    written_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "staging_record"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(read_at__isnull=True) | models.Q(payload=""),
                name="a_read_payload_is_emptied",
            )
        ]
        indexes = [
            models.Index(
                fields=["agency_code", "sequence"],
                condition=models.Q(read_at__isnull=True),
                name="staging_not_read_yet",
            )
        ]


class StagingReceipt(models.Model):
    """What became of one staging row: the submission it went into, the line there, the outcome in words."""

    pk = models.CompositePrimaryKey("agency_code", "sequence")
    agency_code = models.CharField(max_length=18)
    sequence = models.BigIntegerField()
    submission = models.ForeignKey(Submission, null=True, on_delete=models.PROTECT, related_name="+")
    row = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=12, choices=OUTCOME_CHOICES)
    codes = models.TextField(blank=True)  # of the rules that were broken, one a line
    words = models.TextField(blank=True)  # what is wrong, one a line; never a value of the row
    written_at = models.DateTimeField()

    class Meta:
        db_table = "staging_receipt"
        indexes = [
            models.Index(
                fields=["submission"], condition=models.Q(outcome="received"), name="staging_not_settled_yet"
            )
        ]


class StagingCursor(models.Model):
    """How far one sender's rows were read, and since when a missing number is waited for."""

    agency_code = models.CharField(max_length=18, primary_key=True)
    read_through = models.BigIntegerField(null=True)
    waiting_since = models.DateTimeField(null=True)
