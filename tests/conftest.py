"""What every test may ask for. `settings_of_tests` has settled home, moment and database."""

from collections.abc import Iterator

import pytest
from kept_numbers import numbered_in_the_ledger, numbers_kept
from kept_showing import shown_as_kept, shown_as_summed
from kept_told import decided_untold


@pytest.fixture(autouse=True)
def what_is_kept_beside_the_ledger_is_true(request: pytest.FixtureRequest) -> Iterator[None]:
    """After whatever a test did through the flows, search and numbers know what the ledger knows."""
    marked = request.node.get_closest_marker("django_db")
    if marked is not None:
        request.getfixturevalue("transactional_db" if marked.kwargs.get("transaction") else "db")
    yield
    if marked is not None:
        assert shown_as_kept() == shown_as_summed()
        assert numbered_in_the_ledger() <= numbers_kept()


@pytest.fixture
def everyone_was_told(db: None) -> Iterator[None]:
    """After a test through whole procedures nothing adverse was decided of which its subject was not told."""
    yield
    assert decided_untold() == []
