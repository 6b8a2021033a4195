"""Seals at the desk: Zhao asks, Wei the reviewer approves, the auditor reads; who looked, for the auditor."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from cast import AT, QIAO
from desk_cast import Cast
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from seals import ARTICLE, CASE, DAY, IN_A_MONTH, IN_SIX_MONTHS, looked, sealed
from sending import csv_of, penalty, sent

from gongxin.core.disclosure import Audience
from gongxin.core.policy import Role
from gongxin.interfaces.pages.look_words import looks_in_words
from gongxin.registry.accounts.models import Agency, User
from gongxin.registry.audit.looks import looks_at
from gongxin.registry.audit.models import Look, Seal
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db
SEALS = "/desk/seals/"
ASKED = {"code": QIAO, "case_number": CASE, "article": ARTICLE, "until_on": IN_A_MONTH.isoformat()}
LIFT = {"act": "end", "ground": "调查已经终结"}


def client_of(name: str, role: Role, agency: Agency | None = None) -> Client:
    user = User.objects.create(id=uuid4(), username=name, role=role.value, agency=agency)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def wei(cast: Cast) -> Client:
    return client_of("wei", Role.REVIEWER)


@pytest.fixture
def head(cast: Cast) -> Client:
    """The head of the bureau."""
    return client_of("gao", Role.HEAD, cast.bureau)


@pytest.fixture
def firm(cast: Cast) -> UUID:
    sent(csv_of(penalty()), agency=cast.bureau, at=AT)
    found = subject_of_code(QIAO, at=AT)
    assert found is not None
    return found


def asked_by(client: Client, **changes: str) -> str:
    answer = client.post(SEALS, ASKED | changes)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def told_to_the_subject(firm: UUID, at=AT) -> int:
    return looks_at([firm], audience=Audience.SUBJECT, at=at).total


def test_one_asks_another_approves_and_the_look_in_that_case_is_sealed(zhao, wei, firm):
    address = asked_by(zhao)
    before = zhao.get(address).content.decode()
    wei.post(address, {"act": "approve"})

    page = zhao.post(f"/desk/subjects/{firm}/", {"purpose": "investigation", "case_number": "示稽(2026)7号"})

    assert "待批准" in before
    assert "须由信用中心的另一人批准" not in before  # an officer approves nothing at all
    assert "批准封存" in client_page(wei, asked_by(zhao, case_number="示稽〔2026〕9号"))
    assert "这次查阅已封存，该主体自2026年12月23日起方可看到" in page.content.decode()
    assert told_to_the_subject(firm) == 0
    assert Look.objects.exclude(seal=None).count() == 1


def client_page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_who_looks_without_a_seal_is_told_that_the_subject_sees_it(zhao, firm):
    asked_by(zhao)

    page = zhao.post(f"/desk/subjects/{firm}/", {"purpose": "investigation", "case_number": CASE})

    assert "没有生效的封存" in page.content.decode()
    assert told_to_the_subject(firm) == 1


def test_an_investigation_has_its_number(zhao, firm):
    assert zhao.post(f"/desk/subjects/{firm}/", {"purpose": "investigation"}).status_code == 422
    assert not Look.objects.exists()


def test_a_reviewer_does_not_approve_what_they_asked_for_when_standing_in(wei, firm):
    reviewer = User.objects.get(username="wei")
    own = Seal.objects.create(
        id=uuid4(), subject_id=firm, case_number="示稽〔2026〕10号", article=ARTICLE, until_on=IN_A_MONTH,
        asked_at=AT, asked_by=f"user:{reviewer.pk}",
    )  # fmt: skip

    page = client_page(wei, f"{SEALS}{own.id}/")
    answer = wei.post(f"{SEALS}{own.id}/", {"act": "approve"})

    assert "须由信用中心的另一人批准" in page
    assert 'value="approve"' not in page
    assert answer.status_code == 422
    own.refresh_from_db()
    assert own.approved_at is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"until_on": (IN_SIX_MONTHS + DAY).isoformat()}, "最长六个月，最迟为2027年5月23日"),
        ({"until_on": AT.date().isoformat()}, "须晚于今天"),
        ({"until_on": ""}, "这个字段是必填项"),
        ({"case_number": "11010519491231002X"}, "个人号码"),
        ({"article": ""}, "这个字段是必填项"),
        ({"code": "91990100MA0000999X"}, "代码"),
    ],
)
def test_what_cannot_be_sealed_is_told_where_it_is_wrong_and_keeps_what_was_typed(zhao, firm, changes, words):
    answer = zhao.post(SEALS, ASKED | changes)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert 'role="alert"' in page
    assert not Seal.objects.exists()


def test_a_second_seal_in_one_case_is_refused_in_words(zhao, firm):
    asked_by(zhao)

    answer = zhao.post(SEALS, ASKED)

    assert (answer.status_code, "请在其中申请延长" in answer.content.decode()) == (422, True)


def test_lifting_shows_the_looks_at_once(zhao, wei, firm):
    address = asked_by(zhao)
    wei.post(address, {"act": "approve"})
    zhao.post(f"/desk/subjects/{firm}/", {"purpose": "investigation", "case_number": CASE})

    zhao.post(address, LIFT)

    assert "已解除" in client_page(zhao, address)
    assert told_to_the_subject(firm) == 1
    again = zhao.post(address, LIFT)
    assert (again.status_code, "已有人结束" in again.content.decode()) == (422, True)


def test_an_extension_is_asked_for_and_approved_on_its_own_page(zhao, wei, firm):
    address = asked_by(zhao)
    wei.post(address, {"act": "approve"})

    answer = zhao.post(address, {"act": "extend", "article": ARTICLE, "until_on": IN_SIX_MONTHS.isoformat()})
    longer = Seal.objects.exclude(first=None).get()
    wei.post(f"{SEALS}{longer.id}/", {"act": "approve"})

    assert answer.status_code == 302
    assert "2027年5月23日" in client_page(zhao, address)
    too_long = zhao.post(address, {"act": "extend", "article": ARTICLE, "until_on": "2027-05-24"})
    assert too_long.status_code == 422


def test_a_body_sees_its_own_seals_the_reviewer_and_the_auditor_all(zhao, wei, head, auditor, lin, firm):
    of_centre, of_bureau = asked_by(zhao), asked_by(head, case_number="示稽〔2026〕8号")

    reached = {
        name: [client.get(address).status_code for address in (of_centre, of_bureau)]
        for name, client in {"zhao": zhao, "head": head, "wei": wei, "auditor": auditor, "lin": lin}.items()
    }

    assert reached == {
        "zhao": [200, 404], "head": [404, 200], "wei": [200, 200], "auditor": [200, 200], "lin": [403, 403],
    }  # fmt: skip
    assert CASE not in client_page(head, SEALS)
    assert {CASE, "示稽〔2026〕8号"} <= set(client_page(auditor, SEALS).replace("<", ">").split(">"))


def test_the_auditor_reads_and_does_nothing(auditor, zhao, wei, firm):
    address = asked_by(zhao)

    assert [auditor.post(address, {"act": act}).status_code for act in ("approve", "end", "extend")] == [
        403
    ] * 3
    assert auditor.post(SEALS, ASKED).status_code == 403
    assert zhao.post(address, {"act": "approve"}).status_code == 403
    assert wei.post(address, {"act": "planted"}).status_code == 404
    assert wei.post(SEALS, ASKED).status_code == 403


def test_a_head_without_an_agency_does_not_reach_the_seals_of_the_centre(zhao, firm):
    asked_by(zhao)

    assert client_of("nobody", Role.HEAD).get(SEALS).status_code == 403


def test_the_auditor_sees_every_look_by_account_and_the_sealed_ones_marked(auditor, zhao, cast, firm):
    sealed(cast.bureau, firm)
    looked(cast.bureau, firm, at=AT)
    zhao.post(f"/desk/subjects/{firm}/", {"purpose": "audit"})

    page = client_page(auditor, f"/desk/subjects/{firm}/looks/")

    assert "封存中" in page
    assert f"依{ARTICLE}，2026年12月23日 00:00之前不向主体显示" in page
    assert cast.bureau.name in page
    assert "账号 zhao" in page
    assert "共被查阅 2 次" in page
    assert zhao.get(f"/desk/subjects/{firm}/looks/").status_code == 403
    assert auditor.get(f"/desk/subjects/{uuid4()}/looks/").status_code == 404


def test_many_looks_come_page_by_page(auditor, firm):
    for hour in range(51):
        looked(None, firm, at=AT - timedelta(hours=hour))

    first, second = (client_page(auditor, f"/desk/subjects/{firm}/looks/?page={page}") for page in (1, 2))

    assert (first.count("示稽"), second.count("示稽")) == (50, 1)
    assert ("?page=2" in first, "?page=1" in second) == (True, True)


def test_the_subjects_table_names_no_account(zhao, cast, firm):
    sealed(cast.bureau, firm)
    looked(cast.bureau, firm, at=AT)
    zhao.post(f"/desk/subjects/{firm}/", {"purpose": "court", "case_number": "（2026）示01行初12号"})
    page = looks_at([firm], audience=Audience.SUBJECT, at=AT + 40 * DAY)

    said = {
        "zh-hans": ("人民法院调取", "· 经办人", f"曾依{ARTICLE}封存至2026年12月23日 00:00", "法定调查"),
        "en": ("A court asks for it", "· officer", f"sealed until 23 December 2026 00:00 under {ARTICLE}"),
    }
    for language, words in said.items():
        with translation.override(language):
            table = render_to_string("parts/looks.html", {"looks": looks_in_words(page.looks)})
        assert all(one in table for one in words), table
        assert "zhao" not in table
        assert "han" not in table
