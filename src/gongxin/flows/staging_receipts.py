"""Telling a sender's database what became of the rows it wrote, once their submission is worked off."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction

from gongxin.core.catalogue import Severity
from gongxin.core.staging import Outcome
from gongxin.core.submissions import State
from gongxin.engine.report.findings import Finding, findings, open_kept
from gongxin.registry.catalogue.queries import class_checked_by
from gongxin.registry.intake.models import StagingReceipt, Submission
from gongxin.registry.intake.spool import kept_folder

OVER = (State.DONE.value, State.REFUSED.value, State.RECALLING.value, State.RECALLED.value)


def settle_some(*, at: datetime) -> bool:
    """This will settle the receipts of one submission that is worked off; return whether there was one."""
    waiting = StagingReceipt.objects.filter(outcome=Outcome.RECEIVED.value, submission__state__in=OVER)
    found = Submission.objects.filter(id__in=waiting.values("submission_id")[:1]).first()
    if found is None:
        return False
    with transaction.atomic():
        receipts = list(StagingReceipt.objects.filter(submission=found, outcome=Outcome.RECEIVED.value))
        if found.checked_at is None:
            _refuse(found, receipts)
        else:
            _say(found, receipts)
        _write(receipts, at)
    return True


def _write(receipts: list[StagingReceipt], at: datetime) -> None:
    """Write what is said, all rows of which the same is said at once: mostly that nothing is wrong."""
    alike: dict[tuple[str, str, str, str], list[int]] = defaultdict(list)
    for one in receipts:
        alike[one.agency_code, one.outcome, one.codes, one.words].append(one.sequence)
    for (agency_code, outcome, codes, words), numbers in alike.items():
        StagingReceipt.objects.filter(agency_code=agency_code, sequence__in=numbers).update(
            outcome=outcome, codes=codes, words=words, written_at=at
        )


def _refuse(submission: Submission, receipts: list[StagingReceipt]) -> None:
    for receipt in receipts:
        receipt.outcome, receipt.codes = Outcome.REFUSED.value, submission.refusal_code
        receipt.words = f"{submission.refusal_zh}\n{submission.refusal_en}"


def _say(submission: Submission, receipts: list[StagingReceipt]) -> None:
    check = open_kept(
        kept_folder(submission.id),
        information_class=class_checked_by(submission.class_id, edition=submission.edition),
        language="zh-hans",
    )
    found: dict[int, list[Finding]] = defaultdict(list)
    for one in findings(check):
        found[one.row].append(one)
    for receipt in receipts:
        said = found.get(receipt.row or 0, [])
        receipt.outcome = _outcome({one.severity for one in said}).value
        receipt.codes = "\n".join(one.code for one in said)
        receipt.words = "\n".join(one.explanation.message for one in said)


def _outcome(severities: set[Severity]) -> Outcome:
    if Severity.OUT_OF_SCOPE in severities:
        return Outcome.OUT_OF_SCOPE
    return Outcome.TO_CORRECT if Severity.ERROR in severities else Outcome.ACCEPTED
