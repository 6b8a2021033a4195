"""The facets of a search: exact where everything found is counted, none where it is not."""

import pytest
from cast import AT, code_of
from sending import csv_of, penalty, sent

from gongxin.registry.publication import search as searching
from gongxin.registry.publication.search import Narrowing, search, search_with_facets

pytestmark = pytest.mark.django_db
NAMES = ("示范乔木机械有限公司", "示范乔木商贸有限公司", "示范乔木农业专业合作社", "示范白杨机械有限公司")


@pytest.fixture
def four(db):
    """Three firms named 乔木, one of them of another region and a cooperative; one named 白杨."""
    codes = [code_of(f"{kind}{region}MA000000{at}") for at, (kind, region) in enumerate(KINDS, 1)]
    rows = [
        penalty(CF_XDR_MC=name, CF_XDR_SHXYM=code, CF_WSH=f"示环罚〔2026〕{at}号")
        for at, (name, code) in enumerate(zip(NAMES, codes, strict=True))
    ]
    done = sent(csv_of(*rows))
    assert done.posted == 4


KINDS = (("91", "990101"), ("91", "990102"), ("93", "990102"), ("91", "990101"))


def found(narrowing=Narrowing()):  # noqa: B008 (it holds nothing that changes)
    return search_with_facets("乔木", at=AT, narrowing=narrowing)


def test_each_facet_is_counted_over_everything_found(four):
    answer, facets = found()

    assert answer.total == 3
    assert facets.regions == {"990101": 1, "990102": 2}
    assert sum(facets.databases.values()) == 3


def test_a_facet_is_counted_with_the_others_kept(four):
    answer, facets = found(Narrowing(region="990102"))

    assert answer.total == 2
    assert sum(facets.databases.values()) == 2
    assert facets.regions == {"990101": 1, "990102": 2}  # what the other regions would leave


def test_a_region_holds_those_that_lie_in_it(four):
    assert found(Narrowing(region="990100"))[0].total == 3
    assert found(Narrowing(region="410000"))[0].total == 0


def test_without_narrowing_the_answer_is_that_of_a_plain_search(four):
    assert found()[0] == search("乔木", at=AT)


def test_what_has_ended_is_in_no_count(four):
    later = AT.replace(year=2028)

    answer, facets = search_with_facets("乔木", at=later, narrowing=Narrowing())

    assert (answer.total, facets.regions) == (0, {})


def test_beyond_a_thousand_nothing_is_counted_or_narrowed(four, monkeypatch):
    monkeypatch.setattr(searching, "CANDIDATES", 3)

    answer, facets = found(Narrowing(region="410000"))

    assert facets is None
    assert answer.capped
    assert answer.total == 2
