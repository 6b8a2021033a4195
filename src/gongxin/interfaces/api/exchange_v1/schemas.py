"""What the exchange API answers. The counts bear the same names as the command line's."""

from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from gongxin.core.catalogue import Label
from gongxin.core.succession import successions
from gongxin.registry.intake.models import NilReturn, Submission

COUNTS = (
    "rows",
    "accepted",
    "rejected",
    "out_of_scope",
    "warnings",
    "problems",
    "posted",
    "unchanged",
    "superseded",
    "unlinked",
    "held",
)
BASE = "/api/exchange/v1/submissions"
NIL_BASE = "/api/exchange/v1/nil-returns"


class Words(Schema):
    zh: str
    en: str


class RefusedFile(Schema):
    code: str
    message: Words


class StoppedWork(RefusedFile):
    number: str
    at: datetime


class SubmissionState(Schema):
    """`state`: received, checked, posting, done, refused, recalling, recalled, or stopped where the work
    failed too often on our side; `stopped` then names the number to ask with. Once the state is done,
    accepted = posted + unchanged + superseded + unlinked + held. While `check_first` is true nothing is
    posted: once checked it waits for `confirm`. `corrects` is the submission it mends. `successions` warns
    of agencies it was sent for, or names as deciding, that another succeeded."""

    submission: str
    state: str
    class_id: str
    file_name: str
    check_first: bool
    corrects: str | None
    received_at: datetime
    checked_at: datetime | None
    done_at: datetime | None
    rows: int
    accepted: int
    rejected: int
    out_of_scope: int
    warnings: int
    problems: dict[str, int]
    posted: int
    unchanged: int
    superseded: int
    unlinked: int
    held: int
    refused: RefusedFile | None
    stopped: StoppedWork | None
    successions: list[Words]
    links: dict[str, str]


class RowProblem(Schema):
    sheet: str
    row: int
    document_number: str = Field(description="Or, where the row has none, its code or name")
    field: str
    label: str
    value: str
    severity: str
    code: str
    message: str
    source: str
    example: str


class ProblemReport(Schema):
    class_id: str = Field(alias="class")
    counts: dict[str, int] = Field(description="How often each rule was broken")
    total: int
    listed: int | None = Field(None, description="How many are listed here; only where all were asked for")
    problems: list[RowProblem]
    next: str | None = Field(
        None, description="The address of the next page; only where pages were asked for"
    )


class Submissions(Schema):
    submissions: list[SubmissionState]
    next: str | None


class NilReturnState(Schema):
    """`state`: standing, withdrawn by the agency for `withdrawn_reason`, or overtaken by a record of the
    month that arrived later with the submission `overtaken_by`."""

    nil_return: str
    state: str
    class_id: str
    month: str
    stated_at: datetime
    withdrawn_at: datetime | None
    withdrawn_reason: str | None
    overtaken_by: str | None
    links: dict[str, str]


class NilReturns(Schema):
    nil_returns: list[NilReturnState]
    next: str | None


def submission_json(found: Submission) -> dict[str, Any]:
    """Return one submission as the schema says."""
    address = f"{BASE}/{found.id}"
    return {
        "submission": str(found.id),
        "state": found.standing,
        "class_id": found.class_id,
        "file_name": found.file_name,
        "check_first": found.check_first,
        "corrects": str(found.corrects_id) if found.corrects_id else None,
        "received_at": found.received_at,
        "checked_at": found.checked_at,
        "done_at": found.done_at,
        **{name: getattr(found, name) for name in COUNTS},
        "refused": _refused(found),
        "stopped": _stopped(found),
        "successions": [_words(one.words) for one in successions(found.successions)],
        "links": {
            "self": address,
            "problems": f"{address}/problems",
            "page": f"/desk/submissions/{found.id}/",
        },
    }


def _refused(found: Submission) -> dict[str, Any] | None:
    if not found.refusal_code:
        return None
    return {"code": found.refusal_code, "message": {"zh": found.refusal_zh, "en": found.refusal_en}}


def _stopped(found: Submission) -> dict[str, Any] | None:
    if found.stopped_at is None:
        return None
    number = found.id.hex
    message = {
        "zh": f"已停止：平台方故障，编号 {number}。数据没有丢失，无需重新报送",
        "en": f"Stopped: our fault, number {number}. Nothing is lost and nothing need be sent again",
    }
    return {"code": "our-fault", "number": number, "at": found.stopped_at, "message": message}


def _words(label: Label) -> dict[str, str]:
    return {"zh": label.zh, "en": label.en}


def nil_json(found: NilReturn) -> dict[str, Any]:
    """Return one nil return as the schema says."""
    return {
        "nil_return": str(found.id),
        "state": _nil_state(found),
        "class_id": found.class_id,
        "month": f"{found.month:%Y-%m}",
        "stated_at": found.stated_at,
        "withdrawn_at": found.withdrawn_at,
        "withdrawn_reason": found.withdrawn_reason or None,
        "overtaken_by": str(found.overtaken_by_id) if found.overtaken_by_id else None,
        "links": {"withdraw": f"{NIL_BASE}/{found.id}/withdraw", "page": "/desk/nil/"},
    }


def _nil_state(found: NilReturn) -> str:
    if found.withdrawn_at is None:
        return "standing"
    return "overtaken" if found.overtaken_by_id else "withdrawn"
