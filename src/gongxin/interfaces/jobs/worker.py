"""Works through submissions, oldest first, until told to stop.

There is no queue beside the table: a submission with work left and no lease in force is the job
(docs/decisions/0003). Whatever kills a worker, its lease runs out and the next one goes on from
the last committed step.
"""

import logging
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.leaks import mask_personal_numbers
from gongxin.core.legal_day import legal_day
from gongxin.flows import lease
from gongxin.flows.archive import archive_some
from gongxin.flows.case_days import take_steps_of_the_day
from gongxin.flows.change_of_instrument import decide_some_again
from gongxin.flows.deliver import MailServerAway, deliver_some
from gongxin.flows.drafts import erase_expired
from gongxin.flows.find_doubts import find_some
from gongxin.flows.heartbeat import beat, rest
from gongxin.flows.quality import count_due
from gongxin.flows.recheck import recheck
from gongxin.flows.staging import read_some
from gongxin.flows.staging_receipts import settle_some
from gongxin.flows.submit import advance
from gongxin.flows.tip_offs import erase_due
from gongxin.flows.warn_followers import warn_followers
from gongxin.registry.cases.papers import erase_abandoned_papers
from gongxin.registry.intake.models import Submission
from gongxin.registry.intake.spool import erase_abandoned

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
BEAT_EVERY = timedelta(seconds=5)
POLL_SECONDS = 1.0
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 30.0
SWEEP_EVERY_SECONDS = 600.0
ABANDONED_AFTER_SECONDS = 6 * 3600.0
COUNT_EVERY_SECONDS = 60.0  # while nothing waits
COUNT_AT_LEAST_EVERY_SECONDS = 600.0  # however much waits
FIND_EVERY_SECONDS = 5.0  # doubtful links, while nothing waits
FIND_AT_LEAST_EVERY_SECONDS = 60.0  # one turn, however much waits
STAGING_RESTS_SECONDS = 60.0  # after it failed on our side
MAIL_RESTS_SECONDS = 60.0  # after its server was away
CASES_EVERY_SECONDS = 60.0  # what comes by itself with a day
RECHECK_EVERY_SECONDS = 30.0  # answers that hold
WARN_EVERY_SECONDS = 60.0  # who follows somebody


@dataclass(slots=True)
class _Worker:
    name: str
    clock: Clock
    stop: threading.Event
    beaten_at: datetime | None = None
    followed_on: date | None = None
    swept_at: float = field(default=-SWEEP_EVERY_SECONDS)
    counted_at: float = field(default_factory=lambda: time.monotonic() - COUNT_EVERY_SECONDS)
    found_at: float = field(default_factory=lambda: time.monotonic() - FIND_EVERY_SECONDS)
    more_to_find: bool = True
    staging_failed_at: float = field(default=-STAGING_RESTS_SECONDS)
    senders_failed_at: dict[str, float] = field(default_factory=dict)
    mail_failed_at: float = field(default=-MAIL_RESTS_SECONDS)
    archived_on: date | None = None
    cases_at: float = field(default_factory=lambda: time.monotonic() - CASES_EVERY_SECONDS)
    rechecked_at: float = field(default_factory=lambda: time.monotonic() - RECHECK_EVERY_SECONDS)
    warned_at: float = field(default_factory=lambda: time.monotonic() - WARN_EVERY_SECONDS)

    def work_once(self) -> bool:
        """Give the staging table its turn, then the oldest submission that waits; return whether any did.

        Figures are counted and doubtful links looked for while nothing waits, and where that does not come
        about, between two turns.
        """
        self.show_life()
        self.sweep()
        self.count(every=COUNT_AT_LEAST_EVERY_SECONDS)
        self.tend_cases()
        self.recheck()
        self.warn()
        tended = self.tend_staging()
        worked = self.work_on_oldest() or tended
        mailed = self.deliver()
        found = self.find(idle=not worked)
        if not worked:
            self.count(every=COUNT_EVERY_SECONDS)
        return worked or mailed or found

    def work_on_oldest(self) -> bool:
        """Bring the oldest submission that waits to its end; return whether there was one."""
        submission_id = lease.claim_next(worker=self.name, at=self.clock())
        if submission_id is None:
            return False
        try:
            advance(submission_id=submission_id, worker=self.name, clock=self.clock, progress=self.step)
        except lease.LeaseLost:
            log.warning("submission %s was taken over by another worker", submission_id)
        except (OperationalError, InterfaceError, lease.Stopped):
            raise
        except Exception as failure:  # noqa: BLE001 (one broken submission must not stop the others)
            _log_failure(f"submission {submission_id.hex}", failure)
        _log_if_stopped(submission_id)
        return True

    def tend_staging(self) -> bool:
        """Read what agencies' databases wrote, and write back what became of it; return whether any was."""
        if time.monotonic() - self.staging_failed_at < STAGING_RESTS_SECONDS:
            return False
        at = self.clock()
        read = self.try_staging(lambda: self.read_staging(at))
        return self.try_staging(lambda: settle_some(at=at)) or read

    def read_staging(self, at: datetime) -> bool:
        actor, on, spared = Actor(ActorKind.JOB, self.name), legal_day(at), self.resting_senders()
        return read_some(actor=actor, at=at, on=on, failed=self.let_rest, resting=spared, progress=self.step)

    def resting_senders(self) -> set[str]:
        now = time.monotonic()
        return {code for code, at in self.senders_failed_at.items() if now - at < STAGING_RESTS_SECONDS}

    def let_rest(self, agency_code: str, failure: Exception) -> None:
        """Say that one sender's rows failed, and try them again after a while."""
        _log_failure(f"the staging table of {mask_personal_numbers(agency_code)!r}", failure)
        self.senders_failed_at[agency_code] = time.monotonic()

    def try_staging(self, part: Callable[[], bool]) -> bool:
        try:
            return part()
        except (OperationalError, InterfaceError, lease.Stopped):
            raise
        except Exception as failure:  # noqa: BLE001 (files that were sent must not wait for a staging table)
            _log_failure("the staging table", failure)
            self.staging_failed_at = time.monotonic()
            return False

    def step(self, _phase: str, _done: int, _total: int) -> None:
        """Called between two committed steps: the one place where leaving costs nothing."""
        self.show_life()
        if self.stop.is_set():
            raise lease.Stopped

    def show_life(self) -> None:
        at = self.clock()
        if self.beaten_at is None or abs(at - self.beaten_at) >= BEAT_EVERY:
            beat(worker=self.name, at=at)
            self.beaten_at = at

    def sweep(self) -> None:
        # Ages of files are the machine's own time, whatever day GONGXIN_NOW says it is.
        if time.monotonic() - self.swept_at >= SWEEP_EVERY_SECONDS:
            erase_abandoned(older_than_seconds=ABANDONED_AFTER_SECONDS, now_seconds=time.time())
            erase_abandoned_papers(older_than_seconds=ABANDONED_AFTER_SECONDS, now_seconds=time.time())
            erase_expired(actor=Actor(ActorKind.JOB, self.name), at=self.clock())
            erase_due(actor=Actor(ActorKind.JOB, self.name), at=self.clock())
            self.swept_at = time.monotonic()
        self.follow_the_law()

    def follow_the_law(self) -> None:
        """Decide again what shows by a rule out of force: some a turn, each legal day until none is left."""
        today = legal_day(self.clock())
        if self.followed_on == today:
            return
        try:
            decided = decide_some_again(actor=Actor(ActorKind.JOB, self.name), at=self.clock())
        except (OperationalError, InterfaceError):
            raise
        except Exception as failure:  # noqa: BLE001 (files that were sent must not wait for it)
            _log_failure("following the law", failure)
            decided = 0
        if not decided:
            self.followed_on = today

    def count(self, *, every: float) -> None:
        """Keep the figures of the quality board and the public statistics, one a turn until none is due.

        Left alone for `every` seconds after that.
        """
        if time.monotonic() - self.counted_at < every:
            return
        try:
            counted = count_due(clock=self.clock)
        except (OperationalError, InterfaceError):
            raise
        except Exception as failure:  # noqa: BLE001 (files matter more than figures)
            _log_failure("the count of quality", failure)
            counted = None
        if counted is None:
            self.counted_at = time.monotonic()

    def deliver(self) -> bool:
        """Send some of the mails that wait; return whether there were any. A server away is let be."""
        if time.monotonic() - self.mail_failed_at < MAIL_RESTS_SECONDS:
            return False
        try:
            return deliver_some(at=self.clock())
        except (OperationalError, InterfaceError):
            raise
        except MailServerAway as away:
            log.warning("the mail server cannot be used (%s); mails wait", away)
        except Exception as failure:  # noqa: BLE001 (files matter more than mails)
            _log_failure("the delivery of mails", failure)
        self.mail_failed_at = time.monotonic()
        return False

    def tend_cases(self) -> None:
        """Take the steps that come by themselves with a day: parts ripen, fall silent, are told of above."""
        if time.monotonic() - self.cases_at < CASES_EVERY_SECONDS:
            return
        try:
            take_steps_of_the_day(actor=Actor(ActorKind.JOB, self.name), at=self.clock())
            self.archive_once_a_day()
        except (OperationalError, InterfaceError):
            raise
        except Exception as failure:  # noqa: BLE001 (one broken case must not stop the files)
            _log_failure("the steps of the day", failure)
        self.cases_at = time.monotonic()

    def recheck(self) -> None:
        """Reckon the answers that hold again, so that whoever relied on one is told when it changes."""
        if time.monotonic() - self.rechecked_at < RECHECK_EVERY_SECONDS:
            return
        try:
            recheck(at=self.clock())
        except (OperationalError, InterfaceError):
            raise
        except Exception as failure:  # noqa: BLE001 (files must not wait for it)
            _log_failure("reckoning answers again", failure)
        self.rechecked_at = time.monotonic()

    def warn(self) -> None:
        """Tell followers what changed about the organisations they follow."""
        if time.monotonic() - self.warned_at < WARN_EVERY_SECONDS:
            return
        try:
            warn_followers(at=self.clock())
        except (OperationalError, InterfaceError):
            raise
        except Exception as failure:  # noqa: BLE001 (files must not wait for it)
            _log_failure("warning followers", failure)
        self.warned_at = time.monotonic()

    def archive_once_a_day(self) -> None:
        """Archive what is past the ceiling of five years: the whole ledger is read for it, so once a day."""
        today = legal_day(self.clock())
        if self.archived_on == today:
            return
        while archive_some(actor=Actor(ActorKind.JOB, self.name), at=self.clock()):
            self.show_life()
        self.archived_on = today

    def find(self, *, idle: bool) -> bool:
        """Look for some doubtful links; return whether there may be more.

        While nothing waits until there are no more, then again a little later; else one turn a while.
        """
        due = time.monotonic() - self.found_at >= (
            FIND_EVERY_SECONDS if idle else FIND_AT_LEAST_EVERY_SECONDS
        )
        if not (due or (idle and self.more_to_find)):
            return False
        try:
            self.more_to_find = find_some(at=self.clock(), failed=_log_failed_row)
        except (OperationalError, InterfaceError):
            raise
        except Exception as failure:  # noqa: BLE001 (files matter more than doubts)
            _log_failure("the search for doubtful links", failure)
            self.more_to_find = False
        self.found_at = time.monotonic()
        return self.more_to_find


def run_worker(*, once: bool, clock: Clock, name: str, stop: threading.Event | None = None) -> None:
    """Work until `stop` is set; with `once` until nothing waits.

    A database that goes away is waited for, longer each time, and spoken of once.
    """
    worker = _Worker(name, clock, stop or threading.Event())
    pause = FIRST_PAUSE_SECONDS
    away = False
    while not worker.stop.is_set():
        try:
            worked = worker.work_once()
        except lease.Stopped:
            break
        except (OperationalError, InterfaceError) as failure:
            if not away:
                log.warning("the database cannot be used (%s); waiting for it", type(failure).__name__)
            away, worker.beaten_at = True, None
            connection.close()
            worker.stop.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
            continue
        if away:
            log.warning("the database is back")
        away, pause = False, FIRST_PAUSE_SECONDS
        if not worked and once:
            break
        if not worked:
            worker.stop.wait(POLL_SECONDS)
    _say_goodbye(worker)


def _say_goodbye(worker: _Worker) -> None:
    try:
        rest(worker=worker.name, at=worker.clock())
    except (OperationalError, InterfaceError):
        log.warning("the database is away; the heartbeat will run out by itself")


def _log_failure(what: str, failure: Exception) -> None:
    """Say what broke and where, but not the message: it may quote a value of a row."""
    where = "".join(traceback.format_tb(failure.__traceback__))
    log.error("%s failed: %s\n%s", what, type(failure).__name__, where)


def _log_failed_row(row_id: UUID, failure: Exception) -> None:
    _log_failure(f"the search for the subject of row {row_id.hex}", failure)


def _log_if_stopped(submission_id: UUID) -> None:
    if Submission.objects.filter(id=submission_id, stopped_at__isnull=False).exists():
        log.error(
            "submission %s is stopped after too many tries; mend what failed, then let an officer set it"
            " going on its page at the desk (/desk/submissions/%s/)",
            submission_id.hex,
            submission_id,
        )
