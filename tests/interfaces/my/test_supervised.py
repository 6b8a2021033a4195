"""A firm sees how it is graded, by which rows, and who follows it."""

from datetime import date

from cast import AT, LIN, ZHAO
from grading import given_by_labour
from interfaces.my.conftest import Officer
from sending import an_agency

from gongxin.flows.evaluate_subjects import evaluate_subjects
from gongxin.flows.follow import Asked, begin_follow
from gongxin.registry.publication.queries import RecordView


def test_a_firm_sees_its_own_grade_with_the_row_that_gave_it(qiao: Officer, fined: RecordView) -> None:
    assert "分级分类监管等级" not in qiao.client.get("/my/").text
    given_by_labour()
    evaluate_subjects(scheme_id="labour", on=AT.date(), actor=ZHAO, at=AT)

    page = qiao.client.get("/my/").text
    assert "企业劳动保障守法诚信等级" in page
    assert "人力资源社会保障部门评定的等级" in page


def test_a_firm_sees_who_follows_it_and_for_what(qiao: Officer, fined: RecordView) -> None:
    assert "没有单位关注您" in qiao.client.get("/my/looks/").text
    asked = Asked(
        subject_id=fined.subject_id, purpose="行业监管", until_on=date(2027, 5, 31), basis="条例第四十条"
    )
    begin_follow(agency=an_agency(), asked=asked, actor=LIN, at=AT)

    page = qiao.client.get("/my/looks/").text
    assert "行业监管" in page
    assert "条例第四十条" in page
