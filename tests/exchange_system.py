from dataclasses import dataclass
from typing import Any

from cast import AT, OPERATOR
from django.http import HttpResponse
from django.test import Client

from gongxin.flows.enrol import revoke_key
from gongxin.registry.accounts.models import ApiKey

BASE = "/api/exchange/v1/submissions"
NIL = "/api/exchange/v1/nil-returns"
CASES = "/api/exchange/v1/cases"
CHECKS = "/api/exchange/v1/checks"
FOLLOWS = "/api/exchange/v1/follows"


@dataclass
class System:
    """An agency's own system, with its key."""

    key: str
    kept: ApiKey

    def get(self, address: str = BASE, *, has: str | None = None, **query: Any) -> HttpResponse:
        """Ask; `has` is the tag of an answer the system has already."""
        headers = self.headers() | ({"If-None-Match": has} if has else {})
        return Client().get(address, query, headers=headers)

    def send(
        self, body: Any, *, idempotency_key: str | None = "first", kind: str = "application/json"
    ) -> Any:
        headers = self.headers() | ({"Idempotency-Key": idempotency_key} if idempotency_key else {})
        if kind == "multipart":
            return Client().post(BASE, body, headers=headers)
        return Client().post(BASE, body, content_type=kind, headers=headers)

    def post(self, address: str, body: Any, *, key: str = "") -> Any:
        """Send one JSON body to an address of the exchange, under a name of its own if it has one."""
        headers = self.headers() | ({"Idempotency-Key": key} if key else {})
        return Client().post(address, body, content_type="application/json", headers=headers)

    def delete(self, address: str) -> Any:
        return Client().delete(address, headers=self.headers())

    def revoke(self) -> None:
        revoke_key(key_id=self.kept.id, actor=OPERATOR, at=AT)

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}
