"""The customs' two levels: an imported row's own level decides how long it stands on the list."""

from datetime import date

import pytest
from sending import an_agency, csv_of, sent

from gongxin.core.lawbook import information_class
from gongxin.registry.lists.models import Listing

pytestmark = pytest.mark.django_db
CUSTOMS = "customs-dishonest"


def imported(level: str, *, on: str = "2026-07-08") -> list[Listing]:
    """Return the listings after the customs sent a row, as its form shows one, of a level and day."""
    fields = {one.key: one for one in information_class(CUSTOMS).fields}
    row = {
        one.label.zh: one.example
        for key, one in fields.items()
        if one.example and not key.startswith(("remov", "representative"))
    }
    row |= {fields["level"].label.zh: level, fields["listed_on"].label.zh: on}
    done = sent(csv_of(row), class_id=CUSTOMS, agency=an_agency(name="中华人民共和国示范海关"))
    assert done.posted == 1
    return list(Listing.objects.all())


@pytest.mark.parametrize(
    ("level", "until"), [("失信企业", date(2028, 7, 8)), ("严重失信企业", date(2029, 7, 8))]
)
def test_an_imported_row_stands_for_the_term_of_its_level(level: str, until: date) -> None:
    assert [one.until_on for one in imported(level)] == [until]


def test_a_level_the_order_of_its_day_did_not_have_founds_nothing() -> None:
    assert imported("严重失信企业", on="2026-03-31") == []
