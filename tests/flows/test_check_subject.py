"""One question, one signed answer: what it says, what it never says, and what is kept of it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from cast import AT, BUREAU, LIN, OPERATOR, QIAO, ZHAO, firm_code
from checking import MATTER, asked, fed
from listing_rows import REMOVED, abnormal, listed, qiao
from sending import an_agency, csv_of, penalty, recalled, sent
from withdrawing import withdraw_record

from gongxin.core import jws
from gongxin.core.checks import MomentAhead
from gongxin.core.lists import statutory_lists
from gongxin.core.measures import UnknownMatter
from gongxin.flows.check_subject import AskedOtherwise
from gongxin.flows.decide_held import decide_held
from gongxin.flows.recheck import recheck
from gongxin.flows.signing_keys import ensure_key, renew_key
from gongxin.flows.succeed import succeed_agency
from gongxin.flows.verify_answer import NotOurs, SignedAfterRetirement, verify
from gongxin.registry.audit.models import Look
from gongxin.registry.checks.keys import signing_key
from gongxin.registry.checks.models import Applied, Check, Unanswered
from gongxin.registry.intake.models import NilReturn
from gongxin.registry.ledger.models import Entry
from gongxin.registry.lists.models import Listing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _key() -> None:
    ensure_key(actor=OPERATOR, at=AT)


def verdict(code: str = QIAO, matter: str = MATTER, **more: Any) -> str:
    return str(asked(code, matter, **more).told["verdict"])


def test_an_attested_row_of_a_list_becomes_a_listing_that_restricts() -> None:
    listed(abnormal())

    listing = Listing.objects.get()
    told = asked().told

    assert (listing.list_id, listing.way) == ("abnormal-operation", "attested")
    assert told["verdict"] == "restrict"
    assert {one["because"] for one in told["measures"]} == {str(listing.record_id)}
    assert all(one["articles"] for one in told["measures"])
    assert [one["document_number"] for one in told["records"]] == ["示例异列〔2026〕3号"]
    assert told["remedy"]["zh"].startswith("申请人认为")
    assert Applied.objects.filter(check_id=Check.objects.get().id).count() == len(told["measures"])


def test_a_row_without_the_sources_attestation_is_kept_and_never_used() -> None:
    listed(abnormal(来源单位证明文号=""))
    fed()

    assert not Listing.objects.exists()
    assert asked().told["measures"] == []


def test_nothing_found_is_said_as_of_an_instant_and_never_as_a_permission() -> None:
    sent(csv_of(penalty()))
    fed()

    told = asked().told

    assert told["verdict"] == "allow"
    assert told["label"]["zh"] == "截至2026年11月23日10:00未发现应予限制的记录"
    assert {one["complete_on"] for one in told["lists_asked"]} == {"2026-11-23"}


def test_a_list_that_is_behind_leaves_nobody_able_to_tell() -> None:
    sent(csv_of(penalty()))
    fed(at=AT - timedelta(days=700))

    told = asked().told

    assert (told["verdict"], told["why"]["code"]) == ("cannot-tell", "incomplete")
    assert any(one["stale"] for one in told["lists_asked"])


def test_a_penalty_founds_nothing_before_review_and_suit_are_over() -> None:
    sent(csv_of(penalty()))  # decided on 12 October 2026
    fed()
    later = datetime(2027, 6, 1, 2, 0, tzinfo=UTC)
    fed(at=later)

    assert verdict() == "allow"
    assert verdict(at=later) in {"require", "restrict"}


@pytest.mark.parametrize(
    ("code", "name", "verdict", "why"),
    [
        ("", "示范乔木", "cannot-tell", "no-code"),
        (QIAO[:-1] + ("A" if QIAO[-1] != "A" else "B"), "", "cannot-tell", "code-fails-its-check"),
        (firm_code(77), "", "cannot-tell", "unknown-subject"),
        ("11010519491231002X", "", "not-held-here", "a-person"),
    ],
)
def test_who_is_not_found_is_never_allowed_anything(code: str, name: str, verdict: str, why: str) -> None:
    sent(csv_of(penalty()))
    fed()

    told = asked(code, name=name).told

    assert (told["verdict"], told["why"]["code"]) == (verdict, why)
    assert not Check.objects.exists()
    kept = Unanswered.objects.get()
    assert code == "" or code not in str(kept.__dict__)
    assert bool(told["candidates"]) == (why == "no-code")


def test_scenes_about_persons_are_not_served_and_say_where_to_go() -> None:
    for scene in ("civil-service-recruitment", "housing-allocation"):
        told = asked(matter=scene).told
        assert told["verdict"] == "scene-not-served"
        assert told["why"]["zh"]


def test_an_unknown_matter_and_a_moment_ahead_are_refused() -> None:
    with pytest.raises(UnknownMatter):
        asked(matter="elections")
    with pytest.raises(MomentAhead):
        asked(moment=AT + timedelta(seconds=1))


def test_the_same_request_is_answered_once_and_another_under_its_key_refused() -> None:
    listed(abnormal())

    first, again = asked(request_key="审-1"), asked(request_key="审-1", at=AT + timedelta(minutes=1))

    assert again.signed == first.signed
    assert (first.is_new, again.is_new) == (True, False)
    assert Check.objects.count() == 1
    with pytest.raises(AskedOtherwise):
        asked(matter="awards", request_key="审-1")


def test_its_subject_sees_who_asked_why_and_in_which_case() -> None:
    listed(abnormal())

    asked()

    look = Look.objects.get(subject_id=qiao())
    assert (look.purpose, look.case_number) == ("审查申请", "审〔2026〕1号")


def test_an_answer_is_signed_and_stays_verifiable_when_its_key_is_retired() -> None:
    listed(abnormal())
    answer = asked()
    renew_key(actor=OPERATOR, at=AT + timedelta(hours=1))

    found = verify(answer.signed, at=AT + timedelta(hours=2))

    assert found.told == dict(answer.told)
    assert found.key_retired_at == AT + timedelta(hours=1)
    assert found.holds


def test_an_answer_that_was_touched_or_signed_after_retirement_is_not_ours() -> None:
    listed(abnormal())
    signed = asked().signed
    head, body, tail = signed.split(".")

    with pytest.raises(NotOurs):
        verify(f"{head}.{body[:-2]}AA.{tail}", at=AT)
    key_id, key = signing_key()
    renew_key(actor=OPERATOR, at=AT)
    late = {"id": str(uuid4()), "subject": None, "asked_at": (AT + timedelta(days=1)).isoformat()}
    with pytest.raises(SignedAfterRetirement):
        verify(jws.sign(late, key=key, key_id=key_id, kind="gongxin-check+jws"), at=AT)


def test_an_answer_holds_to_the_end_of_its_day_and_one_about_the_past_does_not_last() -> None:
    listed(abnormal())

    today, past = asked().told, asked(moment=AT - timedelta(days=3)).told

    assert today["valid_until"] == "2026-11-23T16:00:00+00:00"  # midnight in Shanghai
    assert past["valid_until"] == past["asked_at"]
    assert past["verdict"] == "cannot-tell"  # nothing was known of the lists on that day


def test_a_listing_that_ends_is_used_no_more() -> None:
    listed(abnormal())
    removed = AT + timedelta(hours=1)
    listed(
        abnormal(移出日期="2026-11-23", 移出或撤销="1", 移出决定机关名称="示范市市场监督管理局"), at=removed
    )
    fed(at=removed)

    assert verdict(at=removed + timedelta(hours=1)) == "allow"


def test_a_listing_goes_over_to_a_version_that_stands_again_after_a_recall() -> None:
    listed(abnormal())
    by_mistake = listed(abnormal(列入依据="《条例》第十八条"), at=AT + timedelta(hours=1))
    recalled(by_mistake, at=AT + timedelta(hours=2))
    fed(at=AT + timedelta(hours=2))

    assert verdict(at=AT + timedelta(hours=3)) == "restrict"


def test_what_an_officer_kept_withheld_founds_nothing() -> None:
    sent(csv_of(penalty(CF_XDR_MC="示范毫不相干远洋航运有限公司", CF_JDRQ="2025-10-12")))
    sent(csv_of(penalty(CF_JDRQ="2025-10-12", CF_WSH="示环罚〔2025〕1号")))
    fed()
    before = asked().told["records"]
    subject_id = qiao()
    held = Entry.objects.filter(subject_id=subject_id, superseded_at=None).exclude(held_reason="")
    for one in held:
        decide_held(
            subject_id=subject_id,
            record_id=one.record_id,
            publish=False,
            ground="名称不符",
            actor=ZHAO,
            at=AT,
        )

    assert {one["id"] for one in asked().told["records"]} == {one["id"] for one in before}


def test_of_what_has_ended_a_past_moment_tells_an_id_and_of_what_was_withdrawn_nothing() -> None:
    listed(abnormal())
    fed()
    ended, later = AT + timedelta(hours=2), AT + timedelta(hours=3)
    listed(abnormal(**REMOVED), at=ended)

    told = asked(at=later, moment=AT + timedelta(hours=1)).told

    assert told["verdict"] == "restrict"
    assert [(one["document_number"], one["deciding_body"]) for one in told["records"]] == [("", "")]
    withdraw_record(
        subject_id=qiao(), record_id=UUID(told["records"][0]["id"]), ground="列入有误", proposed_by=LIN,
        decided_by=ZHAO, at=later,
    )  # fmt: skip
    again = asked(at=later + timedelta(hours=1), moment=AT + timedelta(hours=1)).told
    assert (again["verdict"], again["records"]) == ("allow", [])


def test_the_same_request_after_a_change_is_answered_with_what_replaced_it() -> None:
    sent(csv_of(penalty()))
    fed()
    asked(request_key="审-9")
    listed(abnormal(), at=AT + timedelta(hours=1))
    recheck(at=AT + timedelta(hours=2))

    again = asked(request_key="审-9", at=AT + timedelta(hours=3))

    assert again.told["verdict"] == "restrict"
    with pytest.raises(AskedOtherwise):
        asked(request_key="审-9", at=AT + timedelta(hours=3), moment=AT - timedelta(days=1))


def test_an_answer_that_was_never_given_does_not_hold_whoever_signed_it() -> None:
    listed(abnormal())
    told = dict(asked().told)
    key_id, key = signing_key()
    forged = jws.sign({**told, "verdict": "allow"}, key=key, key_id=key_id, kind="gongxin-check+jws")

    assert not verify(forged, at=AT + timedelta(minutes=1)).holds


def test_a_signed_statement_of_a_file_is_no_answer_to_a_check() -> None:
    key_id, key = signing_key()
    with pytest.raises(NotOurs):
        verify(
            jws.sign({"id": str(uuid4()), "asked_at": AT.isoformat()}, key=key, key_id=key_id, kind="x"),
            at=AT,
        )


@pytest.mark.parametrize(
    "said",
    [
        "无",
        "无1",
        "2026年11月2日",
        "见附件2",
        "示例异列〔2026〕3号",
        "示例异列字【2026】第03号",
    ],  # the decision
)
def test_what_is_no_document_of_its_own_attests_nothing(said: str) -> None:
    listed(abnormal(来源单位证明文号=said))

    assert not Listing.objects.exists()


def test_an_attestation_stands_for_a_decision_whose_number_is_not_known() -> None:
    listed(abnormal(列入决定文号=""))

    assert Listing.objects.get().decision_number == "示例市监函〔2026〕5号"


def test_a_list_its_body_handed_on_is_complete_by_its_successor() -> None:
    sent(csv_of(penalty()))
    long_ago = AT - timedelta(days=700)
    old, new = an_agency(), an_agency(BUREAU, "示范市综合执法局")
    fed(at=long_ago)
    NilReturn.objects.bulk_create(
        NilReturn(
            id=uuid4(), agency=new, class_id=one.class_id, month=AT.date().replace(day=1),
            stated_by="user:lin", stated_at=AT,
        )
        for one in statutory_lists().values()
    )  # fmt: skip
    assert verdict() == "cannot-tell"

    succeed_agency(agency=old, successor=new, actor=ZHAO, at=AT)

    assert verdict() == "allow"


OTHER_NAME = "示范毫不相干远洋航运有限公司"
HOUR = timedelta(hours=1)


def held_listing() -> dict[str, Any]:
    found = Entry.objects.get(superseded_at=None, held_reason="name-differs")
    return {"subject_id": found.subject_id, "record_id": found.record_id, "ground": "已核实", "actor": ZHAO}


def test_a_doubt_about_a_listing_sent_again_does_not_lift_the_restriction() -> None:
    listed(abnormal())
    fed()
    before = asked().told

    again = listed(abnormal(企业名称=OTHER_NAME, 列入依据="《条例》第十八条"), at=AT + HOUR)

    assert (again.unlinked, again.superseded) == (1, 0)
    now = asked(at=AT + HOUR).told
    assert (now["verdict"], now["records"]) == (before["verdict"], before["records"])
    assert recheck(at=AT + HOUR) == 0


def test_while_a_first_listing_waits_for_its_name_nobody_can_tell() -> None:
    sent(csv_of(penalty()))
    fed()
    assert verdict() == "allow"

    listed(abnormal(企业名称=OTHER_NAME), at=AT + HOUR)

    told = asked(at=AT + HOUR).told
    assert (told["verdict"], told["why"]["code"], told["records"]) == ("cannot-tell", "undecided", [])
    assert recheck(at=AT + HOUR) == 1  # who was told that nothing was found


@pytest.mark.parametrize(("publish", "then"), [(True, "restrict"), (False, "allow")])
def test_a_first_listing_says_what_it_says_once_a_person_has_decided(publish: bool, then: str) -> None:
    sent(csv_of(penalty()))
    fed()
    listed(abnormal(企业名称=OTHER_NAME), at=AT + HOUR)

    decide_held(**held_listing(), publish=publish, at=AT + 2 * HOUR)

    assert verdict(at=AT + 3 * HOUR) == then
    assert verdict(at=AT + 3 * HOUR, moment=AT + HOUR) == "cannot-tell"  # as it was known then


def test_an_honour_that_waits_takes_nothing_from_anybody() -> None:
    sent(csv_of(penalty()))
    fed()
    row = f"纳税人识别号,纳税人名称,评价年度,税务机关\n{QIAO},{OTHER_NAME},2025,示范市税务局\n"
    sent(row.encode(), class_id="tax-a-level", at=AT + HOUR)

    assert held_listing()
    assert verdict(at=AT + HOUR) == "allow"
