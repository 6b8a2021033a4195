"""A home and a database of a test's own, apart from the others': for what is searched to the last byte."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from laid_once import INITIALISED, laid_home, server

from bench.database import fresh_database

NAMES = ("GONGXIN_HOME", "GONGXIN_DATABASE_URL", "DJANGO_SETTINGS_MODULE")


@contextmanager
def own_home() -> Iterator[Path]:
    """Yield a folder with an initialised `home` and an empty `tmp`."""
    before = {key: os.environ.get(key) for key in NAMES}
    like, kept = laid_home(*INITIALISED, moment=os.environ["GONGXIN_NOW"]), settings.GONGXIN_HOME
    saved, tests_own = dict(connection.settings_dict), connection.connection
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "tmp").mkdir()
        # Set aside, not closed: closing does nothing to a database in memory, and the tests' own must stay.
        connection.connection = None
        with fresh_database(server(), Path(folder) / "home", like=like):
            connection.close()
            yield Path(folder)
        connection.close()
        connection.settings_dict.update(saved)
        connection.connection = tests_own
    settings.GONGXIN_HOME = kept
    for key, value in before.items():
        os.environ.pop(key, None) if value is None else os.environ.update({key: value})
