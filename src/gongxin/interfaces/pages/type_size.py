"""The size of type a reader has chosen: kept in a cookie, so that it needs no script."""

from django.http import HttpRequest

COOKIE = "type_size"
LARGE, NORMAL = "large", "normal"


def is_large(request: HttpRequest) -> bool:
    return request.COOKIES.get(COOKIE) == LARGE
