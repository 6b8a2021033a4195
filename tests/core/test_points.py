"""What is contested point by point: what can be asked, how it is answered, and what follows."""

from typing import Any

import pytest

from gongxin.core.cases import Kind, Party, kind_of_case
from gongxin.core.cases.grounds import grounds_at
from gongxin.core.cases.points import (
    AnswersDoNotFit,
    Claim,
    Contested,
    NothingFollows,
    PointFault,
    PointsUnanswered,
    answers_of,
    contestable_fields,
    problems_of,
    what_follows,
)
from gongxin.core.cases.reasons import BlankLeft, basis_of, may_repeat, refuse_blanks, templates_of
from gongxin.core.cases.replies import reply_key
from gongxin.core.law_files import read_law
from gongxin.core.lawbook import information_class

CONTESTABLE = {one.key for one in contestable_fields(information_class("penalty"))}
AMOUNT = Claim("CF_NR_FK", "2", "0.2", "少写了小数点")
WHOLE = Claim("", "", "", "不是本单位")


def test_everything_that_is_asked_of_a_record_may_be_contested_but_whose_it_is() -> None:
    assert {"CF_NR_FK", "CF_JDRQ", "CF_FRDB"} <= CONTESTABLE
    assert not {"CF_XDR_SHXYM", "CF_XDR_MC"} & CONTESTABLE


@pytest.mark.parametrize(
    ("wish", "claims", "place", "fault"),
    [
        ("", [AMOUNT], 0, PointFault.NO_WISH),
        ("correct", [], 0, PointFault.NO_POINT),
        ("correct", [Claim("CF_XDR_SHXYM", "", "x", "")], 1, PointFault.UNKNOWN_FIELD),
        ("correct", [AMOUNT, AMOUNT], 2, PointFault.TWICE),
        ("correct", [Claim("CF_NR_FK", "2", " ", "")], 1, PointFault.NOTHING_CLAIMED),
        ("correct", [Claim("CF_NR_FK", "2", " 2 ", "")], 1, PointFault.AS_IT_STANDS),
        ("remove", [Claim("", "", "", " ")], 1, PointFault.NOTHING_SAID),
        ("remove", [Claim("", "", "", "长" * 2001)], 1, PointFault.TOO_LONG),
    ],
)
def test_what_cannot_be_examined_says_where_and_why(
    wish: str, claims: list[Claim], place: int, fault: PointFault
) -> None:
    (problem,) = problems_of(wish, claims, contestable=CONTESTABLE)

    assert (problem.place, problem.fault) == (place, fault)


def test_what_is_in_order_has_no_problem() -> None:
    assert not problems_of("correct", [AMOUNT], contestable=CONTESTABLE)
    assert not problems_of("remove", [WHOLE, AMOUNT], contestable=CONTESTABLE)


def given(*answers: tuple[str, str]) -> dict[str, Any]:
    told = {str(place): {"answer": answer, "text": text} for place, (answer, text) in enumerate(answers, 1)}
    return {"answers": told}


YES, NO = ("accepted", ""), ("refused", "与原件一致")


@pytest.mark.parametrize(
    ("answers", "missing"),
    [([YES], (2,)), ([], (1, 2)), ([NO, ("refused", " ")], (2,)), ([("maybe", "x"), YES], (1,))],
)
def test_no_point_goes_unanswered(answers: list[tuple[str, str]], missing: tuple[int, ...]) -> None:
    with pytest.raises(PointsUnanswered) as refused:
        answers_of(given(*answers), [1, 2], reason="理由", act="uphold")
    assert refused.value.places == missing


@pytest.mark.parametrize(
    ("act", "answers"), [("uphold", [YES, NO]), ("refuse", [NO, YES]), ("uphold-in-part", [YES, YES])]
)
def test_the_answers_lead_to_the_decision(act: str, answers: list[tuple[str, str]]) -> None:
    with pytest.raises(AnswersDoNotFit):
        answers_of(given(*answers), [1, 2], reason="理由", act=act)


def test_an_accepted_point_may_be_answered_by_the_reason() -> None:
    assert answers_of(given(YES), [1], reason="理由", act="uphold")[1].text == "理由"


def test_what_was_claimed_follows_unless_it_is_written_otherwise() -> None:
    assert what_follows("correct", [AMOUNT], act="uphold", detail={}) == (
        Contested.CORRECTION,
        {"CF_NR_FK": "0.2"},
    )
    written = {"fields": {"CF_NR_FK": "0.20"}}
    assert what_follows("correct", [AMOUNT], act="uphold", detail=written)[1] == {"CF_NR_FK": "0.20"}
    assert what_follows("remove", [WHOLE], act="uphold", detail={}) == (Contested.REMOVAL, {})


def test_upheld_without_saying_what_follows_is_refused() -> None:
    with pytest.raises(NothingFollows):
        what_follows("correct", [WHOLE], act="uphold", detail={})
    with pytest.raises(NothingFollows):
        what_follows("remove", [WHOLE], act="uphold-in-part", detail={})


@pytest.mark.parametrize(
    "copy", [" 经核对，罚款 2 万元有误 。", "经核对,罚款30万元有误", "2026年经核对罚款有误"]
)
def test_a_copy_is_a_copy_whatever_its_spaces_signs_and_numbers(copy: str) -> None:
    assert reply_key(copy) == reply_key("经核对，罚款2万元有误。")
    assert reply_key("经核对，罚款无误。") != reply_key(copy)


@pytest.mark.parametrize("kind", [Kind.OBJECTION, Kind.NOT_THE_SUBJECT])
def test_the_centre_chooses_a_ground_of_its_own_and_the_source_needs_none(kind: Kind) -> None:
    assert "not-said" in grounds_at(kind, "refuse", by=Party.CENTRE)
    assert not grounds_at(kind, "refuse", by=Party.AGENCY)


def test_a_prepared_reason_is_filled_in_and_cites_its_basis() -> None:
    for act in ("uphold", "uphold-in-part", "refuse"):
        for one in templates_of("objection", act):
            assert "条例》第" in one.basis
            with pytest.raises(BlankLeft):
                refuse_blanks(one.text) if "【" in one.text else refuse_blanks("【】")
    assert basis_of("objection", "refuse") == "《河南省社会信用条例》第四十一条"


def test_the_answers_that_may_copy_give_what_was_asked_or_record_what_another_decided() -> None:
    excepted = [(kind, act) for kind, acts in read_law("reasons.yaml")["may_repeat"].items() for act in acts]

    assert may_repeat("repair", "repair")
    assert not {act for _kind, act in excepted} & {"refuse", "not-accept", "uphold", "uphold-in-part"}
    for kind, act in excepted:
        assert any(step.act == act and step.ends for step in kind_of_case(kind).steps)
