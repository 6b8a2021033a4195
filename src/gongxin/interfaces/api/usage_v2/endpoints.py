"""The usage API, `/api/usage/v2`: the state's portal asks for an organisation who looked at its file.

Protocol: `findUsage` 2.1 of the Estonian data tracker (github.com/e-gov/AJ, dumonitor-openapi.yaml and
"Andmejälgija kasutusteabe esitamise protokoll" 1.6).
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from ninja import Query
from ninja.errors import AuthenticationError, ValidationError

from gongxin.core.catalogue import Label
from gongxin.core.disclosure import Audience
from gongxin.interfaces.api.description import DescribedAPI
from gongxin.interfaces.api.exchange_v1 import refusals
from gongxin.interfaces.api.exchange_v1.keys import AgencyKey
from gongxin.interfaces.api.public_v1.refusals import not_held_here
from gongxin.interfaces.api.refused import Refused, answer_of
from gongxin.interfaces.api.usage_v2.schemas import (
    FindUsageAnswer,
    HeartbeatAnswer,
    Question,
    UsagePeriodAnswer,
)
from gongxin.interfaces.api.usage_v2.words import WORDS
from gongxin.interfaces.clock import now
from gongxin.interfaces.pages.identity import full_name
from gongxin.interfaces.pages.look_words import body_code, body_in_words, told_in_one_line
from gongxin.interfaces.pages.personal_numbers import is_about_a_person
from gongxin.interfaces.permissions import names_action, requires
from gongxin.registry import guards
from gongxin.registry.audit.looks import LookTold, looks_at, usage_period
from gongxin.registry.subjects.clusters import subject_ids_of
from gongxin.registry.subjects.queries import subject_of_code


class TrackerKey(AgencyKey):
    """The portal's key, `Authorization: Bearer gx_…`, issued with `gongxin key add --for usage-tracker`."""


api = DescribedAPI(
    WORDS,
    version="2",
    docs_decorator=requires("catalogue.read"),
    urls_namespace="usage_v2",
    auth=TrackerKey(),
)


@api.get("/findUsage", response={200: FindUsageAnswer})
@names_action("usage.read")
def find_usage(request: HttpRequest, asked: Query[Question]) -> dict[str, Any]:  # noqa: ARG001 (ninja's)
    """List who looked at a subject, as the subject may know it, the newest first."""
    if is_about_a_person(asked.user_code):
        raise not_held_here()
    at = now()
    subject_id = subject_of_code(asked.user_code, at=at)
    if subject_id is None:
        return {"totalUsages": 0, "usages": []}
    page = looks_at(
        subject_ids_of(subject_id, at=at),
        audience=Audience.SUBJECT,
        at=at,
        offset=asked.offset,
        limit=asked.limit,
        since=asked.period_start,
        before=asked.period_end,
    )
    return {"totalUsages": page.total, "usages": [_usage(look) for look in page.looks]}


def _usage(look: LookTold) -> dict[str, str | datetime]:
    return {
        "logtime": look.at,
        "action": told_in_one_line(look),
        "receiverCode": body_code(look),
        "receiverName": body_in_words(look),
        "receiverSystem": full_name(),
    }


@api.get("/usagePeriod", response={200: UsagePeriodAnswer})
@names_action("usage.read")
def usage_period_known(request: HttpRequest) -> dict[str, datetime]:  # noqa: ARG001
    """Say since when looks are written down; they are until now."""
    return {"periodStart": usage_period(at=now())}


@api.get("/heartbeat", response={200: HeartbeatAnswer})
@names_action("usage.read")
def heartbeat(request: HttpRequest) -> dict[str, str]:  # noqa: ARG001
    """Say whether the record of looks can be asked, and is guarded against change."""
    missing = guards.missing()
    if missing:
        return {"status": "FAIL", "message": f"guards are missing: {', '.join(missing)}"}
    return {"status": "OK", "message": "looks can be asked for"}


@api.exception_handler(Refused)
def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    return answer_of(request, refusal)


@api.exception_handler(AuthenticationError)
def _no_key(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    return answer_of(request, refusals.no_key())


@api.exception_handler(PermissionDenied)
def _not_permitted(request: HttpRequest, _error: PermissionDenied) -> HttpResponse:
    return answer_of(request, refusals.not_permitted())


@api.exception_handler(ValidationError)
def _unreadable(request: HttpRequest, _error: ValidationError) -> HttpResponse:
    # The protocol knows 400 alone for a question that cannot be read.
    words = Label("参数缺少或有误，对照接口说明检查。", "A parameter is missing or cannot be read.")
    return answer_of(request, Refused(400, "unreadable", words))
