"""The order and the count of name search hold however the index is asked."""

from collections import Counter

import pytest
from cast import AT, firm_code
from sending import csv_of, penalty, sent

from gongxin.core.search_tokens import search_tokens
from gongxin.registry.publication import search as searching
from gongxin.registry.publication.search import search
from gongxin.registry.subjects import rare_pairs
from gongxin.registry.subjects.models import SubjectName
from gongxin.registry.subjects.rare_pairs import Sample

pytestmark = pytest.mark.django_db

# In the order in which a search for 乔木 gives them.
NAMES = (
    "乔木公司",  # begins with it
    "乔木机械公司",  # the same, and longer
    "示范乔木厂",  # further on in the name
    "示范乔木商店",
    "示范市乔木厂",
)
APART = ("示范木乔公司", "示范乔林木业公司")  # hold the characters, not the words
SAMPLE_OF = {
    "nothing is known": (),
    "every pair is common": (*NAMES, *APART),
    "one pair is rare": (*["示范乔林公司"] * 20, "乔木"),
}


@pytest.fixture(params=SAMPLE_OF, autouse=True)
def known_of_the_names(request, monkeypatch):
    names = SAMPLE_OF[request.param]
    met = Counter(token for name in names for token in set(search_tokens(name)))
    monkeypatch.setattr(searching, "sample", lambda at: Sample(names, met, len(names)))


def firms(*names, first=1, **changes):
    rows = [
        penalty(CF_XDR_MC=name, CF_XDR_SHXYM=firm_code(number), CF_WSH=f"示环罚〔2026〕{number}号", **changes)
        for number, name in enumerate(names, first)
    ]
    assert sent(csv_of(*rows)).posted == len(names)


def found(text, **page):
    return [hit.name for hit in search(text, at=AT, **page).hits]


def test_names_that_begin_with_the_words_come_first_then_by_place_then_the_shorter():
    firms(*APART, *reversed(NAMES))

    assert found("乔木") == list(NAMES)


def test_the_exact_name_comes_before_all_that_begin_with_it():
    firms("乔木机械公司一厂", "乔木机械公司", "示范乔木机械公司")

    assert found("乔木机械公司") == ["乔木机械公司", "乔木机械公司一厂", "示范乔木机械公司"]


def test_pages_follow_one_another():
    firms(*NAMES)

    assert found("乔木", limit=2) + found("乔木", limit=3, offset=2) == list(NAMES)


def test_words_whose_every_pair_stands_in_a_name_that_lacks_the_words_do_not_find_it():
    firms("示范乔木乔公司", "示范木乔木公司", "示范木乔乔木公司")

    assert found("木乔木") == ["示范木乔木公司"]


def test_a_firm_of_which_nothing_shows_takes_no_place_in_a_full_count(monkeypatch):
    monkeypatch.setattr(searching, "CANDIDATES", 4)
    firms("乔木一公司", "示范乔木二公司", first=1, CF_CFLB="警告", CF_NR="警告", CF_NR_FK="")
    firms(*NAMES[:3], first=3)

    answer = search("乔木", at=AT)

    assert [hit.name for hit in answer.hits] == list(NAMES[:3])
    assert answer.total == 3


def test_the_count_stops_where_it_is_told_to(monkeypatch):
    monkeypatch.setattr(searching, "CANDIDATES", 4)
    firms(*NAMES)

    answer = search("乔木", at=AT)

    assert (answer.total, answer.capped) == (3, True)
    assert [hit.name for hit in answer.hits][:2] == list(NAMES[:2])


def test_a_persons_name_is_not_found_though_something_of_its_bearer_shows():
    firms("乔木公司", "示范乔木厂")
    SubjectName.objects.update(searchable=False)

    assert [search(text, at=AT).total for text in ("乔木", "木公司")] == [0, 0]


def test_a_sample_tells_rare_pairs_from_common_ones():
    rare_pairs._sample.cache_clear()
    firms("示范乔木公司", *(f"示范{sign}林公司" for sign in "甲乙丙丁戊己庚辛壬癸子"))

    known = rare_pairs.sample(at=AT)

    assert known.rarest(search_tokens("示范乔木公司"), at_most=3) == sorted(search_tokens("范乔木公"))
    assert known.rarest(search_tokens("公司"), at_most=2) == list(search_tokens("公司"))
    assert known.is_common("公司", from_share=0.5)
    assert not known.is_common("乔木", from_share=0.5)
    rare_pairs._sample.cache_clear()
