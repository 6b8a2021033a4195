"""An agency's key and for whom it acts; the name a sender gives a request, so that it counts once."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from gongxin.core.leaks import holds_personal_number
from gongxin.core.submissions import RESERVED_KEYS
from gongxin.interfaces.api.exchange_v1 import refusals
from gongxin.interfaces.api.exchange_v1.bodies import KEY_LENGTH
from gongxin.interfaces.api.limits import count_address, count_key
from gongxin.interfaces.permissions import key_of
from gongxin.registry.accounts.keys import hash_of_key
from gongxin.registry.accounts.models import Agency, ApiKey
from gongxin.registry.accounts.queries import key_in_force, successor_of


class AgencyKey(HttpBearer):
    """An agency's key, `Authorization: Bearer gx_…`. Found by its hash; a revoked one is none."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey | None:
        key = key_in_force(hash_of_key(token))
        if key is None:
            count_address(request)
        else:
            count_key(request, key.pk)
        return key


def acting_agency(request: HttpRequest) -> Agency:
    """Return the agency for which the key acts: its own, or the one that succeeded it. Raises Refused."""
    key = key_of(request)
    if key is None:
        raise refusals.no_key()
    return successor_of(key.agency)


def idempotency_key_of(request: HttpRequest, *, needed: bool = True) -> str:
    """Return the name a sender gave its request; empty where none is needed. Raises Refused."""
    sent = request.headers.get("Idempotency-Key", "").strip()
    if not sent and not needed:
        return ""
    if not sent:
        raise refusals.idempotency_key_missing()
    if len(sent) > KEY_LENGTH:
        raise refusals.idempotency_key_too_long(KEY_LENGTH)
    if holds_personal_number(sent):
        raise refusals.idempotency_key_of_a_person()
    if sent.startswith(RESERVED_KEYS):
        raise refusals.idempotency_key_reserved()
    if not sent.isprintable():
        raise refusals.unreadable_idempotency_key()
    return sent
