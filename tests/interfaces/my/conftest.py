"""Qiao, who acts for the firm that was fined; Su, a licensed professional; and those who may not."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from cast import AT, OPERATOR, PASSWORD
from desk_cast import Cast, desk_cast
from django.test import Client

from gongxin.core.legal_day import legal_day
from gongxin.core.policy import Role
from gongxin.flows.enrol import add_user
from gongxin.flows.grant_mandate import grant
from gongxin.registry.accounts.models import User
from gongxin.registry.mandates.models import Mandate
from gongxin.registry.publication.queries import RecordView

BACKEND = "django.contrib.auth.backends.ModelBackend"


def a_user(name: str, role: Role = Role.ORGANISATION_OFFICER) -> User:
    return add_user(name=name, password=PASSWORD, role=role, agency=None, actor=OPERATOR, at=AT)


def a_mandate(user: User, record: RecordView, **changes: object) -> Mandate:
    """Return a power of attorney of a month for the subject of a record."""
    given = {
        "kind": "power-of-attorney",
        "ground": "授权委托书",
        "from_on": legal_day(AT),
        "until_on": legal_day(AT) + timedelta(days=30),
        **changes,
    }
    return grant(user=user, subject_id=record.subject_id, actor=OPERATOR, at=AT, **given)  # type: ignore[arg-type]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who acts for a firm, signed in."""

    user: User
    mandate: Mandate
    client: Client


@pytest.fixture
def cast(db: None) -> Cast:
    """The people of the desk; named before `fined` and `qiao`, so that the bodies are there first."""
    return desk_cast()


@pytest.fixture
def qiao(fined: RecordView) -> Officer:
    user = a_user("qiao")
    return Officer(user, a_mandate(user, fined), signed_in(user))
