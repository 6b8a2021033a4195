"""The rota of an office: who is on duty, and a substitute who acts under their own name, and no further."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from cast import AT
from desk_cast import GOOD_ROW, Cast, tax_list
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from gongxin.core.policy import Role, may_stand_in
from gongxin.registry.accounts.models import Duty, Substitution, User
from gongxin.registry.accounts.rota import absent_colleagues
from gongxin.registry.audit.models import AuditEvent

DAYS = {"from_on": "2026-11-23", "last_on": "2026-11-24"}


def colleague(cast: Cast, name: str, role: Role) -> User:
    agency = cast.regulator if role in {Role.CLERK, Role.HEAD} else None
    return User.objects.create(id=uuid4(), username=name, role=role.value, agency=agency)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def wen(cast: Cast) -> User:
    """The centre's reviewer; reviewers neither send files nor set stopped ones going."""
    return colleague(cast, "wen", Role.REVIEWER)


def duty(user: User, **changes: str) -> dict[str, str]:
    told = {**DAYS, **changes}
    return {"act": "duty", "duty-user": str(user.pk), **{f"duty-{name}": day for name, day in told.items()}}


def away(absent: User, substitute: User, **changes: str) -> dict[str, str]:
    people = {"away-absent": str(absent.pk), "away-substitute": str(substitute.pk)}
    return {
        "act": "substitute",
        **people,
        **{f"away-{name}": day for name, day in {**DAYS, **changes}.items()},
    }


def test_who_is_on_duty_stands_on_the_morning_page_on_their_days(
    zhao: Client, wen: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "今日未登记值班人员" in zhao.get("/desk/").content.decode()

    zhao.post("/desk/duty/", duty(wen))

    assert "今日值班： wen" in zhao.get("/desk/").content.decode()
    assert AuditEvent.objects.get(action="duty.noted").detail["user"] == wen.pk.hex
    monkeypatch.setenv("GONGXIN_NOW", "2026-11-25T10:00:00+08:00")
    assert "今日未登记值班人员" in zhao.get("/desk/").content.decode()


def test_a_substitute_may_do_what_the_absent_colleague_may_and_the_audit_names_both(
    zhao: Client, cast: Cast, wen: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(wen)
    assert client.get("/desk/upload/").status_code == 403

    third = signed_in(colleague(cast, "song", Role.OFFICER))
    third.post("/desk/duty/", away(cast.zhao, wen))

    assert client.get("/desk/upload/").status_code == 200
    assert "报送文件" in client.get("/desk/").content.decode()
    monkeypatch.setenv("GONGXIN_NOW", "2026-11-25T10:00:00+08:00")
    assert client.get("/desk/upload/").status_code == 403


def test_what_a_substitute_does_is_written_under_their_own_name(
    cast: Cast, wen: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    third = signed_in(colleague(cast, "song", Role.OFFICER))
    third.post("/desk/duty/", away(cast.zhao, wen))
    file = SimpleUploadedFile("a.csv", tax_list(GOOD_ROW))

    signed_in(wen).post(
        "/desk/upload/", {"class": "tax-a-level", "file": file, "agency": cast.regulator.code}
    )
    signed_in(wen).get("/desk/held/?format=csv")

    received = AuditEvent.objects.get(action="submission.received")
    assert (received.actor, received.detail["on_behalf_of"]) == (str(wen.pk), str(cast.zhao.pk))
    exported = AuditEvent.objects.get(action="table.exported")
    assert exported.actor == str(wen.pk)
    assert "on_behalf_of" not in exported.detail  # a reviewer may do that in their own right
    arranged = AuditEvent.objects.get(action="substitution.noted")
    assert arranged.detail["absent"] == cast.zhao.pk.hex


def test_ending_a_substitution_holds_at_once(zhao: Client, cast: Cast, wen: User) -> None:
    third = signed_in(colleague(cast, "song", Role.OFFICER))
    third.post("/desk/duty/", away(cast.zhao, wen))
    client = signed_in(wen)

    standing = Substitution.objects.get()
    zhao.post(f"/desk/duty/substitutes/{standing.id}/end/")

    assert client.get("/desk/upload/").status_code == 403
    assert AuditEvent.objects.filter(action="substitution.ended").count() == 1


def test_nobody_names_themselves_and_nobody_stands_in_for_themselves(
    zhao: Client, cast: Cast, wen: User
) -> None:
    own = zhao.post("/desk/duty/", away(wen, cast.zhao))
    same = zhao.post("/desk/duty/", away(wen, wen))

    assert (own.status_code, same.status_code) == (422, 422)
    assert "不得为自己登记代班权限" in own.content.decode()
    assert not Substitution.objects.exists()


def test_only_people_of_ones_own_office_are_offered_and_taken(zhao: Client, lin: Client, cast: Cast) -> None:
    head = colleague(cast, "fang", Role.HEAD)

    outside = zhao.post("/desk/duty/", away(cast.zhao, cast.lin))
    clerk = lin.post("/desk/duty/", duty(cast.lin))
    by_head = signed_in(head).post("/desk/duty/", duty(cast.lin))
    another = signed_in(head).post("/desk/duty/", duty(cast.wu))

    assert outside.status_code == 422
    assert clerk.status_code == 403
    assert by_head.status_code == 302
    assert another.status_code == 422
    elsewhere = Duty.objects.get()
    assert zhao.post(f"/desk/duty/{elsewhere.id}/cancel/").status_code == 404
    assert signed_in(head).post(f"/desk/duty/{elsewhere.id}/cancel/").status_code == 302


@pytest.mark.parametrize(
    "changes",
    [
        {"from_on": "2026-11-25", "last_on": "2026-11-24"},
        {"from_on": "2026-11-01", "last_on": "2026-11-02"},
        {"from_on": "2026-11-23", "last_on": "2036-11-24"},
        {"from_on": "9999-12-31", "last_on": "9999-12-31"},
        {"from_on": "0001-01-01", "last_on": "2026-11-24"},
        {"from_on": "soon"},
        {"last_on": ""},
    ],
)
def test_days_that_cannot_be_are_said_and_nothing_is_noted(
    zhao: Client, wen: User, changes: dict[str, str]
) -> None:
    assert zhao.post("/desk/duty/", duty(wen, **changes)).status_code == 422
    assert not Duty.objects.exists()


def test_a_substitute_who_left_the_office_or_whose_role_changed_stands_in_no_more(
    cast: Cast, wen: User
) -> None:
    today = date(2026, 11, 23)
    Substitution.objects.create(
        id=uuid4(), absent=cast.zhao, substitute=wen, from_on=today, until_on=date(2026, 11, 24),
        noted_at=AT, noted_by="x",
    )  # fmt: skip
    assert absent_colleagues(wen, on=today) == [cast.zhao]

    for changed in ({"role": "auditor"}, {"role": "clerk", "agency": cast.bureau}):
        User.objects.filter(pk=wen.pk).update(**changed)
        assert absent_colleagues(User.objects.get(pk=wen.pk), on=today) == []


@pytest.mark.parametrize("watcher", [Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR])
def test_nobody_stands_in_for_those_who_watch(watcher: Role) -> None:
    assert not any(may_stand_in(role=role, absent=watcher) for role in Role)
    assert not any(may_stand_in(role=watcher, absent=role) for role in Role)


def test_the_database_refuses_an_interval_without_a_day_and_standing_in_for_oneself(cast: Cast) -> None:
    day, kept = date(2026, 11, 23), {"noted_at": AT, "noted_by": "x"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.create(id=UUID(int=1), user=cast.zhao, from_on=day, until_on=day, **kept)
    with pytest.raises(IntegrityError), transaction.atomic():
        Substitution.objects.create(
            id=UUID(int=2), absent=cast.zhao, substitute=cast.zhao, from_on=day,
            until_on=date(2026, 11, 24), **kept,
        )  # fmt: skip


def test_a_substitute_does_not_arrange_the_rota_with_the_heads_rights_and_prolong_their_own_time(
    cast: Cast,
) -> None:
    head, third = colleague(cast, "fang", Role.HEAD), colleague(cast, "he", Role.CLERK)
    assert signed_in(head).post("/desk/duty/", away(head, third)).status_code == 302
    standing, substitute = Substitution.objects.get(), signed_in(third)

    prolonged = substitute.post("/desk/duty/", away(head, cast.lin, last_on="2027-11-20"))
    ended = substitute.post(f"/desk/duty/substitutes/{standing.id}/end/")

    assert (prolonged.status_code, ended.status_code) == (403, 403)
    assert "登记代班" not in substitute.get("/desk/duty/").content.decode().split("<main", 1)[1]
    assert Substitution.objects.get().ended_at is None
