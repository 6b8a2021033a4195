"""A case at the desk: whose turn it is and by when, what happened, and the act taken in place."""

import re
from typing import Any
from uuid import UUID, uuid4

import papers
import pytest
from cast import AT, QIAO, ZHAO
from desk_cast import Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from sending import csv_of, penalty, sent

from gongxin.core.cases import Entry, Party, Who
from gongxin.core.disclosure import Audience
from gongxin.flows.evidence import keep_evidence, seal_paper
from gongxin.flows.objection import object_to
from gongxin.flows.open_case import Asked, NewEvidence, NewPoint
from gongxin.registry.accounts.models import User
from gongxin.registry.audit.models import Look
from gongxin.registry.cases.models import Case, Evidence, Part
from gongxin.registry.publication.queries import RecordView, records_of
from gongxin.registry.sealing import SealingWriter
from gongxin.registry.subjects.queries import subject_of_code

COUNTER = Who(ZHAO, Party.CENTRE)
REASON = "经核对决定书原件，罚款金额应为零点二万元，系录入时漏写小数点。"
DECIDES = {
    "p1-reason": REASON,
    "p1-basis": "《河南省社会信用条例》第四十一条",
    "p1-remedy": "可依法申请行政复议。",
    "p1-answer_1": "accepted",
    "p1-follows": "correction",
    "p1-change": "clerical",
}


@pytest.fixture
def fined(cast: Cast) -> RecordView:
    sent(csv_of(penalty()), agency=cast.regulator)
    subject_id = subject_of_code(QIAO, at=AT)
    assert subject_id is not None
    return records_of(subject_id, audience=Audience.PUBLIC, at=AT)[0]


@pytest.fixture
def case(fined: RecordView) -> str:
    """The address of an objection that Zhao took down at the counter, with a photograph."""
    writer = seal_paper([papers.png()])
    assert isinstance(writer, SealingWriter)
    kept = keep_evidence(writer, name="决定书照片.png", at=AT)
    assert isinstance(kept, NewEvidence)
    points = (NewPoint("CF_NR_FK", claimed="0.2", said="少写了小数点"),)
    made = object_to(
        subject_id=fined.subject_id, asked=[Asked(fined.record_id, "correct", points)], form_id=uuid4(),
        entry=Entry.COUNTER, statement="请核对决定书原件。", evidence=[kept], who=COUNTER, at=AT,
    )  # fmt: skip
    return f"/desk/cases/{made.id}/"


def sending(client: Client, address: str, act: str, **fields: str) -> Any:
    """Send the form as the page shows it now."""
    part = Part.objects.get()
    return client.post(address, {"act": act, "part": str(part.id), "seen": str(part.steps_taken), **fields})


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def forwarded(zhao: Client, case: str) -> str:
    assert sending(zhao, case, "forward").status_code == 302
    return case


def test_the_page_says_whose_turn_it_is_by_when_and_what_is_contested(zhao: Client, case: str) -> None:
    page = text_of(zhao.get(case))

    assert "异〔2026〕1号" in page
    assert "2026年11月26日" in page  # three working days of the centre
    assert "2026年12月2日" in page  # seven in all
    assert re.search(r"记录记载.*?<p>2</p>.*?应为.*?<p>0\.2</p>", page, re.S)
    assert "请核对决定书原件。" in page
    assert "决定书照片.png" in page
    assert 'value="forward"' in page


def test_the_clerk_upholds_in_place_and_the_public_page_reads_right(
    lin: Client, forwarded: str, fined: RecordView
) -> None:
    answer = sending(lin, forwarded, "uphold", **DECIDES)

    assert answer.status_code == 302
    page = text_of(Client().get(f"/subjects/{fined.subject_id}/records/{fined.record_id}/"))
    assert "2,000" in page
    assert "异议处理中" not in page
    done = text_of(lin.get(forwarded))
    assert REASON in done
    assert "<textarea" not in done


def test_what_is_missing_is_said_in_place_and_what_was_typed_stays(lin: Client, forwarded: str) -> None:
    answer = sending(lin, forwarded, "uphold", **{**DECIDES, "p1-answer_1": "", "p1-basis": ""})

    page = text_of(answer)
    assert answer.status_code == 422
    assert "请写明法律及其条款" in page
    assert REASON in page
    assert sending(lin, forwarded, "uphold", **{**DECIDES, "p1-answer_1": ""}).status_code == 422


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"p1-answer_1": ""}, "请逐项答复"),
        ({"p1-answer_1": "refused", "p1-text_1": "一致"}, "答复与决定不一致"),
        ({"p1-reason": "经核对【文号】。"}, "请填写【】中的内容"),
        ({"p1-decided_on": "2026-10-11"}, "决定日期不能早于"),
        ({"p1-decided_on": "2026-11-24"}, "决定日期不能早于"),
        ({"p1-value_1": "两千"}, "数字"),
        ({"p1-reason": "当事人11010519491231002X"}, "号码"),
    ],
)
def test_a_refusal_stands_where_it_belongs(
    lin: Client, forwarded: str, changes: dict[str, str], words: str
) -> None:
    answer = sending(lin, forwarded, "uphold", **{**DECIDES, **changes})

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert Part.objects.get().closed_at is None


def test_the_second_of_two_is_told_what_the_first_did(lin: Client, forwarded: str, cast: Cast) -> None:
    other = Client()
    other.force_login(User.objects.create(id=uuid4(), username="he", role="clerk", agency=cast.regulator))
    seen = str(Part.objects.get().steps_taken)
    sending(lin, forwarded, "uphold", **DECIDES)

    answer = sending(other, forwarded, "refuse", **{**DECIDES, "p1-reason": "一字不差。", "seen": seen})

    page = text_of(answer)
    assert answer.status_code == 409
    assert "异议成立" in page
    assert cast.regulator.name in page
    assert "一字不差。" in page
    assert Part.objects.get().outcome == "upheld"


def test_a_form_sent_twice_decides_once(lin: Client, forwarded: str) -> None:
    seen = str(Part.objects.get().steps_taken)

    first = sending(lin, forwarded, "uphold", **DECIDES)
    second = sending(lin, forwarded, "uphold", **DECIDES, seen=seen)

    assert (first.status_code, second.status_code) == (302, 409)


def test_a_prepared_reason_is_put_in_and_nothing_is_decided(lin: Client, forwarded: str) -> None:
    answer = sending(
        lin, forwarded, "prepare", **{**DECIDES, "p1-template": "agrees-with-document", "p1-remedy": "留着"}
    )

    page = text_of(answer)
    assert "经核对【文号】原件" in page
    assert "留着" in page
    assert Part.objects.get().closed_at is None


def test_the_centre_decides_nothing_of_the_sources(zhao: Client, case: str) -> None:
    answer = sending(zhao, case, "refuse", **DECIDES)

    assert answer.status_code == 422
    assert "中心只处理属于自己的问题" in text_of(answer)


def test_another_body_finds_no_such_case(wu: Client, case: str) -> None:
    assert wu.get(case).status_code == 404
    assert wu.get(paper_of(case)).status_code == 404


def test_the_auditor_reads_and_is_written_down_and_does_nothing(auditor: Client, forwarded: str) -> None:
    page = text_of(auditor.get(forwarded))

    assert "<textarea" not in page
    assert Look.objects.get().purpose == "case.read"
    assert sending(auditor, forwarded, "refuse", **DECIDES).status_code == 403


def test_opening_the_case_is_a_look_once_a_day_for_each_who_opens_it(
    lin: Client, zhao: Client, forwarded: str
) -> None:
    for client in (lin, lin, zhao):
        assert client.get(forwarded).status_code == 200

    told = Look.objects.order_by("role").values_list("role", "purpose", "case_number")
    assert list(told) == [(role, "case.read", "异〔2026〕1号") for role in ("clerk", "officer")]


def test_a_stranger_is_sent_to_sign_in(sun: Client, case: str) -> None:
    assert sun.get(case).status_code == 302
    assert sun.get(paper_of(case)).status_code == 302


def paper_of(case: str) -> str:
    return f"{case}papers/{Evidence.objects.get().id}/"


def test_a_paper_is_saved_and_never_shown_and_its_opening_is_written_down(lin: Client, case: str) -> None:
    answer = lin.get(paper_of(case))

    assert b"".join(answer.streaming_content) == papers.png()
    for close in answer._resource_closers:  # closing the answer would close the database too
        close()
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer["Cache-Control"]
    assert Look.objects.get().purpose == "case.evidence"


def test_the_clerk_adds_a_paper_and_a_program_is_refused_in_place(
    lin: Client, auditor: Client, case: str
) -> None:
    program = SimpleUploadedFile("scan.png", b"MZ" + bytes(99))
    refused = lin.post(case, {"act": "hand-in", "evidence": program})
    assert refused.status_code == 422
    assert "这是程序或脚本" in text_of(refused)

    added = lin.post(case, {"act": "hand-in", "evidence": SimpleUploadedFile("a.pdf", papers.png())})

    assert added.status_code == 302
    assert [one.name for one in Evidence.objects.order_by("id")] == ["决定书照片.png", "a.pdf.png"]
    assert auditor.post(case, {"act": "hand-in"}).status_code == 403


def test_a_paper_opens_under_its_own_case_only(lin: Client, case: str) -> None:
    assert lin.get(f"{case}papers/{uuid4()}/").status_code == 404


def test_the_body_that_gave_a_part_away_still_sees_it_but_opens_no_paper(
    lin: Client, wu: Client, forwarded: str, cast: Cast
) -> None:
    sending(lin, forwarded, "steer:pause", **{"s1-why": "委托鉴定"})

    answer = sending(lin, forwarded, "steer:hand-over", **{"s1-why": "职责划转", "s1-to": cast.bureau.code})

    assert answer.status_code == 302
    assert "<textarea" not in text_of(lin.get(forwarded))
    assert lin.get(paper_of(forwarded)).status_code == 404
    assert 'value="uphold"' in text_of(wu.get(forwarded))


def test_only_a_clock_that_was_stopped_is_offered_to_run_again(lin: Client, forwarded: str) -> None:
    running = text_of(lin.get(forwarded))
    sending(lin, forwarded, "steer:pause", **{"s1-why": "委托鉴定"})
    stopped = text_of(lin.get(forwarded))

    for page, offered, missing in ((running, "pause", "resume"), (stopped, "resume", "pause")):
        assert f'value="steer:{offered}"' in page
        assert f'value="steer:{missing}"' not in page


def test_in_english_a_button_says_what_will_be_done(lin: Client, forwarded: str) -> None:
    lin.cookies["django_language"] = "en"

    page = lin.get(forwarded).text

    assert ">Stop the clock</button>" in page
    assert "the clock stops</button>" not in page
    assert (
        "，" not in page.split("<main", 1)[1].split("What has happened")[0].split("What the record says")[0]
    )


def test_a_clock_is_stopped_and_runs_again(lin: Client, forwarded: str) -> None:
    assert sending(lin, forwarded, "steer:resume", **{"s1-why": "x"}).status_code == 422
    sending(lin, forwarded, "steer:pause", **{"s1-why": "委托鉴定"})
    assert "已暂停" in text_of(lin.get(forwarded))

    sending(lin, forwarded, "steer:resume", **{"s1-why": "鉴定完成"})

    assert "已暂停" not in text_of(lin.get(forwarded)).split("办理经过")[0]


@pytest.mark.parametrize(
    ("act", "fields", "words"),
    [
        ("steer:pause", {}, "请说明"),
        ("steer:hand-over", {"s1-why": "划转", "s1-to": "no such"}, "没有单位使用这个统一社会信用代码。"),
        (
            "steer:extend",
            {"s1-why": "复杂", "s1-limit": "objection-whole", "s1-working_days": "8"},
            "期限只能延长一次",
        ),
    ],
)
def test_what_is_wrong_with_steering_is_said(
    lin: Client, forwarded: str, act: str, fields: dict[str, str], words: str
) -> None:
    answer = sending(lin, forwarded, act, **fields)

    assert answer.status_code == 422
    assert words in text_of(answer)


def test_a_form_without_its_part_or_its_count_is_no_form(lin: Client, forwarded: str) -> None:
    assert lin.post(forwarded, {"act": "uphold", "seen": "1"}).status_code == 404
    assert lin.post(forwarded, {"act": "uphold", "part": str(UUID(int=7)), "seen": "1"}).status_code == 404
    assert sending(lin, forwarded, "uphold", **DECIDES, seen="x").status_code == 400


def test_a_case_that_is_none_is_not_found(zhao: Client, case: str) -> None:
    assert zhao.get(f"/desk/cases/{uuid4()}/").status_code == 404
    assert Case.objects.count() == 1
