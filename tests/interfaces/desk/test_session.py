import pytest
from cast import PASSWORD
from desk_cast import Cast
from django.test import Client

from gongxin.registry.audit.models import AuditEvent

DESK_PAGES = [
    "/desk/",
    "/desk/upload/",
    "/desk/submissions/",
    "/desk/unlinked/",
    "/desk/held/",
    "/desk/agency/",
]


@pytest.mark.parametrize("address", DESK_PAGES)
def test_sun_is_sent_to_sign_in(sun: Client, db: None, address: str) -> None:
    answer = sun.get(address)

    assert answer.status_code == 302
    assert answer["Location"] == f"/desk/sign-in/?next={address}"


def test_lin_signs_in_and_comes_to_the_desk(sun: Client, cast: Cast) -> None:
    answer = sun.post("/desk/sign-in/", {"username": "lin", "password": PASSWORD}, follow=True)

    assert answer.status_code == 200
    assert "示范市市场监督管理局" in answer.content.decode()
    assert AuditEvent.objects.filter(action="session.opened", actor=str(cast.lin.pk)).count() == 1


def test_a_wrong_password_says_so_and_keeps_the_name(sun: Client, cast: Cast) -> None:
    answer = sun.post("/desk/sign-in/", {"username": "lin", "password": "wrong"})

    assert answer.status_code == 200
    assert 'value="lin"' in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()


def test_the_eleventh_wrong_password_is_not_even_tried(sun: Client, cast: Cast) -> None:
    for _ in range(10):
        sun.post("/desk/sign-in/", {"username": "lin", "password": "wrong"})

    answer = sun.post("/desk/sign-in/", {"username": "lin", "password": PASSWORD})

    assert answer.status_code == 429
    assert "暂时锁定" in answer.content.decode()


def test_signing_out_takes_a_post(lin: Client) -> None:
    assert lin.get("/desk/sign-out/").status_code == 405
    assert lin.post("/desk/sign-out/").status_code == 302
    assert lin.get("/desk/").status_code == 302


def test_the_password_is_kept_as_argon2(cast: Cast) -> None:
    assert cast.lin.password.startswith("argon2$")


def test_a_page_of_the_desk_is_kept_by_no_cache(lin: Client) -> None:
    assert "no-store" in lin.get("/desk/")["Cache-Control"]


@pytest.mark.parametrize("address", ["/desk/unlinked/", "/desk/held/"])
def test_lin_may_not_open_the_queues_of_the_centre(lin: Client, address: str) -> None:
    answer = lin.get(address)

    assert answer.status_code == 403
    assert "账号" in answer.content.decode()
