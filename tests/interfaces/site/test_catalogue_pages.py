import pytest
from sending import an_agency

from gongxin.core.lawbook import edition, information_class

pytestmark = pytest.mark.django_db


def test_every_class_is_listed(sun):
    an_agency()

    page = sun.get("/catalogue/").text

    assert all(f'href="/catalogue/{class_id}/"' in page for class_id in edition().classes)
    assert "中华人民共和国行政处罚法 第48条" in page  # nothing is listed without its basis


@pytest.mark.parametrize("class_id", edition().classes)
def test_a_class_shows_its_elements_fields_rules_and_forms(sun, class_id):
    an_agency()
    known = information_class(class_id)

    page = sun.get(f"/catalogue/{class_id}/").text

    assert all(name in page for name in known.statutory)
    assert all(f"<code>{field.key}</code>" in page for field in known.fields)
    assert all(f"<code>{rule.code}</code>" in page for rule in known.rules)
    assert page.count('<details class="record"') == len(known.layouts)
    assert len(page.encode()) < 150_000


def test_the_basis_says_how_sure_we_are(sun):
    an_agency()

    page = sun.get("/catalogue/penalty/").text

    assert "中华人民共和国行政处罚法" in page
    assert "未经核实" in page


def test_a_class_nobody_made_is_not_found(sun):
    an_agency()

    assert sun.get("/catalogue/personal-points/").status_code == 404
