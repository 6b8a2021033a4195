"""Questions of an approval system, and lists that are up to date when they are asked."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from cast import AT, LIN, QIAO
from sending import an_agency

from gongxin.core.checks import Question
from gongxin.core.lists import statutory_lists
from gongxin.core.looks import Looker
from gongxin.flows.check_subject import Answer, ask
from gongxin.registry.intake.models import NilReturn

MATTER = "policy-support"


def question(code: str = QIAO, matter: str = MATTER, **more: Any) -> Question:
    told = {"moment": AT, "purpose": "审查申请", "case_number": "审〔2026〕1号", **more}
    return Question(code=code, matter=matter, **told)


def asked(code: str = QIAO, matter: str = MATTER, *, at: datetime = AT, **more: Any) -> Answer:
    looker = Looker(LIN, an_agency().id, "clerk")
    return ask(question(code, matter, **{"moment": at, **more}), looker=looker, at=at)


def fed(*class_ids: str, at: datetime = AT) -> None:
    """Let every list a question on these matters asks be up to date: each body says it has nothing."""
    for class_id in class_ids or {one.class_id for one in statutory_lists().values()}:
        NilReturn.objects.create(
            id=uuid4(), agency=an_agency(), class_id=class_id, month=at.date().replace(day=1),
            stated_by="user:lin", stated_at=at,
        )  # fmt: skip
