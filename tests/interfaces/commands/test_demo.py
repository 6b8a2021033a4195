"""The demonstration province, laid through the real flow."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.db.models import Sum

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.demonstration.codes import unified_code
from gongxin.core.disclosure import Audience, Visibility
from gongxin.core.lists import statutory_lists
from gongxin.flows.load_law import load_packaged_law
from gongxin.flows.signing_keys import ensure_key
from gongxin.interfaces import clock
from gongxin.interfaces.commands.demo_accounts import NOTE, read_note
from gongxin.interfaces.commands.main import main
from gongxin.registry.accounts.models import Agency, User
from gongxin.registry.intake.models import Submission
from gongxin.registry.lists.models import Listing
from gongxin.registry.publication.queries import records_of
from gongxin.registry.subjects.models import Identifier, SubjectName

REFUSED = 2
QIAO = "示范市乔木商贸有限公司"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_law_is_loaded(db: None) -> Any:
    tests = Actor(ActorKind.COMMAND, "tests")
    load_packaged_law(actor=tests, at=clock.now())
    ensure_key(actor=tests, at=clock.now())
    yield
    (settings.HOME / NOTE).unlink(missing_ok=True)


def totals() -> dict[str, int]:
    names = ("rows", "accepted", "rejected", "out_of_scope", "posted", "unlinked", "held", "superseded")
    return Submission.objects.aggregate(**{name: Sum(name) for name in names})


def _each_account_is_told_with_whose_it_is(told: str, note: dict[str, Any]) -> None:
    lines = {line.split()[0]: line.split() for line in told.splitlines()[1:]}
    assert {name: found[1] for name, found in lines.items()} == {
        name: account["password"] for name, account in note["accounts"].items()
    }
    assert lines["lin"][2:] == ["报送员", "clerk", "示范市市场监督管理局"]
    assert lines["qiao"][2:4] == ["企业经办人", "organisation-officer"]
    assert "乔木" in lines["qiao"][4]


def test_the_province_shows_everything_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--subjects", "40", "--seed", "7", "--json"]) == 0
    laid, note = totals(), json.loads(capsys.readouterr().out)

    assert main(["demo", "--subjects", "40", "--seed", "7"]) == 0

    _each_account_is_told_with_whose_it_is(capsys.readouterr().out, note)
    assert totals() == laid
    assert (laid["unlinked"], laid["held"], laid["rejected"], laid["out_of_scope"]) == (5, 1, 2, 1)
    renamed = SubjectName.objects.filter(until_at__isnull=False).count()
    assert (renamed, laid["superseded"]) == (2, renamed + 1)  # and one licence was sent again, mended
    assert set(note["accounts"]) == set(User.objects.values_list("username", flat=True))
    assert User.objects.get(username="lin").check_password(note["accounts"]["lin"]["password"])
    assert {
        code[2:6] for code in Identifier.objects.filter(scheme="unified").values_list("value", flat=True)
    } == {"9901"}
    assert set(Agency.objects.values_list("demonstration", flat=True)) == {True}
    _qiao_is_found_with_a_penalty_that_shows()
    _another_province_is_refused(capsys)
    _an_ended_penalty_is_a_tombstone()
    _checks_give_every_verdict(capsys)


def _qiao_is_found_with_a_penalty_that_shows() -> None:
    subject = SubjectName.objects.get(name=QIAO).subject_id
    seen = records_of(subject, audience=Audience.PUBLIC, at=clock.now(), now=clock.now())

    assert {"registration", "licence", "penalty", "honour"} <= {record.class_id for record in seen}


def _another_province_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--subjects", "40", "--seed", "8"]) == REFUSED
    assert "--seed 7" in capsys.readouterr().err


def _an_ended_penalty_is_a_tombstone() -> None:
    from gongxin.registry.publication.models import Decision
    from gongxin.registry.publication.queries import record

    ended = Decision.objects.filter(outcome="published", publish_until__lte=clock.now()).first()
    assert ended is not None

    seen = record(
        ended.subject_id, ended.record_id, audience=Audience.PUBLIC, at=clock.now(), now=clock.now()
    )

    assert seen is not None
    assert seen.visibility is Visibility.TOMBSTONE
    assert seen.fields == {}


def _checks_give_every_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    """As the README says where to find a firm for each."""
    listed, level_a = (_codes(list_id) for list_id in ("abnormal-operation", "tax-a-level"))
    nowhere = _codes() - _codes(*statutory_lists())

    assert len(listed) >= 3
    assert _verdicts(capsys, listed, "administrative-licensing") == {"require"}
    assert _verdicts(capsys, listed, "policy-support") == {"restrict"}
    assert "benefit" in _verdicts(capsys, level_a, "administrative-licensing")
    assert "allow" in _verdicts(capsys, nowhere, "administrative-licensing")
    for matter in ("policy-support", "government-procurement", "fiscal-funds", "awards"):
        assert "cannot-tell" not in _verdicts(capsys, level_a | nowhere, matter)


def _codes(*list_ids: str) -> set[str]:
    found = Identifier.objects.filter(scheme="unified", subject__kind="organisation")
    if list_ids:
        found = found.filter(subject_id__in=Listing.objects.filter(list_id__in=list_ids).values("subject_id"))
    return set(found.values_list("value", flat=True))


def _verdicts(capsys: pytest.CaptureFixture[str], codes: set[str], matter: str) -> set[str]:
    told = set()
    for code in sorted(codes)[:6]:
        assert main(["check-subject", code, "--matter", matter, "--json"]) == 0
        told.add(json.loads(capsys.readouterr().out)["verdict"])
    return told


def test_a_database_with_real_agencies_takes_no_demonstration(capsys: pytest.CaptureFixture[str]) -> None:
    main(["agency", "add", unified_code(kind="11", region="990100", number=1), "某局", "--region", "410100"])

    assert main(["demo"]) == REFUSED

    assert "真实单位" in capsys.readouterr().err
    assert not User.objects.exists()
    assert read_note(settings.HOME) is None
