"""The language of a page: Simplified Chinese, unless the reader has switched.

The browser's own list is not asked: many machines in China speak English to servers, and one
address should read the same for everyone who has chosen nothing. A program says what it wants, and is
asked: Accept-Language holds for the API.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from gongxin.interfaces.pages.problems import is_for_programs

KNOWN = tuple(code for code, _ in settings.LANGUAGES)


class LanguageMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with translation.override(chosen_language(request)):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        patch_vary_headers(
            response, ("Accept-Language", "Cookie") if is_for_programs(request) else ("Cookie",)
        )
        return response


def chosen_language(request: HttpRequest) -> str:
    if is_for_programs(request):
        return translation.get_language_from_request(request)
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in KNOWN else settings.LANGUAGE_CODE
