from xml.etree import ElementTree as Xml

import pytest

from gongxin.core.lawbook import edition

pytestmark = pytest.mark.django_db


def addresses(sun):
    document = Xml.fromstring(sun.get("/sitemap.xml").content)  # noqa: S314 (our own)
    return [found.text.removeprefix("http://testserver") for found in document.iter() if found.text]


def test_robots_are_kept_from_searches_and_the_desk(sun):
    response = sun.get("/robots.txt")

    assert response.headers["Content-Type"].startswith("text/plain")
    assert "Disallow: /search/" in response.text
    assert "Sitemap: http://testserver/sitemap.xml" in response.text
    # A page has to be read for its noindex to be obeyed.
    assert "/subjects/" not in response.text
    assert "Disallow: /penalties/" not in response.text


def test_everything_in_the_sitemap_may_be_indexed_and_read(sun, fined):
    lines = sun.get("/robots.txt").text.splitlines()
    closed = [line.removeprefix("Disallow: ") for line in lines if "Disallow" in line]

    for address in addresses(sun):
        response = sun.get(address)
        assert response.status_code == 200
        assert "X-Robots-Tag" not in response.headers
        assert 'content="noindex"' not in response.text
        assert not [path for path in closed if address.startswith(path)]


def test_the_sitemap_names_no_subject_and_no_column_of_penalties(sun, fined):
    named = addresses(sun)

    assert not [address for address in named if "subjects" in address or "penalt" in address.split("/")[1]]
    assert {f"/catalogue/{class_id}/" for class_id in edition().classes} <= set(named)
