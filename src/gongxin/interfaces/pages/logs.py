"""What may stand in the log: the route that was asked, not the address, which says who was looked for."""

import logging

from django.http import HttpRequest


class RouteForAddress(logging.Filter):
    """Puts the route in the place of the address wherever Django would write it down."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            addresses = {request.path, request.path_info, request.get_full_path()}
            record.args = tuple(_route(request) if arg in addresses else arg for arg in record.args)
        return True


def _route(request: HttpRequest) -> str:
    return request.resolver_match.route if request.resolver_match else "an address that is none"
