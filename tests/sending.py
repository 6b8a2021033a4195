"""Sends files through the whole flow, as the command does: rows as dictionaries, sealed, checked, posted."""

import csv
import io
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.identifiers import unified
from gongxin.core.legal_day import legal_day
from gongxin.flows import lease
from gongxin.flows.load_law import load_packaged_law
from gongxin.flows.submit import advance, receive
from gongxin.registry.accounts.models import Agency
from gongxin.registry.intake.models import Submission
from gongxin.registry.intake.spool import new_spool

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
LIN = Actor(ActorKind.USER, "lin")
ZHAO = Actor(ActorKind.USER, "zhao")


def code_of(first_seventeen: str) -> str:
    """Return a whole unified code from its first seventeen characters."""
    return first_seventeen + unified.check_character(first_seventeen)


def firm_code(number: int) -> str:
    """Return the code of the fictional firm `number`, its organisation part in order too."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    part = f"MA{number:06d}"
    total = sum(int(symbol, 36) * weight for symbol, weight in zip(part, weights, strict=True))
    return code_of(f"91990100{part}{'0123456789X0'[11 - total % 11]}")


REGULATOR = code_of("11990100MB0000001")
QIAO = firm_code(1)
QIAO_NAME = "示范乔木机械有限公司"

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
    agency = an_agency()
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
