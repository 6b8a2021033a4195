"""At the desk: a clerk follows a firm and ends it, an officer draws a sample; what the firm sees of both."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from cast import AT, QIAO, ZHAO, code_of
from desk_cast import Cast
from django.test import Client
from grading import given_by_labour
from listing_rows import abnormal, listed
from sending import an_agency, csv_of, penalty, sent

from gongxin.flows.draw_sample import OfAnotherSector, draw_sample
from gongxin.flows.evaluate_subjects import evaluate_subjects
from gongxin.flows.warn_followers import warn_followers
from gongxin.registry.accounts.models import Agency, User
from gongxin.registry.checks.models import Follow
from gongxin.registry.supervision.models import Draw

pytestmark = pytest.mark.django_db
ASKED = {"code": QIAO, "purpose": "行业监管", "basis": "条例第四十条", "until_on": "2027-05-31"}


@pytest.fixture(autouse=True)
def _qiao(cast: Cast) -> None:
    sent(csv_of(penalty()))
    given_by_labour()


def test_a_clerk_follows_a_firm_hears_of_changes_and_ends_it(lin: Client, wu: Client) -> None:
    assert lin.post("/desk/follows/", ASKED).status_code == 302
    listed(abnormal(), at=AT + timedelta(hours=1))
    warn_followers(at=AT + timedelta(hours=2))

    page = lin.get("/desk/follows/").text
    assert "示范乔木机械有限公司" in page
    assert "列入名单" in page
    assert "示范乔木机械有限公司" not in wu.get("/desk/follows/").text

    follow = {"act": "end", "follow": str(Follow.objects.get().id)}
    assert wu.post("/desk/follows/", follow).status_code == 404
    assert lin.post("/desk/follows/", follow).status_code == 302
    assert Follow.objects.get().ended_at is not None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"until_on": "2028-01-01"}, "至多一年"),
        ({"basis": ""}, "授权书编号"),
        ({"case_number": "查〔2026〕1号"}, "没有已批准的密封"),
    ],
)
def test_what_cannot_be_followed_is_said_beside_its_field(
    lin: Client, changed: dict[str, str], words: str
) -> None:
    answer = lin.post("/desk/follows/", {**ASKED, **changed})
    assert answer.status_code == 422
    assert words in answer.text


def test_the_auditor_sees_every_follow_and_begins_none(lin: Client, auditor: Client) -> None:
    lin.post("/desk/follows/", ASKED)
    assert "示范乔木机械有限公司" in auditor.get("/desk/follows/").text
    assert auditor.post("/desk/follows/", ASKED).status_code == 403


LABOUR = code_of("11990100MB0000007")


def head_of(agency: Agency) -> Client:
    client = Client()
    client.force_login(
        User.objects.create(id=uuid4(), username=f"head-{agency.code}", role="head", agency=agency)
    )
    return client


@pytest.fixture
def shen(cast: Cast) -> Client:
    """Shen, head of the labour bureau."""
    return head_of(an_agency(LABOUR, "示范市人力资源和社会保障局"))


def test_an_officer_draws_a_sample_and_prints_it(zhao: Client, lin: Client) -> None:
    evaluate_subjects(scheme_id="labour", on=AT.date(), actor=ZHAO, at=AT)
    asked = {"scheme": "labour", "size": "1", "seed": "七"}
    assert lin.post("/desk/samples/", asked).status_code == 403

    made = zhao.post("/desk/samples/", asked)
    assert made.status_code == 302
    page = zhao.get(made["Location"]).text
    assert QIAO in page
    assert "七" in page
    assert Draw.objects.get().drawn == [UUID(Draw.objects.get().drawn[0]).hex]


def test_a_sample_is_read_by_the_body_that_inspects_and_by_no_other(
    zhao: Client, shen: Client, lin: Client, auditor: Client
) -> None:
    evaluate_subjects(scheme_id="labour", on=AT.date(), actor=ZHAO, at=AT)
    own = shen.post("/desk/samples/", {"scheme": "labour", "size": "1", "seed": "7"})["Location"]
    asked = {"scheme": "labour", "size": "1", "seed": "8", "agency": LABOUR}
    centres = zhao.post("/desk/samples/", {**asked, "agency": ""})["Location"]
    for_shen = zhao.post("/desk/samples/", asked)["Location"]

    reads = {who: [who.get(one).status_code for one in (own, for_shen, centres)] for who in (shen, lin)}
    assert reads == {shen: [200, 200, 404], lin: [404, 404, 404]}
    assert [auditor.get(one).status_code for one in (own, for_shen, centres)] == [200, 200, 200]
    assert own not in lin.get("/desk/samples/").text
    assert own in shen.get("/desk/samples/").text


def test_a_head_draws_by_no_scheme_of_another_sector(shen: Client, cast: Cast) -> None:
    evaluate_subjects(scheme_id="labour", on=AT.date(), actor=ZHAO, at=AT)
    evaluate_subjects(scheme_id="tax", on=AT.date(), actor=ZHAO, at=AT)

    assert shen.post("/desk/samples/", {"scheme": "tax", "size": "1", "seed": "7"}).status_code == 422
    asked = {"scheme": "labour", "size": "1", "seed": "7"}
    assert head_of(cast.regulator).post("/desk/samples/", asked).status_code == 422
    assert not Draw.objects.exists()


def test_no_sample_is_drawn_for_a_body_of_another_sector(zhao: Client, cast: Cast) -> None:
    evaluate_subjects(scheme_id="labour", on=AT.date(), actor=ZHAO, at=AT)
    asked = {"scheme": "labour", "size": "1", "seed": "7", "agency": cast.bureau.code}

    assert "不属于该单位主管的行业" in zhao.post("/desk/samples/", asked).text
    with pytest.raises(OfAnotherSector):
        draw_sample(scheme_id="labour", size=1, seed="7", agency=cast.bureau, actor=ZHAO, at=AT)


def test_a_sample_larger_than_all_or_of_no_evaluation_is_refused_in_words(zhao: Client) -> None:
    asked = {"scheme": "labour", "size": "9", "seed": "7"}
    assert "尚未按该办法评价" in zhao.post("/desk/samples/", asked).text
    evaluate_subjects(scheme_id="labour", on=AT.date(), actor=ZHAO, at=AT)
    assert "只有" in zhao.post("/desk/samples/", asked).text
    assert not Draw.objects.exists()
