"""Sun comes to the counter: a record is not about him. Zhao takes it down; who he is stays sealed."""

import re
from typing import Any
from uuid import UUID, uuid4

import papers
import pytest
from cast import AT, QIAO
from desk_cast import Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from sending import csv_of, penalty, sent

from gongxin.core.disclosure import Audience
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.cases.models import Case, Evidence, Part, Step
from gongxin.registry.cases.receipts import person_in
from gongxin.registry.notices.models import Notice
from gongxin.registry.publication.queries import RecordView, records_of
from gongxin.registry.subjects.queries import subject_of_code

NAME, CONTACT = "孙某甲", "sun@shifan.example"
SAYS = "本人从未担任该公司负责人，身份证曾经遗失。"
CODE = re.compile(r'<dd class="code">([A-Z-]+)</dd>')


@pytest.fixture
def fined(cast: Cast) -> RecordView:
    sent(csv_of(penalty()), agency=cast.regulator)
    subject_id = subject_of_code(QIAO, at=AT)
    assert subject_id is not None
    return records_of(subject_id, audience=Audience.PUBLIC, at=AT)[0]


@pytest.fixture
def form(fined: RecordView) -> str:
    return f"/desk/counter/{fined.subject_id}/not-me/{fined.record_id}/"


def typed(**changes: object) -> dict[str, Any]:
    said = {"form_id": str(uuid4()), "statement": SAYS, "name": NAME, "contact": CONTACT}
    return {**said, "evidence": SimpleUploadedFile("报案回执.png", papers.png()), **changes}


def test_the_choice_of_kinds_leads_to_its_own_form_for_one_record(
    zhao: Client, fined: RecordView, form: str
) -> None:
    choice = f"/desk/counter/{fined.subject_id}/"
    asked = {"kind": "not-the-subject", "record": fined.record_id.hex}

    assert 'value="not-the-subject"' in zhao.get(choice).text
    assert zhao.get(choice, asked)["Location"] == form
    assert fined.document_number in zhao.get(form).text


def test_sent_it_is_a_case_with_its_receipt_and_who_asked_is_sealed(zhao: Client, form: str) -> None:
    answer = zhao.post(form, typed())

    case = Case.objects.get()
    assert (case.kind, case.entry, Evidence.objects.get().case_id) == ("not-the-subject", "counter", case.id)
    person = person_in(case)
    assert person is not None
    assert (person.name, person.contact) == (NAME, CONTACT)
    (code,) = CODE.findall(answer.text)
    assert "名〔2026〕1号" in Client().post("/cases/mine/", {"code": code}).text
    assert "no-store" in answer.headers["Cache-Control"]


def test_nothing_of_who_asked_stands_on_a_page_in_a_notice_a_step_or_the_audit(
    zhao: Client, lin: Client, form: str
) -> None:
    receipt = zhao.post(form, typed()).text
    page = f"/desk/cases/{Case.objects.get().id}/"

    kept = repr(
        [*Case.objects.values("statement", "opened_by"), *Step.objects.values(), *Notice.objects.values(),
         *AuditEvent.objects.values(), *Part.objects.values()]
    )  # fmt: skip
    for text in (receipt, zhao.get(page).text, lin.get(page).text, kept):
        assert NAME not in text
        assert CONTACT not in text
    assert zhao.get(f"{page}person/").status_code == 403  # the reviewer's alone


def test_a_form_sent_twice_is_one_case_with_one_code(zhao: Client, form: str) -> None:
    said = typed()

    codes = [
        CODE.findall(zhao.post(form, said | {"evidence": SimpleUploadedFile("a.png", papers.png())}).text)
        for _ in range(2)
    ]

    assert codes[0] == codes[1]
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": " "}, "填写的姓名"),
        ({"contact": ""}, "请填写电话或者电子邮箱"),
        ({"statement": "不是我"}, "内容过短"),
        ({"evidence": SimpleUploadedFile("a.exe", b"MZ" + b"\0" * 200)}, "这是程序或脚本"),
    ],
)
def test_what_is_missing_is_said_and_their_name_is_not_repeated(
    zhao: Client, form: str, changes: dict[str, object], words: str
) -> None:
    answer = zhao.post(form, typed(**changes))

    assert answer.status_code == 422
    assert words in answer.text
    assert NAME not in answer.text
    assert CONTACT not in answer.text
    assert not Case.objects.exists()


def test_a_second_one_is_told_that_it_is_open(zhao: Client, form: str) -> None:
    zhao.post(form, typed())

    answer = zhao.post(form, typed())

    assert (answer.status_code, Case.objects.count()) == (422, 1)


def test_a_record_of_another_subject_has_no_form_and_only_the_centre_comes_in(
    zhao: Client, lin: Client, auditor: Client, fined: RecordView, form: str
) -> None:
    assert zhao.get(form.replace(str(fined.record_id), str(UUID(int=1)))).status_code == 404
    for other in (lin, auditor):
        assert other.post(form, typed()).status_code == 403
    assert not Case.objects.exists()
