"""What every test may ask for. `settings_of_tests` has settled home, moment and database."""

from collections.abc import Generator, Iterator

import pytest
from cast import AT, LIN
from kept_numbers import numbered_in_the_ledger, numbers_kept
from kept_showing import shown_as_kept, shown_as_summed
from kept_told import decided_untold
from pytest_django import DjangoDbBlocker

from gongxin.flows.load_law import load_packaged_law

# The files that take minutes come first: begun last, they would leave the other workers with nothing to do.
LONG = ("test_axe_finds_nothing_grave.py", "test_nothing_leaves.py", "test_kill.py", "test_live.py")
UNBLOCKS = pytest.StashKey[DjangoDbBlocker]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: LONG.index(item.path.name) if item.path.name in LONG else len(LONG))


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


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Lay the packaged law once with the database: nearly every test asks for it, and it is slow to lay."""
    request.config.stash[UNBLOCKS] = django_db_blocker
    _lay(django_db_blocker)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    """Lay the law again for the next test where one emptied the whole database after itself."""
    yield
    marked = item.get_closest_marker("django_db")
    if nextitem is not None and marked is not None and marked.kwargs.get("transaction"):
        _lay(item.config.stash[UNBLOCKS])


def _lay(unblocks: DjangoDbBlocker) -> None:
    with unblocks.unblock():
        load_packaged_law(actor=LIN, at=AT)
