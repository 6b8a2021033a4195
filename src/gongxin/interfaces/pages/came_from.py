"""From where a request comes, as far as our own proxies can be believed."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Return from where a request comes: as many proxies of our own are believed as the settings say.

    Of an IPv6 address the network, which is what a household or an office has.
    """
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    trusted = settings.API_PROXIES
    address = told[-trusted] if 0 < trusted <= len(told) and told[-trusted] else request.META["REMOTE_ADDR"]
    try:
        read = ip_address(address)
    except ValueError:
        return address[:64]
    return read.exploded[:19] if read.version == 6 else str(read)
