"""The public halves of the keys that sign answers (RFC 7517), the retired ones too: they still verify."""

from typing import Any

from django.http import HttpRequest, JsonResponse

from gongxin.core import jws
from gongxin.interfaces.permissions import requires
from gongxin.registry.checks.keys import public_keys
from gongxin.registry.checks.models import SigningKey

FIVE_MINUTES = "public, max-age=300"


@requires("public.read")
def key_set(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 (Django's)
    """Every key that ever signed, the newest first; `retired_at` says up to when one may have signed."""
    keys = [_key(one) for one in public_keys()]
    return JsonResponse({"keys": keys}, headers={"Cache-Control": FIVE_MINUTES})


def _key(one: SigningKey) -> dict[str, Any]:
    retired = {"retired_at": one.retired_at.isoformat()} if one.retired_at else {}
    return {**jws.public_jwk(bytes(one.public_key)), "made_at": one.made_at.isoformat(), **retired}
