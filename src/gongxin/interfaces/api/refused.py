"""What every API refuses alike, and how it is answered."""

from collections.abc import Iterable

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


def unknown_class(known: Iterable[str]) -> Refused:
    ids = ", ".join(known)
    return Refused(
        422,
        "unknown-class",
        Label(f"没有这个目录事项。可用：{ids}。", f"There is no such class. Known: {ids}."),
    )
