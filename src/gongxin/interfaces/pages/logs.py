"""What may stand in the log: the route that was asked, not the address, which says who was looked for."""

import logging
import re
from http import HTTPStatus
from urllib.parse import unquote_plus

from django.http import HttpRequest

from gongxin.core.leaks import holds_personal_number, mask_personal_numbers

_BEHIND_ORIGIN = re.compile(r"(https?://[^/?#\s]*)[/?#]\S*")
_ESCAPED = re.compile(r"\\u([0-9a-f]{4})")


class RouteForAddress(logging.Filter):
    """Puts the route in the place of the address wherever Django would write it down.

    Of a page one came from it leaves the origin: it may be our own, with a question.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            addresses = {request.path, request.path_info, request.get_full_path()}
            # Django writes what is not ASCII as escapes.
            addresses |= {one.encode("unicode_escape").decode("ascii") for one in addresses}
            record.args = tuple(_route(request) if arg in addresses else _cut(arg) for arg in record.args)
        return True


class OneLineForARefusal(logging.Filter):
    """Leaves of a refusal its one line: that someone may not do a thing is no fault of the program."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", None) == HTTPStatus.FORBIDDEN:
            record.exc_info = record.exc_text = None
        return True


class WithoutPersonalNumbers(logging.Formatter):
    """Writes a line, its traceback too, with stars for persons' numbers, however an address quotes them."""

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), unquote_plus(line))
        return mask_personal_numbers(plain if holds_personal_number(plain) else line)


def _cut(arg: object) -> object:
    return _BEHIND_ORIGIN.sub(r"\1/…", arg) if isinstance(arg, str) else arg


def _route(request: HttpRequest) -> str:
    return request.resolver_match.route if request.resolver_match else "an address that is none"
