"""Finding a record by its number, however it is typed, within one's reach and no further."""

import pytest
from cast import QIAO, QIAO_NAME
from desk_cast import Cast
from django.test import Client
from sending import csv_of, penalty, sent

from gongxin.interfaces.desk import find
from gongxin.registry.audit.models import AuditEvent, Look
from gongxin.registry.ledger.numbers import numbered


@pytest.fixture
def fines(cast: Cast) -> None:
    sent(csv_of(penalty(), penalty(CF_WSH="示环罚〔2026〕123号")), agency=cast.bureau)
    sent(csv_of(penalty(CF_WSH="示市监罚〔2026〕12号")), agency=cast.regulator)


@pytest.mark.usefixtures("fines")
@pytest.mark.parametrize(
    "typed",
    [
        "示环罚〔2026〕12号",
        "示环罚[2026]12号",
        "示环罚【２０２６】 第12号",
        " 示环罚(2026)12号 ",
        "示环罚〔2026〕１２号",
    ],
)
def test_a_number_is_found_however_it_is_typed(zhao: Client, typed: str) -> None:
    page = zhao.get("/desk/find/", {"q": typed}).content.decode()

    assert "示环罚〔2026〕12号" in page
    assert "示环罚〔2026〕123号" not in page
    assert QIAO_NAME in page


@pytest.mark.usefixtures("fines")
def test_a_beginning_finds_all_that_begin_so_and_nothing_else(zhao: Client) -> None:
    page = zhao.get("/desk/find/", {"q": "示环罚[2026]"}).content.decode()

    assert "示环罚〔2026〕12号" in page
    assert "示环罚〔2026〕123号" in page
    assert "示市监罚" not in page


@pytest.mark.usefixtures("fines")
def test_wu_finds_what_her_own_bureau_sent_and_nothing_of_another(wu: Client, lin: Client) -> None:
    for client, own, others in (
        (wu, "示环罚〔2026〕12号", "示市监罚"),
        (lin, "示市监罚〔2026〕12号", "示环罚"),
    ):
        assert own in client.get("/desk/find/", {"q": own}).content.decode()
        assert "没有以此为文号" in client.get("/desk/find/", {"q": others}).content.decode()


@pytest.mark.usefixtures("fines")
@pytest.mark.parametrize("asked", [QIAO, "乔木机械"])
def test_a_code_or_a_name_leads_zhao_to_the_subject(zhao: Client, lin: Client, asked: str) -> None:
    page = zhao.get("/desk/find/", {"q": asked}).content.decode()

    assert QIAO_NAME in page
    assert 'href="/desk/subjects/' in page
    assert 'href="/desk/subjects/' not in lin.get("/desk/find/", {"q": asked}).content.decode()


@pytest.mark.usefixtures("fines")
def test_a_withdrawn_record_is_found_with_its_state(zhao: Client, cast: Cast) -> None:
    sent(
        csv_of(penalty(CF_WSH="示环罚〔2026〕12号", CF_NR_FK="3", CF_NR="罚款人民币叁万元")),
        agency=cast.bureau,
    )

    page = zhao.get("/desk/find/", {"q": "示环罚〔2026〕12号"}).content.decode()

    assert page.count("示环罚〔2026〕12号</a>") == 1
    assert "已更正" in page


@pytest.mark.parametrize(
    "asked",
    ["x", "〔", "。", "😀", "号" * 500, "\x00\x00", "%_", "' OR 1=1 --", "\U0010ffff\U0010ffff", "  "],
)
def test_a_strange_question_is_answered_and_finds_nothing(zhao: Client, asked: str) -> None:
    answer = zhao.get("/desk/find/", {"q": asked})

    assert answer.status_code == 200
    assert "/history/" not in answer.content.decode()


def test_a_persons_number_is_neither_looked_for_nor_repeated(zhao: Client) -> None:
    page = zhao.get("/desk/find/", {"q": "13800138000"}).content.decode()

    assert "不查询自然人" in page
    assert "13800138000" not in page


@pytest.mark.usefixtures("fines")
def test_what_was_found_leaves_as_a_file_without_the_question_in_the_audit(zhao: Client) -> None:
    lines = zhao.get("/desk/find/?q=示环罚&format=csv").content.decode("utf-8-sig").splitlines()

    assert [line.split(",")[0] for line in lines[1:]] == ["示环罚〔2026〕123号", "示环罚〔2026〕12号"]
    event = AuditEvent.objects.get(action="table.exported")
    assert event.detail["rows"] == 2
    assert "示环罚" not in str(event.detail)
    assert not Look.objects.exists()


@pytest.mark.usefixtures("fines")
def test_the_audit_of_a_file_tells_whether_two_questions_were_one_and_not_what_was_asked(
    zhao: Client,
) -> None:
    for asked in ("示环罚〔2026〕12号", "示环罚[2026]12号", "示市监罚"):
        zhao.get("/desk/find/", {"q": asked, "format": "csv"})

    events = AuditEvent.objects.filter(action="table.exported").order_by("at", "id")
    asked_for = [event.detail["filters"]["question"] for event in events]
    assert len({*asked_for}) == 2
    assert all(len(one) == 64 for one in asked_for)


@pytest.mark.usefixtures("fines")
def test_a_file_of_a_find_asks_for_so_many_rows_and_says_in_its_last_line_that_there_are_more(
    zhao: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert find.MOST_IN_A_FILE == 500
    monkeypatch.setattr(find, "MOST_IN_A_FILE", 1)

    lines = zhao.get("/desk/find/?q=示环罚&format=csv").content.decode("utf-8-sig").splitlines()

    assert len(lines) == 3
    assert "以上为前 1 行，其余未导出" in lines[-1]
    assert AuditEvent.objects.get(action="table.exported").detail["rows"] == 1


@pytest.mark.django_db
def test_an_empty_number_names_nothing() -> None:
    assert numbered(" 　", agency_ids=None, limit=5) == []
