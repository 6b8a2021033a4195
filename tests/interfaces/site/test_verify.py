"""Sun is shown a decision paper and verifies it: genuine, forged, or followed by a later decision."""

from dataclasses import replace

import pytest
from cast import AT, QIAO_NAME
from django.test import Client
from repairing import RIPE, accepted, asked_for, decide, fined_thrice, part_about, records

from gongxin.core.cases import Words
from gongxin.core.decision_papers import with_code
from gongxin.core.letters import paper_of
from gongxin.engine.papers.pdf import pdf_of
from gongxin.flows.decide_repair import not_accept, refuse, repair
from gongxin.flows.decision_papers import code_of_paper, paper_to_hand_out, verify
from gongxin.interfaces.pages.counting import Counter
from gongxin.interfaces.site import form_limit
from gongxin.registry.cases.models import DecisionPaper

pytestmark = pytest.mark.django_db

DECIDED = Words(
    reason="罚款已缴纳，整改已验收。",
    basis="《信用修复管理办法》",
    remedy="对本决定不服的，可依法申请行政复议。",
)


@pytest.fixture
def paper() -> DecisionPaper:
    """Return the paper of a repair decided today."""
    subject_id = fined_thrice()
    case = asked_for(subject_id, records(subject_id)[RIPE])
    decide(repair, accepted(case, RIPE), words=DECIDED)
    return DecisionPaper.objects.get()


def asked(client: Client, number: str, code: str) -> str:
    return client.post("/verify/", {"number": number, "code": code}).text


def test_a_genuine_paper_is_told_with_what_it_decides_and_that_it_stands(
    sun: Client, paper: DecisionPaper
) -> None:
    page = asked(sun, paper.number, code_of_paper(paper))

    assert "决定书真实，此后没有关于该记录的新决定。" in page
    assert QIAO_NAME in page
    assert "准予修复" in page
    assert RIPE in page


def test_what_the_record_said_is_not_told(sun: Client, paper: DecisionPaper) -> None:
    page = asked(sun, paper.number, code_of_paper(paper))

    assert "未按规定公开排污信息" not in page
    assert "贰万元" not in page


def test_number_and_code_are_read_as_people_type_them(sun: Client, paper: DecisionPaper) -> None:
    number = paper.number.replace("〔", " [").replace("〕", "] ")
    code = code_of_paper(paper).lower().replace("-", " ")

    assert "决定书真实" in asked(sun, number, code)
    assert "决定书真实" in asked(sun, paper.number.removesuffix("号"), code)


def test_a_planted_forgery_is_not_genuine(sun: Client, paper: DecisionPaper) -> None:
    code = code_of_paper(paper)
    forged = f"{'A' if code[0] != 'A' else 'B'}{code[1:]}"

    for number, typed in (
        (paper.number, forged),
        ("修〔2026〕99-1号", code),
        (paper.number, ""),
        (paper.number, "é" * 16),
    ):
        response = sun.post("/verify/", {"number": number, "code": typed})
        assert response.status_code == 422
        assert "决定书真实" not in response.text


def test_a_paper_changed_after_it_was_made_has_another_code(paper: DecisionPaper) -> None:
    code = code_of_paper(paper)
    paper.paper = {**paper.paper, "addressed": "示范另一家有限公司："}

    assert code_of_paper(paper) != code


def test_a_code_of_one_paper_does_not_open_another(paper: DecisionPaper) -> None:
    other = DecisionPaper(number="修〔2026〕1-2号", paper=paper.paper)

    assert code_of_paper(other) != code_of_paper(paper)
    assert verify(other.number, code_of_paper(other)) is None  # nobody gave it


def test_the_number_alone_or_the_code_alone_tells_nothing(sun: Client, paper: DecisionPaper) -> None:
    page = sun.get(f"/verify/{code_of_paper(paper)}/")

    assert code_of_paper(paper) in page.text
    assert paper.number not in page.text
    assert QIAO_NAME not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex"


def test_a_refusal_followed_by_a_later_decision_no_longer_stands(sun: Client) -> None:
    subject_id = fined_thrice()
    record_id = records(subject_id)[RIPE]
    decide(refuse, accepted(asked_for(subject_id, record_id), RIPE), words=DECIDED)
    refused = DecisionPaper.objects.get()
    again = replace(DECIDED, reason="材料仍不齐全，不予受理。")
    decide(not_accept, part_about(asked_for(subject_id, record_id), RIPE), words=again)

    page = asked(sun, refused.number, code_of_paper(refused))

    assert "决定书真实。此后已有关于同一记录的新决定：修〔2026〕2-1号" in page


def test_too_many_questions_from_one_place_are_told_when_to_come_back(
    sun: Client, paper: DecisionPaper, settings, monkeypatch, tmp_path
) -> None:
    settings.VERIFY_LIMIT = 2
    counter, code = Counter(tmp_path / "verified", key="k", window_seconds=3600), code_of_paper(paper)
    monkeypatch.setattr(form_limit, "_counter", lambda _form: counter)
    monkeypatch.setattr(form_limit, "machine_seconds", lambda: 3600 * 10)

    statuses = [sun.post("/verify/", {"number": "修〔2026〕9号", "code": code}).status_code for _ in range(3)]

    assert statuses[-1] == 429


def test_the_paper_is_drawn_the_same_each_time_and_says_all_that_the_decision_says(
    paper: DecisionPaper, settings
) -> None:
    settings.SITE_URL = "https://credit.example.gov.cn/"
    drawn = paper_to_hand_out(paper)

    text = "".join(drawn.paragraphs)
    for words in (
        DECIDED.reason,
        DECIDED.basis,
        DECIDED.remedy,
        code_of_paper(paper),
        "https://credit.example.gov.cn/verify/，",
    ):
        assert words in text
    assert (drawn.title, drawn.institution) == ("信用修复决定书", "示范市生态环境局")
    assert pdf_of(drawn) == pdf_of(paper_to_hand_out(DecisionPaper.objects.get()))


def test_without_an_address_of_the_site_the_paper_gives_none(paper: DecisionPaper, settings) -> None:
    settings.SITE_URL = ""

    text = "".join(paper_to_hand_out(paper).paragraphs)

    assert "http" not in text
    assert f"打开“核验决定书”，输入本决定书编号和验证码{code_of_paper(paper)}" in text


def test_a_persons_number_in_a_reason_stands_on_the_paper_in_stars() -> None:
    subject_id = fined_thrice()
    case = asked_for(subject_id, records(subject_id)[RIPE])
    told = replace(DECIDED, reason="经办人身份证号11010519491231002X提交了凭证。")
    decide(repair, accepted(case, RIPE), words=told)

    kept = paper_of(DecisionPaper.objects.get().paper)

    assert "11010519491231002X" not in "".join(with_code(kept, code="", address="").paragraphs)
    assert DecisionPaper.objects.get().at == AT
