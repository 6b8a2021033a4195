"""A succession is public at once, so the desk asks twice, warns, keeps the books, and shows them."""

import re
from datetime import date, timedelta
from html import unescape
from uuid import UUID

import pytest
from cast import AT, QIAO, QIAO_NAME, ZHAO, firm_code
from desk_cast import Cast
from django.test import Client
from identities import fined
from sending import csv_of, sent

from gongxin.flows.succeed_subject import record_succession
from gongxin.registry.subjects.models import SubjectSuccession

HEIR, HEIR_NAME = firm_code(2), "示范青禾机械有限公司"
FORM = {
    "role": "successor",
    "code": HEIR,
    "kind": "absorption",
    "on": "2026-10-20",
    "ground": "变更登记通知书",
}


@pytest.fixture
def pair(cast: Cast) -> tuple[UUID, UUID]:
    return fined(1, unified=QIAO), fined(2, unified=HEIR, name=HEIR_NAME)


def desk(subject: UUID) -> str:
    return f"/desk/subjects/{subject}/successions/"


def mark_in(page: str) -> str:
    found = re.search(r'name="confirmed" value="([^"]+)"', page)
    assert found
    return found[1]


def recorded(predecessor: UUID, successor: UUID) -> SubjectSuccession:
    return record_succession(
        predecessor_id=predecessor,
        successor_id=successor,
        kind="absorption",
        on=date(2026, 10, 20),
        ground="准予变更登记通知书",
        actor=ZHAO,
        at=AT - timedelta(hours=1),
    )


def registered(state: str) -> None:
    row = {
        "name": QIAO_NAME, "category": "法人", "unified_code": QIAO, "representative": "乔某",
        "established_on": "2020-03-12", "address": "示范市青禾区示范路1号",
        "registration_authority": "示范市市场监督管理局", "approved_on": "2024-05-20",
        "registration_state": state,
    }  # fmt: skip
    assert sent(csv_of(row), class_id="registration", at=AT).accepted == 1


def test_nothing_is_chosen_beforehand(zhao: Client, pair: tuple[UUID, UUID]) -> None:
    page = zhao.get(desk(pair[0])).text

    for name in ("role", "kind"):
        select = page[page.index(f'<select name="{name}"') :]
        assert "required" in select[: select.index(">")]
        assert select[select.index("<option") :].startswith('<option value="" selected>请选择')
    chosen = zhao.post(desk(pair[0]), {**FORM, "role": "", "kind": ""})
    assert chosen.status_code == 422
    assert not SubjectSuccession.objects.exists()


def test_it_is_said_in_words_and_nothing_recorded_before_zhao_confirms(
    zhao: Client, pair: tuple[UUID, UUID]
) -> None:
    asked = zhao.post(desk(pair[0]), FORM)

    told = unescape(asked.text)
    assert f"2026年10月20日，{QIAO_NAME}（{QIAO}）的权利义务以吸收合并方式由{HEIR_NAME}（{HEIR}）承继" in told
    assert not SubjectSuccession.objects.exists()
    assert HEIR_NAME not in Client().get(f"/subjects/{pair[0]}/").text

    done = zhao.post(desk(pair[0]), {**FORM, "confirmed": mark_in(asked.text)}, follow=True)
    assert HEIR_NAME in done.text
    [made] = SubjectSuccession.objects.all()
    assert (made.predecessor_id, made.successor_id, made.on) == (*pair, date(2026, 10, 20))
    again = zhao.post(desk(pair[0]), FORM)
    assert (again.status_code, "此项已登记" in again.text) == (422, True)


def test_a_confirmation_is_of_what_was_shown_and_of_nothing_else(
    zhao: Client, pair: tuple[UUID, UUID]
) -> None:
    mark = mark_in(zhao.post(desk(pair[0]), FORM).text)

    asked = zhao.post(desk(pair[0]), {**FORM, "role": "predecessor", "confirmed": mark})
    changed = zhao.post(desk(pair[0]), {**FORM, "confirmed": mark, "change": "1"})

    assert mark_in(asked.text) != mark
    assert f'value="{HEIR}"' in changed.text
    assert not SubjectSuccession.objects.exists()


@pytest.mark.parametrize(
    ("state", "kind", "warned"),
    [
        ("存续", "absorption", True),
        ("存续", "division", True),
        ("存续", "split-off", False),
        ("注销", "absorption", False),
    ],
)
def test_a_predecessor_that_still_exists_is_warned_of(
    zhao: Client, pair: tuple[UUID, UUID], state: str, kind: str, warned: bool
) -> None:
    registered(state)

    asked = zhao.post(desk(pair[0]), {**FORM, "kind": kind}).text

    assert ("按最新登记信息" in asked) is warned


def test_what_was_taken_back_stays_readable_with_who_when_and_why(
    zhao: Client, pair: tuple[UUID, UUID]
) -> None:
    made = recorded(*pair)
    end = f"{desk(pair[0])}{made.id}/end/"

    assert HEIR_NAME in zhao.get(end).text
    zhao.post(end, {"ground": "登记有误，已核对"})

    for subject in pair:
        page = zhao.get(desk(subject)).text
        assert "已撤回</h2>" in page
        assert "2026年11月23日 10:00由账号 zhao（信用中心经办人）撤回：登记有误，已核对" in page
    assert SubjectSuccession.objects.get().end_ground == "登记有误，已核对"


def test_the_desk_says_what_is_wrong_with_the_form(zhao: Client, pair: tuple[UUID, UUID]) -> None:
    answer = zhao.post(desk(pair[0]), {"role": "successor", "code": "1", "on": "x"})

    assert answer.status_code == 422
    assert "代码无效（不是已知的代码）：长度不符合任何一种代码" in answer.text


def test_an_auditor_reads_it_and_writes_nothing(
    auditor: Client, lin: Client, pair: tuple[UUID, UUID]
) -> None:
    made = recorded(*pair)
    page = desk(pair[0])

    shown = auditor.get(page)

    assert (shown.status_code, HEIR_NAME in shown.text) == (200, True)
    assert '<form method="post">' not in shown.text
    assert page in auditor.get(f"/desk/subjects/{pair[0]}/").text
    for refused in (
        auditor.post(page, FORM),
        auditor.get(f"{page}{made.id}/end/"),
        auditor.post(f"{page}{made.id}/end/", {"ground": "登记有误"}),
        lin.get(page),
    ):
        assert refused.status_code == 403
    assert SubjectSuccession.objects.get().ended_at is None
