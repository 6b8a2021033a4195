"""What the lists mean beyond the cases of `tests/law/lists.yaml`, and what the reader refuses."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gongxin.core.document_parts import CatalogueRefused
from gongxin.core.law_files import read_law
from gongxin.core.lists import NoInstrument, UnknownGround, list_of_class, statutory_list, statutory_lists
from gongxin.core.lists.written import parse_list

DAY = date(2026, 11, 23)
NOBODY: frozenset[str] = frozenset()


def document(name: str = "serious-violation") -> Any:
    return read_law(f"lists/{name}.yaml")


def refusal(written: Any) -> CatalogueRefused:
    with pytest.raises(CatalogueRefused) as refused:
        parse_list(written)
    return refused.value


def test_every_list_goes_by_the_name_of_its_class() -> None:
    for list_id, found in statutory_lists().items():
        assert list_of_class(found.class_id) is found
        assert found.id == list_id == found.class_id


def test_a_class_that_is_no_list_has_none() -> None:
    assert list_of_class("licence") is None


def test_a_list_nobody_has_read_binds_nobody_until_its_source_is_confirmed() -> None:
    found = statutory_list("serious-violation")

    assert found.is_inert(DAY, NOBODY)
    assert [one.source for one in found.unconfirmed_on(DAY, NOBODY)] == ["S-44", "S-44"]
    assert not found.is_inert(DAY, {"S-44"})


def test_a_ground_nobody_has_read_is_not_accepted_on_a_list_that_was() -> None:
    found = statutory_list("abnormal-operation")

    assert found.accepts("no-annual-report", on=DAY, confirmed=NOBODY)
    assert not found.accepts("unreachable", on=DAY, confirmed=NOBODY)
    assert found.accepts("unreachable", on=DAY, confirmed={"S-YCML"})
    assert not found.accepts("bad-manners", on=DAY, confirmed={"S-YCML"})


def test_before_its_first_instrument_there_is_no_list() -> None:
    found, before = statutory_list("abnormal-operation"), date(2014, 9, 30)

    assert found.is_inert(before, NOBODY)
    assert found.basis_on(before) is None
    assert list(found.grounds_on(before)) == []
    with pytest.raises(NoInstrument):
        found.ends_on(before)
    with pytest.raises(NoInstrument):
        found.may_leave_from(before)


def test_the_decision_may_shorten_a_listing_and_never_lengthen_it() -> None:
    found = statutory_list("serious-violation")

    assert found.ends_on(date(2026, 6, 1), stated_until=date(2027, 6, 1)) == date(2027, 6, 1)
    assert found.ends_on(date(2026, 6, 1), stated_until=date(2040, 6, 1)) == date(2029, 6, 1)


def test_a_ground_that_no_instrument_of_the_day_has_gives_no_end() -> None:
    with pytest.raises(UnknownGround):
        statutory_list("serious-violation").ends_on(date(2026, 6, 1), ground="bad-manners")


def test_an_exit_that_counts_from_a_correction_waits_for_it() -> None:
    found = statutory_list("abnormal-operation")

    assert found.may_leave_from(date(2026, 6, 1)) is None
    assert found.may_leave_from(date(2026, 6, 1), corrected_on=date(2026, 8, 3)) == date(2026, 8, 3)


def without(key: str) -> Callable[[Any], None]:
    return lambda written: written.pop(key)


def instrument_without(key: str) -> Callable[[Any], None]:
    return lambda written: written["instruments"][-1].pop(key)


def changed(key: str, value: Any) -> Callable[[Any], None]:
    return lambda written: written.update({key: value})


@pytest.mark.parametrize(
    ("fault", "path"),
    [
        (without("exit"), "exit"),
        (without("remedy"), "remedy"),
        (without("instruments"), "instruments"),
        (without("steps"), "steps"),
        (without("bodies"), "bodies"),
        (without("published"), "published"),
        (without("names_officer"), "names_officer"),
        (without("complete_within"), "complete_within"),
        (changed("exits", {"zh": "一", "en": "a"}), "exits"),
        (changed("effect", "grey"), "effect"),
        (changed("instruments", []), "instruments"),
        (instrument_without("basis"), "basis"),
        (instrument_without("term"), "term"),
        (instrument_without("grounds"), "grounds"),
        (instrument_without("early_exit"), "early_exit"),
        (instrument_without("from"), "from"),
    ],
)
def test_a_list_that_lacks_what_a_court_would_ask_for_is_refused(
    fault: Callable[[Any], None], path: str
) -> None:
    written = document()
    fault(written)

    assert refusal(written).path.endswith(path)


def test_an_instrument_that_ends_before_it_begins_is_refused() -> None:
    written = document()
    written["instruments"][0]["until"] = date(2014, 10, 1)

    assert refusal(written).path.endswith("until")


def test_two_instruments_in_force_on_one_day_are_refused() -> None:
    written = document()
    written["instruments"][0].pop("until")

    assert "in force at once" in refusal(written).problem.en


def test_a_value_without_a_source_is_refused() -> None:
    written = document()
    written["instruments"][0]["term"].pop("source")

    assert refusal(written).path.endswith("term.source")


def test_an_honour_without_an_end_is_refused() -> None:
    written = document("abnormal-operation") | {"effect": "honour"}

    assert "how long" in refusal(written).problem.en
