from cast import AT, ZHAO
from interfaces.my.conftest import Officer

from gongxin.core.looks import Looker
from gongxin.flows.looks import note_look
from gongxin.registry.publication.queries import RecordView


def test_qiao_sees_who_looked_and_for_what_and_no_persons_name(qiao: Officer, fined: RecordView) -> None:
    looker = Looker(ZHAO, None, "officer")
    note_look(
        looker=looker, subject_id=fined.subject_id, purpose="record.read-history: court",
        case_number="（2026）示01民初9号", at=AT,
    )  # fmt: skip

    page = qiao.client.get("/my/looks/").text

    assert "法院" in page
    assert "（2026）示01民初9号" in page
    assert "zhao" not in page


def test_where_nobody_looked_it_says_so(qiao: Officer) -> None:
    assert "没有人查阅过公示内容以外的档案。" in qiao.client.get("/my/looks/").text
