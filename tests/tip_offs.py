"""Tip-offs as the tests give them: about Qiao's firm, by somebody who may or may not say who they are."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from cast import AT, QIAO
from sending import csv_of, penalty, sent

from gongxin.flows.tip_offs import Receipt, give
from gongxin.registry.subjects.queries import subject_of_code
from gongxin.registry.tip_offs.sealed import Identity

TEXT = "示范乔木机械有限公司每天夜里两点向河里排放没有处理的污水，已经有一个月。"
NOBODY = Identity("", "")
TELLER, CONTACT = "石榴花", "teller@shifan.example"


def qiao_firm(at: datetime = AT) -> UUID:
    """Return Qiao's firm, of which a fine is public."""
    found = subject_of_code(QIAO, at=at)
    if found is None:
        sent(csv_of(penalty()), at=at)
        found = subject_of_code(QIAO, at=at)
    assert found is not None
    return found


def told(*, at: datetime = AT, text: str = TEXT, **named: Any) -> Receipt:
    """Return the receipt of a tip-off about Qiao's firm."""
    given = {"matter": "environment", "identity": NOBODY, "form_id": uuid4(), **named}
    return give(about=given.pop("about", None) or qiao_firm(at), text=text, at=at, **given)
