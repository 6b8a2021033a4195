import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cast import AT, OPERATOR
from desk_cast import Cast, desk_cast
from django.conf import settings
from exchange_system import System

from gongxin.flows.enrol import issue_key
from gongxin.registry.accounts.models import Agency


@pytest.fixture(autouse=True)
def _empty_spool() -> None:
    shutil.rmtree(Path(settings.GONGXIN_HOME) / "spool", ignore_errors=True)


@pytest.fixture
def cast(db: None) -> Cast:
    return desk_cast()


@pytest.fixture
def system_of() -> Callable[[Agency], System]:
    def with_key(agency: Agency) -> System:
        kept, key = issue_key(agency=agency, label="test", actor=OPERATOR, at=AT)
        return System(key, kept)

    return with_key


@pytest.fixture
def regulator(cast: Cast, system_of: Callable[[Agency], System]) -> System:
    return system_of(cast.regulator)


@pytest.fixture
def bureau(cast: Cast, system_of: Callable[[Agency], System]) -> System:
    return system_of(cast.bureau)
