"""Schemes applied to everybody on record: by the level given, else by usable penalties; and samples."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cast import AT, QIAO, ZHAO, firm_code
from grading import given, given_by_labour
from listing_rows import qiao
from sending import csv_of, penalty, sent

from gongxin.core.draws import LargerThanAll
from gongxin.core.evaluation import NoSchemeInForce, UnknownScheme
from gongxin.flows.draw_sample import NotEvaluated, draw_sample
from gongxin.flows.evaluate_subjects import DayAhead, Run, evaluate_subjects
from gongxin.interfaces.commands.main import main
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.supervision.models import Draw, Evaluated, Evaluation
from gongxin.registry.supervision.queries import results_of

pytestmark = pytest.mark.django_db
LATER = datetime(2027, 7, 1, 2, 0, tzinfo=UTC)
LABOUR = {"CF_CFJG": "示范市人力资源和社会保障局", "CF_SJLY": "示范市人力资源和社会保障局"}


def evaluated(scheme: str = "environment", *, at: datetime = AT, **more: Any) -> Run:
    return evaluate_subjects(scheme_id=scheme, on=more.pop("on", at.date()), actor=ZHAO, at=at, **more)


def grades(run: Run) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    return {one.subject_id: (one.grade, one.rows) for one in results_of(run.evaluation)}


def labour_penalty(number: int, **changes: str) -> None:
    sent(csv_of(penalty(**LABOUR, CF_WSH=f"示人社罚〔2026〕{number}号", **changes)))


def test_the_level_that_its_body_gave_is_the_grade_with_the_row_and_the_record_that_gave_it() -> None:
    given()
    run = evaluated()

    assert grades(run) == {qiao().hex: ("yellow", ("imported",))}
    assert (dict(run.counts), run.unrated, run.again) == ({"yellow": 1}, 0, False)
    assert len(Evaluated.objects.get().records) == 1


def test_who_has_no_level_and_no_matching_row_has_no_result() -> None:
    sent(csv_of(penalty()))
    run = evaluated()

    assert (grades(run), run.unrated, run.evaluation.count) == ({}, 1, 0)


def test_a_level_whose_time_is_over_or_of_another_scheme_is_not_read() -> None:
    given()
    assert grades(evaluated(at=LATER)) == {}
    assert grades(evaluated("road-construction")) == {}


@pytest.mark.parametrize("scheme", ["labour", "road-construction"])
def test_whom_the_facts_of_a_scheme_say_nothing_of_is_not_of_its_trade_and_has_no_result(scheme: str) -> None:
    sent(csv_of(penalty()))  # of the market regulator
    for at in (AT, LATER):
        run = evaluated(scheme, at=at)
        assert (grades(run), run.unrated) == ({}, 1)


def test_the_newest_level_decides() -> None:
    given()
    given(评价年度="2026", 评定时间="2026-10-01", 等级="环保诚信")
    assert grades(evaluated())[qiao().hex][0] == "green"
    assert grades(evaluated(on=date(2026, 9, 30), at=AT)) == {}  # nothing was on record here that day


def test_penalties_of_the_sector_count_once_review_and_suit_are_over() -> None:
    labour_penalty(1)
    sent(csv_of(penalty()))  # of another sector
    assert grades(evaluated("labour")) == {}  # what may not be used yet is no sign of the trade either

    run = evaluated("labour", at=LATER)
    assert grades(run)[qiao().hex] == ("B", ("penalties",))
    assert len(Evaluated.objects.get(evaluation=run.evaluation).records) == 1


def test_penalties_of_another_year_do_not_count() -> None:
    labour_penalty(1, CF_JDRQ="2026-03-02")
    assert grades(evaluated("labour"))[qiao().hex] == ("A", ("none",))


def test_running_it_again_gives_the_same_and_says_so() -> None:
    given()
    first, second = evaluated(), evaluated(at=AT + timedelta(hours=1))

    assert second.again
    assert second.evaluation == first.evaluation
    assert Evaluation.objects.count() == 1
    assert AuditEvent.objects.filter(action="evaluation.made").count() == 1


def test_an_act_decides_only_by_a_decision_on_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    labour_penalty(1)
    acts = tmp_path / "acts.csv"
    rows = [f"{QIAO},refused-order,示人社罚〔2026〕1号", f"{QIAO},crime,示人社罚〔2026〕99号"]
    acts.write_text("\n".join(["code,act,document_number", *rows]), "utf-8")

    told = command(capsys, "evaluate", "labour", "--acts", str(acts), at=LATER)

    assert told["counts"] == {"C": 1}
    assert told["acts_without_record"] == 1
    assert [one["key"] for one in told["organisations"][0]["rows"]] == ["veto", "veto/refused-order"]


def command(capsys: pytest.CaptureFixture[str], *words: str, at: datetime = AT) -> dict[str, Any]:
    from public_doors import it_is

    with it_is(at):
        code = main([*words, "--json"])
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert code == (2 if "error" in told else 0)
    return told


def test_the_command_tells_every_grade_with_its_rows_and_their_source(
    capsys: pytest.CaptureFixture[str],
) -> None:
    given()
    told = command(capsys, "evaluate", "environment", "--on", "2026-11-23")

    assert (told["scheme"], told["edition"], told["on"]) == ("environment", "2014-03-01", "2026-11-23")
    (one,) = told["organisations"]
    assert (one["code"], one["grade"], one["rows"][0]["source"]) == (QIAO, "yellow", "S-HJXY")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("evaluate", "patients"), "unknown-scheme"),
        (("evaluate", "labour", "--on", "2016-12-31"), "no-scheme-in-force"),
        (("evaluate", "labour", "--on", "2027-01-01"), "day-ahead"),
        (("sample", "labour", "--size", "1", "--seed", "1"), "not-evaluated"),
    ],
)
def test_what_cannot_be_evaluated_is_refused_in_words(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: str
) -> None:
    sent(csv_of(penalty()))
    assert command(capsys, *words)["error"]["code"] == code


def test_a_run_that_was_broken_off_is_never_drawn_from() -> None:
    given()
    run = evaluated().evaluation
    Evaluation.objects.create(
        id=uuid4(), scheme="labour", edition="2017-01-01", on=run.on, count=9, at=run.at, by="user:zhao"
    )
    with pytest.raises(NotEvaluated):
        draw_sample(scheme_id="labour", size=1, seed="1", actor=ZHAO, at=AT)


def a_few_firms() -> None:
    for number in range(1, 6):
        firm = {"统一社会信用代码": firm_code(number), "企业名称": f"示范{number}号机械有限公司"}
        given_by_labour(**firm)


def test_a_sample_is_the_same_again_and_is_kept_once(capsys: pytest.CaptureFixture[str]) -> None:
    a_few_firms()
    evaluated("labour")
    drawn = command(capsys, "sample", "labour", "--size", "3", "--seed", "7")
    again = command(capsys, "sample", "labour", "--size", "3", "--seed", "7")

    assert drawn == again
    assert len({one["code"] for one in drawn["drawn"]}) == 3
    assert drawn["weights"] == {"A": 1, "B": 3, "C": 8}
    assert Draw.objects.count() == AuditEvent.objects.filter(action="sample.drawn").count() == 1


def test_who_is_not_rated_may_be_drawn_too_and_a_sample_larger_than_all_is_refused() -> None:
    a_few_firms()
    given()
    evaluated()
    with pytest.raises(LargerThanAll):
        draw_sample(scheme_id="environment", size=2, seed="7", actor=ZHAO, at=AT)

    draw = draw_sample(scheme_id="environment", size=5, seed="7", actor=ZHAO, at=AT, with_unrated=True)
    assert len(set(draw.drawn)) == 5
    assert draw.weights[""] == 2


def test_an_unknown_scheme_and_a_day_ahead_are_refused() -> None:
    with pytest.raises(UnknownScheme):
        evaluated("citizens")
    with pytest.raises(NoSchemeInForce):
        evaluated("labour", on=date(2000, 1, 1))
    with pytest.raises(DayAhead):
        evaluated("labour", on=date(2027, 1, 1))
