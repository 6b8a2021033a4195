"""gongxin agency, user and key, as the operator types them, on a database with the law loaded."""

import hashlib
import io
import json

import pytest

from gongxin.core.actors import Actor, ActorKind
from gongxin.core.demonstration.codes import unified_code
from gongxin.core.policy import Role
from gongxin.flows.load_law import load_packaged_law
from gongxin.interfaces import clock
from gongxin.interfaces.commands.main import main
from gongxin.registry.accounts.models import Agency, ApiKey, User
from gongxin.registry.audit.models import AuditEvent

REGULATOR = unified_code(kind="11", region="990100", number=1)
BUREAU = unified_code(kind="11", region="990100", number=2)
REFUSED = 2

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_law_is_loaded(db: None) -> None:
    load_packaged_law(actor=Actor(ActorKind.COMMAND, "tests"), at=clock.now())


@pytest.fixture
def regulator() -> Agency:
    assert main(["agency", "add", REGULATOR, "示范市市场监督管理局", "--region", "990100"]) == 0
    return Agency.objects.get()


def test_an_agency_is_registered_and_the_operator_recorded(regulator: Agency) -> None:
    event = AuditEvent.objects.get(action="agency.added")

    assert (regulator.code, regulator.level) == (REGULATOR, "city")
    assert (event.actor_kind, event.object_id) == ("command", regulator.id.hex)
    assert event.actor


def test_an_agency_of_a_fictional_region_is_a_demonstrations(regulator: Agency) -> None:
    assert regulator.demonstration


def test_an_agency_of_a_real_region_is_real() -> None:
    main(["agency", "add", REGULATOR, "某市市场监督管理局", "--region", "410100"])

    assert not Agency.objects.get().demonstration


def test_a_code_may_be_typed_with_spaces_and_in_lower_case() -> None:
    main(["agency", "add", f" {REGULATOR[:8].lower()} {REGULATOR[8:].lower()}", "示范市市场监督管理局"])

    assert Agency.objects.get().code == REGULATOR


@pytest.mark.parametrize("words", [("410101", "市监局"), (REGULATOR, "市监局", "--region", "41")])
def test_a_wrong_code_or_region_is_refused_in_both_languages(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["agency", "add", *words]) == REFUSED

    said = capsys.readouterr().err
    assert "代码" in said
    assert "code" in said
    assert not Agency.objects.exists()


@pytest.mark.parametrize("option", ["--phone", "--address", "--hours"])
def test_a_mobile_number_is_refused_as_an_agencys_contact(
    option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["agency", "add", REGULATOR, "示范市市场监督管理局", option, "联系 13800138000"]) == REFUSED

    assert "个人号码" in capsys.readouterr().err
    assert not Agency.objects.exists()


def test_a_search_for_one_character_says_that_two_are_needed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "乔"]) == 1

    assert "两个字" in capsys.readouterr().err


def test_the_same_agency_twice_is_refused(regulator: Agency) -> None:
    assert main(["agency", "add", REGULATOR, "别名"]) == REFUSED


def test_a_new_user_signs_in_with_the_password_shown_once(
    regulator: Agency, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()

    assert main(["user", "add", "lin", "--role", "clerk", "--agency", REGULATOR]) == 0

    password = capsys.readouterr().out.strip()
    assert User.objects.get().check_password(password)
    assert User.objects.get().agency == regulator


def test_a_password_from_stdin_is_not_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a lantern over the river 7\n"))

    assert main(["user", "add", "zhao", "--role", "officer", "--password-stdin"]) == 0

    assert "lantern" not in "".join(capsys.readouterr())
    assert User.objects.get().check_password("a lantern over the river 7")


def test_an_easy_password_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("password1234\n"))

    assert main(["user", "add", "zhao", "--role", "officer", "--password-stdin"]) == REFUSED
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("lin", "--role", "clerk"),  # a clerk belongs to an agency
        ("zhao", "--role", "officer", "--agency", REGULATOR),  # an officer belongs to the centre
        ("lin", "--role", "clerk", "--agency", unified_code(kind="11", region="990100", number=9)),
    ],
)
def test_a_role_without_its_place_is_refused(regulator: Agency, words: tuple[str, ...]) -> None:
    assert main(["user", "add", *words]) == REFUSED
    assert not User.objects.exists()


def test_a_machine_is_no_user() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["user", "add", "sun", "--role", Role.AGENCY_KEY.value])

    assert ended.value.code == REFUSED


def test_a_key_is_shown_once_and_only_its_hash_is_kept(
    regulator: Agency, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()

    main(["key", "add", "--agency", REGULATOR, "--json"])

    shown = json.loads(capsys.readouterr().out)
    kept = ApiKey.objects.get()
    assert shown["key"].startswith("gx_")
    assert kept.key_hash == hashlib.sha256(shown["key"].encode()).hexdigest()
    assert shown["key"] not in str(AuditEvent.objects.values_list("detail", "object_id"))


def test_a_revoked_key_is_out_of_force_and_stays_so(
    regulator: Agency, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["key", "add", "--agency", REGULATOR])
    key_id = str(ApiKey.objects.get().id)

    assert main(["key", "revoke", key_id]) == 0
    assert main(["key", "revoke", key_id]) == 0

    assert ApiKey.objects.get().revoked_at == clock.now()
    assert AuditEvent.objects.filter(action="key.revoked").count() == 1


@pytest.mark.parametrize("key_id", ["nonsense", "01920000-0000-7000-8000-000000000000"])
def test_an_unknown_key_is_refused(key_id: str) -> None:
    assert main(["key", "revoke", key_id]) == REFUSED


def test_a_successor_is_recorded_and_a_ring_refused(
    regulator: Agency, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["agency", "add", BUREAU, "示范市林业局", "--region", "990100"]) == 0

    done = main(["agency", "succeed", REGULATOR, BUREAU])
    ring = main(["agency", "succeed", BUREAU, REGULATOR])

    regulator.refresh_from_db()
    assert (done, ring) == (0, REFUSED)
    assert regulator.successor == Agency.objects.get(code=BUREAU)
    assert "本身由" in capsys.readouterr().err


def test_an_agency_nobody_registered_is_succeeded_by_nobody(regulator: Agency) -> None:
    assert main(["agency", "succeed", REGULATOR, BUREAU]) == REFUSED
