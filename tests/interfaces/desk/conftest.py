import shutil
from pathlib import Path

import pytest
from desk_cast import Cast, desk_cast
from django.conf import settings
from django.test import Client

from gongxin.registry.accounts.models import User


@pytest.fixture(autouse=True)
def _empty_spool() -> None:
    shutil.rmtree(Path(settings.GONGXIN_HOME) / "spool", ignore_errors=True)


@pytest.fixture
def cast(db: None) -> Cast:
    return desk_cast()


@pytest.fixture
def lin(cast: Cast) -> Client:
    return _signed_in(cast.lin)


@pytest.fixture
def wu(cast: Cast) -> Client:
    return _signed_in(cast.wu)


@pytest.fixture
def zhao(cast: Cast) -> Client:
    return _signed_in(cast.zhao)


@pytest.fixture
def auditor(cast: Cast) -> Client:
    return _signed_in(cast.auditor)


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
