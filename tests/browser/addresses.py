"""Walks the website as one reader: every plain address of the URL table, and what links lead to."""

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.urls.exceptions import Resolver404
from playwright.sync_api import BrowserContext

LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]+)"|\bhx-get="([^"]+)"')
SENT_TO = re.compile(r'<form\b[^>]*?\bmethod="post"[^>]*?\baction="([^"]+)"|\bformaction="([^"]+)"')
EACH = 2  # addresses looked at of one route: the first and one that may look different
FOLLOWED = 4  # addresses asked of one route while looking for others


@dataclass
class Walk:
    """What one reader met: pages by route and as sent, routes that answered otherwise, and what broke."""

    pages: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    no_pages: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)

    def addresses(self) -> list[str]:
        return [address for found in self.pages.values() for address in found[:EACH]]


def routes(patterns: Iterable[URLPattern | URLResolver], prefix: str = "", space: str = "") -> dict[str, str]:
    """Return every named route outside the APIs, with the address as the table writes it."""
    found: dict[str, str] = {}
    for pattern in patterns:
        address = f"{prefix}{pattern.pattern}"
        if address.startswith("api/"):
            continue
        if isinstance(pattern, URLResolver):
            name = f"{pattern.namespace}:" if pattern.namespace else ""
            found |= routes(pattern.url_patterns, address, space + name)
        else:
            found[f"{space}{pattern.name}"] = address
    return found


def every_route() -> dict[str, str]:
    return routes(get_resolver().url_patterns)


def walk(context: BrowserContext, address: str, *, under: str = "/", also: Iterable[str] = ()) -> Walk:
    """Return what a reader meets from every plain address, following the links that stay under `under`."""
    plain = [f"/{route}" for route in every_route().values() if "<" not in route]
    waiting = deque(dict.fromkeys([*also, *(one for one in plain if one.startswith(under))]))
    known, met, asked = set(waiting), Walk(), dict[str, int]()
    while waiting:
        here = waiting.popleft()
        route = route_of(here)
        asked[route] = asked.get(route, 0) + 1
        if not route or asked[route] > FOLLOWED:
            continue
        answer = context.request.get(f"{address}{here}", max_redirects=0)
        if answer.status >= 404 and answer.status != 405 and here not in plain:
            met.broken.append(f"{here}: {answer.status}")
        if answer.status != 200 or "text/html" not in answer.headers.get("content-type", ""):
            met.no_pages |= {route} if answer.status in {200, 302, 405} else set()
            continue
        met.pages.setdefault(route, []).append(here)
        text = met.texts[here] = answer.text()
        met.no_pages |= {route_of(there) for there in _found(SENT_TO, text, here, address)}
        for there in _found(LINK, text, here, address):
            if there.startswith(under) and there not in known:
                known.add(there)
                waiting.append(there)
    return met


def _found(pattern: re.Pattern[str], text: str, here: str, address: str) -> list[str]:
    """Return the addresses on this site that `pattern` finds on the page at `here`, one after the other."""
    links = ("".join(groups) for groups in pattern.findall(text))
    found = (_within(urljoin(f"{address}{here}", unescape(link)), address) for link in links)
    return [one for one in found if one]


def _within(link: str, address: str) -> str:
    """Return the path of a link that stays on the site, "" for others and for switches of language."""
    if not link.startswith(f"{address}/"):
        return ""
    parts = urlsplit(link)
    switches = parts.path.startswith(("/language/", "/api/", "/static/"))
    return "" if switches else parts.path + (f"?{parts.query}" if parts.query else "")


def route_of(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""
