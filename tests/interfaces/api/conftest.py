import pytest
from cast import AT, OPERATOR
from desk_cast import Cast, desk_cast
from exchange_system import System

from gongxin.flows.enrol import issue_key
from gongxin.registry.accounts.models import Agency


@pytest.fixture
def cast(db: None) -> Cast:
    return desk_cast()


def system_of(agency: Agency) -> System:
    kept, key = issue_key(agency=agency, label="test", actor=OPERATOR, at=AT)
    return System(key, kept)


@pytest.fixture
def system(cast: Cast) -> System:
    """Return the regulator's own system."""
    return system_of(cast.regulator)


@pytest.fixture
def other_system(cast: Cast) -> System:
    """Return the system of another agency."""
    return system_of(cast.bureau)
