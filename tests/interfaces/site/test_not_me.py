"""Sun says that a record is not about him: the form, the receipt, what became of it, who reads who he is."""

import re
from uuid import UUID, uuid4

import papers
import pytest
from cast import AT, LIN, OPERATOR, PASSWORD
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongxin.core.cases import Party, Who, Words
from gongxin.core.policy import Role
from gongxin.flows.case_acts import take_act
from gongxin.flows.enrol import add_user
from gongxin.interfaces.site import form_limit
from gongxin.registry.accounts.models import Agency, User
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.cases.models import Case, Evidence, Part
from gongxin.registry.publication.queries import RecordView

CODE = re.compile(r'<dd class="code">([A-Z-]+)</dd>')
NAME, CONTACT = "孙某甲", "sun@shifan.example"
SAYS = "本人从未担任该公司负责人，身份证曾经遗失。"
DECISION = Words(
    reason="经查，签名系他人冒用。", basis="河南省社会信用条例第四十一条", remedy="可依法申请行政复议。"
)


@pytest.fixture
def form(fined: RecordView) -> str:
    return f"/subjects/{fined.subject_id}/records/{fined.record_id}/not-me/"


def filled(**changes: object) -> dict[str, object]:
    typed = {"form_id": str(uuid4()), "statement": SAYS, "name": NAME, "contact": CONTACT}
    return {**typed, "evidence": SimpleUploadedFile("报案回执.png", papers.png()), **changes}


def code_on(page: str) -> str:
    (code,) = CODE.findall(page)
    return str(code)


def staff(name: str, role: Role, agency: Agency | None = None) -> Client:
    user = add_user(name=name, password=PASSWORD, role=role, agency=agency, actor=OPERATOR, at=AT)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_records_page_and_the_help_lead_to_the_form(sun: Client, fined: RecordView, form: str) -> None:
    assert f'href="{form}"' in sun.get(form.removesuffix("not-me/")).text
    assert "这条记录与我无关" in sun.get("/help/contest/").text
    page = sun.get(form)
    assert fined.document_number in page.text
    assert (page.headers["Cache-Control"], page.headers["X-Robots-Tag"]) == ("no-store", "noindex")


def test_sent_it_is_a_case_with_its_paper_and_the_record_is_marked(
    sun: Client, fined: RecordView, form: str
) -> None:
    page = sun.post(form, filled())

    assert page.status_code == 200
    assert "名〔2026〕1号" in page.text
    assert "2026年12月2日" in page.text  # seven working days
    assert Evidence.objects.get().case_id == Case.objects.get().id
    assert "异议处理中" in sun.get(form.removesuffix("not-me/")).text


def test_a_form_sent_twice_is_one_case_with_one_code(sun: Client, form: str) -> None:
    typed = filled()

    first = sun.post(form, typed)
    second = sun.post(form, typed | {"evidence": SimpleUploadedFile("报案回执.png", papers.png())})

    assert code_on(first.text) == code_on(second.text)
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "请填写姓名"),
        ({"contact": ""}, "请填写电话或者电子邮箱"),
        ({"statement": "不是我"}, "内容过短"),
        ({"evidence": SimpleUploadedFile("a.exe", b"MZ" + b"\0" * 200)}, "这是程序或脚本"),
    ],
)
def test_what_is_missing_or_is_a_program_is_said_and_opens_nothing(
    sun: Client, form: str, changes: dict[str, object], words: str
) -> None:
    answer = sun.post(form, filled(**changes))

    assert answer.status_code == 422
    assert words in answer.text
    assert CONTACT not in answer.text
    assert not Case.objects.exists()


def test_a_record_nobody_sees_has_no_form(sun: Client, fined: RecordView, form: str) -> None:
    nobodys = form.replace(str(fined.record_id), str(UUID(int=1)))

    assert sun.get(nobodys).status_code == 404
    assert sun.post(nobodys, filled()).status_code == 404


def test_a_second_person_is_told_that_it_is_being_examined(sun: Client, form: str) -> None:
    sun.post(form, filled())

    answer = sun.post(form, filled())

    assert answer.status_code == 422
    assert "正在核查" in answer.text


def test_an_address_that_floods_the_form_waits(
    sun: Client, form: str, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.NOT_ME_LIMIT = 1
    monkeypatch.setattr(form_limit, "machine_seconds", lambda: 3_600 * 600_000)
    flood, typed = Client(REMOTE_ADDR="203.0.113.60"), filled()

    assert flood.post(form, typed).status_code == 200
    assert flood.post(form, filled()).status_code == 429


def test_the_code_opens_how_it_stands_and_no_other_does(sun: Client, fined: RecordView, form: str) -> None:
    code = code_on(sun.post(form, filled()).text)
    part = Part.objects.get()
    for act, who in (
        ("forward", Who(LIN, Party.CENTRE)),
        ("uphold", Who(LIN, Party.AGENCY, fined_by())),
    ):
        take_act("not-the-subject", act, part_id=part.id, seen=None, who=who, words=DECISION, at=AT)  # type: ignore[arg-type]

    page = sun.post("/cases/mine/", {"code": code.lower()}).text
    wrong = sun.post("/cases/mine/", {"code": code[::-1]})

    for words in (DECISION.reason, DECISION.basis, DECISION.remedy, "异议成立"):
        assert words in page
    for hidden in (NAME, CONTACT, SAYS, "罚款人民币贰万元"):
        assert hidden not in page
    assert wrong.status_code == 422
    assert "没有查询码如此的申请" in wrong.text


def fined_by() -> UUID:
    return Agency.objects.get().id


def test_with_the_code_it_is_taken_back_and_the_mark_goes(sun: Client, form: str) -> None:
    code = code_on(sun.post(form, filled()).text)

    page = sun.post("/cases/mine/", {"code": code, "act": "withdraw", "reason": "已查清"}).text
    again = sun.post("/cases/mine/", {"code": code, "act": "withdraw"}).text

    assert "已撤回" in page
    assert Part.objects.get().state == "given-up"
    assert "此前已经办结" in again
    assert "异议处理中" not in sun.get(form.removesuffix("not-me/")).text


def test_the_reviewer_opens_who_asked_for_a_reason_and_nobody_else(sun: Client, form: str) -> None:
    sun.post(form, filled())
    page = f"/desk/cases/{Case.objects.get().id}/"
    reviewer = staff("wen", Role.REVIEWER)
    others = [staff("lin2", Role.CLERK, Agency.objects.get()), staff("zhao2", Role.OFFICER)]

    assert SAYS in others[0].get(page).text  # who answers reads what is said
    assert [one.get(f"{page}person/").status_code for one in others] == [403, 403]
    assert reviewer.post(f"{page}person/", {"ground": ""}).status_code == 422
    told = reviewer.post(f"{page}person/", {"ground": "核实报案回执"}).text
    assert NAME in told
    assert CONTACT in told
    assert AuditEvent.objects.get(action="case.person-read").detail == {"reason": "核实报案回执"}
    for one in others:
        assert NAME not in one.get(page).text


def test_the_subject_sees_that_it_is_asked_and_nothing_of_who_asks(
    sun: Client, fined: RecordView, form: str
) -> None:
    from interfaces.my.conftest import a_mandate, a_user, signed_in

    sun.post(form, filled())
    case, paper = Case.objects.get(), Evidence.objects.get()
    user = a_user("qiao")
    a_mandate(user, fined)
    qiao = signed_in(User.objects.get(id=user.id))

    page = qiao.get(f"/my/cases/{case.id}/").text

    assert "名〔2026〕1号" in page
    for hidden in (NAME, SAYS, paper.name):
        assert hidden not in page
    assert qiao.get(f"/my/cases/{case.id}/evidence/{paper.id}/").status_code == 404
