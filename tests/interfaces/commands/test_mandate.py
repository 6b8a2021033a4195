"""gongxin mandate, and accounts of those who act for a subject, as the operator types them."""

import json

import pytest
from cast import AT, QIAO
from sending import csv_of, penalty, sent

from gongxin.core.legal_day import legal_day
from gongxin.interfaces.commands.main import main
from gongxin.registry.accounts.models import User
from gongxin.registry.mandates.models import Mandate
from gongxin.registry.notices.models import Notice

REFUSED = 2

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _qiaos_firm_is_known(db: None) -> None:
    sent(csv_of(penalty()))


@pytest.fixture
def qiao() -> User:
    added = ["user", "add", "qiao", "--role", "organisation-officer", "--email", "qiao@example.org"]
    assert main([*added, "--display-name", "乔某"]) == 0
    return User.objects.get(username="qiao")


def granted(*more: str) -> int:
    paper = ("--kind", "power-of-attorney", "--ground", "授权委托书")
    return main(["mandate", "grant", "qiao", QIAO, *paper, *more])


def test_an_officer_is_let_act_until_a_day_and_the_firm_is_told(qiao: User) -> None:
    assert granted("--until", "2027-01-01") == 0

    mandate = Mandate.objects.get()
    assert (mandate.user, mandate.from_on, str(mandate.until_on)) == (qiao, legal_day(AT), "2027-01-01")
    assert Notice.objects.filter(kind="mandate.granted").count() == 1


def test_a_power_of_attorney_without_an_end_is_refused(
    qiao: User, capsys: pytest.CaptureFixture[str]
) -> None:
    assert granted() == REFUSED
    assert "--until" in capsys.readouterr().err


def test_the_same_mandate_twice_is_refused(qiao: User) -> None:
    granted("--until", "2027-01-01")

    assert granted("--until", "2027-01-01") == REFUSED


def test_whoever_acts_for_a_subject_belongs_to_no_agency(capsys: pytest.CaptureFixture[str]) -> None:
    from cast import REGULATOR

    words = ["user", "add", "ding", "--role", "organisation-officer", "--agency", REGULATOR]

    assert main(words) == REFUSED
    assert "mandate grant" in capsys.readouterr().err


def test_an_unknown_code_or_user_is_refused(qiao: User, capsys: pytest.CaptureFixture[str]) -> None:
    paper = ("--kind", "legal-representative", "--ground", "营业执照")

    assert main(["mandate", "grant", "nobody", QIAO, *paper]) == REFUSED
    assert main(["mandate", "grant", "qiao", "no-code", *paper]) == REFUSED
    assert "no-code" in capsys.readouterr().err


def test_a_clerk_cannot_be_let_act_for_a_firm(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["user", "add", "zhao", "--role", "officer"]) == 0

    assert (
        main(["mandate", "grant", "zhao", QIAO, "--kind", "legal-representative", "--ground", "x"]) == REFUSED
    )
    assert "organisation-officer" in capsys.readouterr().err


def test_a_revoked_mandate_is_listed_as_ended(qiao: User, capsys: pytest.CaptureFixture[str]) -> None:
    granted("--until", "2027-01-01")
    mandate = Mandate.objects.get()
    assert main(["mandate", "revoke", str(mandate.id), "--reason", "换人"]) == 0
    assert main(["mandate", "revoke", str(mandate.id), "--reason", "换人"]) == REFUSED
    capsys.readouterr()

    assert main(["mandate", "list", QIAO, "--json"]) == 0

    (listed,) = json.loads(capsys.readouterr().out)
    assert (listed["user"], listed["standing"], listed["until_on"]) == ("qiao", "ended", "2027-01-01")


def test_the_list_has_a_head_and_names_subject_and_kind(
    qiao: User, capsys: pytest.CaptureFixture[str]
) -> None:
    granted("--until", "2027-01-01")
    capsys.readouterr()

    assert main(["mandate", "list"]) == 0

    head, line = capsys.readouterr().out.splitlines()
    assert head.startswith("授权编号 (id)")
    assert QIAO in line
    assert "有效 (stands)" in line
    assert str(Mandate.objects.get().subject_id) not in line
