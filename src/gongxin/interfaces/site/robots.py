"""What search engines are told: which addresses to leave alone, and which pages are worth keeping.

The sitemap names the platform's own pages only. A list of the subjects that may be indexed would be a list
of those with nothing adverse, and who has dropped out of it would be plain to see.
"""

from collections.abc import Iterator
from xml.etree import ElementTree as Xml

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongxin.interfaces.clock import today
from gongxin.interfaces.permissions import requires
from gongxin.registry.catalogue.queries import active_classes

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
# A page has to be read for its noindex to be obeyed: what is adverse is not forbidden here.
CLOSED = ("/search/", "/api/", "/desk/", "/language/", "/type-size/", "/*/feed.atom", "/*/list.csv")
PAGES = (
    "home",
    "about",
    "help",
    "words",
    "contest",
    "tip-offs",
    "mine",
    "catalogue",
    "licences",
    "lists",
    "criteria",
    "statistics",
)


@requires("public.read")
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('site:sitemap'))}")
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@requires("public.read")
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the pages that may be indexed and do not change with a subject's record."""
    listed = Xml.Element("urlset", xmlns=SITEMAP)
    for path in _indexed():
        Xml.SubElement(Xml.SubElement(listed, "url"), "loc").text = request.build_absolute_uri(path)
    document = Xml.tostring(listed, encoding="utf-8", xml_declaration=True)
    return HttpResponse(document, content_type="application/xml; charset=utf-8")


def _indexed() -> Iterator[str]:
    yield from (reverse(f"site:{name}") for name in PAGES)
    yield from (reverse("site:class", args=[one.id]) for one in active_classes(on=today()))
