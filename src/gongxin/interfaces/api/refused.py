from django.http import HttpRequest, HttpResponse

from gongxin.core.catalogue import Label
from gongxin.interfaces.pages.problems import problem


class Refused(Exception):
    """An API cannot answer this."""

    def __init__(self, status: int, code: str, message: Label, headers: dict[str, str] | None = None) -> None:
        super().__init__(code)
        self.status, self.code, self.message, self.headers = status, code, message, headers or {}


def answer_of(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Return a refusal as every API answers it."""
    return problem(
        request, status=refusal.status, code=refusal.code, detail=refusal.message, headers=refusal.headers
    )
