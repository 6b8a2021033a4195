import pytest
from cast import AT, QIAO
from django.test import Client
from sending import csv_of, penalty, sent

from gongxin.core.disclosure import Audience
from gongxin.registry.publication.queries import RecordView, records_of
from gongxin.registry.subjects.queries import subject_of_code


@pytest.fixture
def sun() -> Client:
    """Sun is a stranger."""
    return Client()


@pytest.fixture
def fined(db: None) -> RecordView:
    """Return the fine of Qiao's firm, as everyone may see it until 12 October 2027."""
    sent(csv_of(penalty()))
    subject_id = subject_of_code(QIAO, at=AT)
    assert subject_id is not None
    (view,) = records_of(subject_id, audience=Audience.PUBLIC, at=AT)
    return view
