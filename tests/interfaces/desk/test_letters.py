"""Zhao writes to one agency about what is overdue, and to all about who was in time; the letters are kept."""

import subprocess
from io import BytesIO

import pytest
from cast import AT, QIAO_NAME
from desk_cast import Cast
from django.db import DatabaseError, transaction
from django.test import Client
from docx import Document
from sending import csv_of, penalty, sent

from gongxin.core.legal_day import legal_day
from gongxin.core.letters import RANKED, URGED, Timeliness, circular_letter, in_words, paper_of, share_in_time
from gongxin.engine.papers import pdf
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.letters.models import Letter

OTHER_NAME = "远山宾馆集团股份公司"
URGING = {"kind": "urging", "on": "2026-11-23"}


@pytest.fixture
def overdue(cast: Cast) -> None:
    """Of the bureau's two fines one waits under a name that does not fit, its day long past."""
    sent(csv_of(penalty(CF_WSH="示环罚〔2026〕76号", CF_JDRQ="2026-11-20")), agency=cast.bureau)
    sent(csv_of(penalty(CF_WSH="=示环罚〔2026〕77号", CF_XDR_MC=OTHER_NAME)), agency=cast.bureau)


def made(zhao: Client, cast: Cast, **told: str) -> Letter:
    zhao.post("/desk/letters/make/", {**URGING, "agency": cast.bureau.code, **told})
    return Letter.objects.filter(kind=told.get("kind", "urging")).latest("number")


@pytest.mark.usefixtures("overdue")
def test_a_letter_urges_one_agency_with_the_table_of_its_overdue_records(zhao: Client, cast: Cast) -> None:
    letter = made(zhao, cast)

    paper = paper_of(letter.paper)
    assert paper.number == "督办〔2026〕1号"
    assert paper.institution == "公信示范省公共信用信息中心"
    assert paper.addressed == "示范市生态环境局："
    assert "截至2026年11月23日，你单位报送的信用信息中，有1条" in paper.paragraphs[0]
    assert paper.header == URGED
    assert paper.rows == (
        (
            "1", "=示环罚〔2026〕77号", "行政处罚", QIAO_NAME, "2026-10-12", "2026-10-21", "23",
            "名称与登记名称明显不同",
        ),
    )  # fmt: skip
    assert len(letter.record_ids) == 1


@pytest.mark.usefixtures("overdue")
def test_word_and_pdf_say_what_was_kept(zhao: Client, cast: Cast) -> None:
    letter = made(zhao, cast)

    word = zhao.get(f"/desk/letters/{letter.id}.docx")
    document = Document(BytesIO(word.content))
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert lines[:4] == [letter.paper[key] for key in ("institution", "number", "title", "addressed")]
    assert [cell.text for cell in document.tables[0].rows[1].cells] == letter.paper["rows"][0]
    printed = zhao.get(f"/desk/letters/{letter.id}.pdf")
    assert printed.content.startswith(b"%PDF")
    assert "filename" in printed["Content-Disposition"]


def test_a_place_of_a_letter_is_text_however_it_looks() -> None:
    hostile = '#read("/etc/passwd") $x$ *a* {day}'
    paper = circular_letter(
        institution=hostile, number="1", begins=legal_day(AT), on=legal_day(AT), made_on=legal_day(AT),
        agencies=[Timeliness(hostile, 1, 0, 0)],
    )  # fmt: skip

    content = pdf.pdf_of(paper)

    said = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=False).stdout
    assert "root:" not in said.decode()
    assert paper.rows[0][1] == hostile


@pytest.mark.usefixtures("overdue")
def test_letters_are_numbered_in_a_row_kept_and_audited(zhao: Client, cast: Cast) -> None:
    first, second = made(zhao, cast), made(zhao, cast)
    circular = made(zhao, cast, kind="circular")

    assert [(one.kind, one.number) for one in (first, second, circular)] == [
        ("urging", 1), ("urging", 2), ("circular", 1),
    ]  # fmt: skip
    event = AuditEvent.objects.filter(action="letter.made").earliest("at", "id")
    assert event.actor == str(cast.zhao.pk)
    assert event.detail["records"] in {0, 1}
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.filter(id=first.id).update(number=9)
    page = zhao.get("/desk/letters/").content.decode()
    assert "督办〔2026〕2号" in page
    assert "通报〔2026〕1号" in page


@pytest.mark.usefixtures("overdue")
def test_a_circular_ranks_agencies_in_words_and_names_no_person(zhao: Client, cast: Cast) -> None:
    sent(csv_of(penalty(CF_WSH="示市监罚〔2026〕1号", CF_JDRQ="2026-11-19")), agency=cast.regulator)

    paper = paper_of(made(zhao, cast, kind="circular").paper)

    assert paper.header == RANKED
    assert paper.rows == (
        ("1", "示范市市场监督管理局", "1", "1", "0", "0", "全部按时"),
        ("2", "示范市生态环境局", "1", "1", "0", "1", "逾期较多"),
    )
    assert "共有2个单位报送的2条信息作出公示决定，其中2条在法定期限内作出，0条逾期作出" in paper.paragraphs[1]


@pytest.mark.parametrize(
    ("decided", "late", "overdue", "words"),
    [
        (10, 0, 0, "全部按时"),
        (100, 5, 0, "基本按时"),
        (100, 5, 1, "部分逾期"),
        (10, 2, 0, "部分逾期"),
        (0, 0, 1, "逾期较多"),
    ],
)
def test_the_words_follow_the_share_in_time(decided: int, late: int, overdue: int, words: str) -> None:
    assert in_words(share_in_time(Timeliness("甲", decided, late, overdue))) == words


def test_equal_shares_have_equal_places() -> None:
    day = legal_day(AT)
    agencies = [Timeliness("甲", 2, 0, 0), Timeliness("乙", 4, 0, 0), Timeliness("丙", 2, 1, 0)]

    paper = circular_letter(institution="x", number="1", begins=day, on=day, made_on=day, agencies=agencies)

    assert [row[0] for row in paper.rows] == ["1", "1", "3"]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"kind": "urging", "on": "2026-11-23"}, "没有逾期记录"),
        ({"kind": "circular", "on": "2026-10-23"}, "没有作出公示决定"),
        ({"kind": "circular", "on": "2026-11-24"}, "尚未到来"),
        ({"kind": "circular", "on": "yesterday"}, "2026-11-20"),
        ({"kind": "circular"}, "请填写日期"),
        ({"kind": "praise", "on": "2026-11-23"}, "praise"),
    ],
)
def test_what_gives_no_letter_is_said(zhao: Client, cast: Cast, told: dict[str, str], words: str) -> None:
    page = zhao.post("/desk/letters/make/", {**told, "agency": cast.regulator.code}, follow=True)

    assert words in page.content.decode()
    assert not Letter.objects.exists()


def test_without_a_chinese_face_no_pdf_of_empty_boxes_is_made(
    zhao: Client, cast: Cast, overdue: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = made(zhao, cast)
    monkeypatch.setattr(pdf, "_faces", tuple)

    answer = zhao.get(f"/desk/letters/{letter.id}.pdf", follow=True)

    assert "未安装中文字体" in answer.content.decode()


@pytest.mark.usefixtures("overdue")
def test_lin_sees_no_letters_and_the_auditor_makes_none(
    zhao: Client, lin: Client, auditor: Client, cast: Cast
) -> None:
    letter = made(zhao, cast)

    assert lin.get("/desk/letters/").status_code == 403
    assert lin.get(f"/desk/letters/{letter.id}.docx").status_code == 403
    assert auditor.get(f"/desk/letters/{letter.id}.docx").status_code == 200
    assert auditor.post("/desk/letters/make/", {**URGING, "agency": cast.bureau.code}).status_code == 403
    assert auditor.get(f"/desk/letters/{letter.id}.exe").status_code == 404
