"""What the usage API answers: the fields of the protocol `findUsage` 2.1, under its own names."""

from datetime import datetime
from typing import Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

from gongxin.registry.audit.looks import LONGEST_PAGE

LONGEST_CODE, FARTHEST = 40, 1_000_000


class Question(Schema):
    user_code: str = Field(alias="userCode", max_length=LONGEST_CODE)
    period_start: AwareDatetime | None = Field(None, alias="periodStart")
    period_end: AwareDatetime | None = Field(None, alias="periodEnd")
    offset: int = Field(0, ge=0, le=FARTHEST)
    limit: int = Field(LONGEST_PAGE, ge=1, le=LONGEST_PAGE)


class Usage(Schema):
    logtime: datetime
    action: str = Field(description="The purpose in words, with the case number where there is one")
    receiverCode: str = Field(description="Unified code of the body that looked")  # noqa: N815
    receiverName: str  # noqa: N815
    receiverSystem: str  # noqa: N815


class FindUsageAnswer(Schema):
    totalUsages: int = Field(description="All there are, whatever limit and offset say")  # noqa: N815
    usages: list[Usage]


class UsagePeriodAnswer(Schema):
    periodStart: datetime = Field(description="Since when looks are written down")  # noqa: N815


class HeartbeatAnswer(Schema):
    status: Literal["OK", "FAIL"]
    message: str
