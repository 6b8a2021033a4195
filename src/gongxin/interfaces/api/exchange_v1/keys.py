from django.http import HttpRequest
from ninja.security import HttpBearer

from gongxin.interfaces.api.limits import count_address, count_key
from gongxin.registry.accounts.keys import hash_of_key
from gongxin.registry.accounts.models import ApiKey
from gongxin.registry.accounts.queries import key_in_force


class AgencyKey(HttpBearer):
    """An agency's key, `Authorization: Bearer gx_…`. Found by its hash; a revoked one is none."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey | None:
        key = key_in_force(hash_of_key(token))
        if key is None:
            count_address(request)
        else:
            count_key(request, key.pk)
        return key
