import pytest
from django.db import DatabaseError, transaction

from gongxin.registry import bulk

pytestmark = pytest.mark.django_db


def test_what_the_driver_says_in_bulk_reads_as_djangos():
    with pytest.raises(DatabaseError), transaction.atomic():
        bulk.insert("no_such_table", ["text"], [("x",)])
