"""Sends files through the whole flow, as the command does: rows as dictionaries, sealed, checked, posted."""

import csv
import io
from datetime import datetime
from typing import Any
from uuid import uuid4

from cast import AT, LIN, QIAO, QIAO_NAME, REGULATOR

from gongxin.core.legal_day import legal_day
from gongxin.flows import lease
from gongxin.flows.load_law import load_packaged_law
from gongxin.flows.recall import begin_recall
from gongxin.flows.submit import advance, receive
from gongxin.registry.accounts.models import Agency
from gongxin.registry.intake.models import Submission
from gongxin.registry.intake.spool import new_spool

PENALTY = {
    "CF_XDR_MC": QIAO_NAME,
    "CF_XDR_LB": "法人及非法人组织",
    "CF_XDR_SHXYM": QIAO,
    "CF_FRDB": "乔某",
    "CF_WSH": "示环罚〔2026〕12号",
    "CF_WFXW": "未按规定公开排污信息",
    "CF_SY": "当事人未按规定公开排污信息，经责令改正后已改正。",
    "CF_YJ": "《排污许可管理条例》第三十六条",
    "CF_CFLB": "罚款",
    "CF_NR": "罚款人民币贰万元",
    "CF_NR_FK": "2",
    "CF_JDRQ": "2026-10-12",
    "CF_YXQ": "2099/12/31",
    "CF_CFJG": "示范市生态环境局",
    "CF_CFJGDM": REGULATOR,
    "CF_SJLY": "示范市生态环境局",
    "CF_SJLYDM": REGULATOR,
}


def penalty(**changes: str) -> dict[str, str]:
    """Return a clean row of the 2018 penalty form about Qiao's firm, with `changes`."""
    return {**PENALTY, **changes}


def csv_of(*rows: dict[str, str]) -> bytes:
    """Return rows as an UTF-8 file whose header holds every column any of them has."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def an_agency(code: str = REGULATOR, name: str = "示范市生态环境局") -> Agency:
    """Return an agency on a database with the law loaded."""
    load_packaged_law(actor=LIN, at=AT)
    found = Agency.objects.filter(code=code).first()
    return found or Agency.objects.create(id=uuid4(), code=code, name=name, region="990100")


def received(content: bytes, *, class_id: str = "penalty", at: datetime = AT, **named: Any) -> Submission:
    """Return a submission that waits for a worker."""
    agency = named.pop("agency", None) or an_agency()
    spool = new_spool()
    spool.write(content)
    spool.close()
    given = {"file_name": "报送.csv", "mapping": None, "idempotency_key": None, "actor": LIN, **named}
    return receive(agency=agency, class_id=class_id, spool=spool, at=at, on=legal_day(at), **given)


def worked(submission: Submission, *, at: datetime = AT, worker: str = "worker-1") -> Submission:
    """Return the submission taken to its end by a worker."""
    assert lease.claim(submission_id=submission.id, worker=worker, at=at)
    return advance(submission_id=submission.id, worker=worker, clock=lambda: at)


def sent(content: bytes, *, class_id: str = "penalty", at: datetime = AT, **named: Any) -> Submission:
    """Return a submission sent and taken to its end."""
    return worked(received(content, class_id=class_id, at=at, **named), at=at)


def recalled(submission: Submission, *, at: datetime, reason: str = "报错目录") -> Submission:
    """Return the submission recalled by Lin and taken back to its end by a worker."""
    begin_recall(submission=submission, reason=reason, actor=LIN, at=at)
    return worked(submission, at=at)
