"""An agency's key, and for whom it acts."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from gongxin.interfaces.api.exchange_v1 import refusals
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
