"""gongxin check-subject: one answer for a program or a person, and what is refused in words."""

import json
from typing import Any

import pytest
from cast import AT, LIN, OPERATOR, QIAO, QIAO_NAME, REGULATOR, firm_code
from checking import fed
from listing_rows import abnormal, listed
from sending import an_agency, csv_of, penalty, sent

from gongxin.flows.signing_keys import ensure_key
from gongxin.flows.verify_answer import verify
from gongxin.interfaces.commands.check_subject import in_words
from gongxin.interfaces.commands.main import main
from gongxin.registry.audit.models import Look
from gongxin.registry.checks.models import Check, SigningKey, Unanswered

pytestmark = pytest.mark.django_db
MATTER = "policy-support"
REFUSED = 2
KEYS = {"verdict", "measures", "records", "lists_asked", "valid_until", "remedy", "signature"}


@pytest.fixture(autouse=True)
def _key() -> None:
    ensure_key(actor=OPERATOR, at=AT)


def answered(capsys: pytest.CaptureFixture[str], *options: str, code: str = QIAO) -> Any:
    assert main(["check-subject", code, "--matter", MATTER, "--json", *options]) == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main(["check-subject", *words, "--json"]) == REFUSED
    return json.loads(capsys.readouterr().out)["error"]


def test_a_program_gets_the_whole_answer_and_its_signature(capsys: pytest.CaptureFixture[str]) -> None:
    listed(abnormal())

    told = answered(capsys, "--purpose", "审查申请", "--case", "审〔2026〕1号")

    assert told.keys() >= KEYS
    assert (told["verdict"], told["subject"]["code"]) == ("restrict", QIAO)
    signed = verify(told.pop("signature"), at=AT)
    assert signed.told == told
    assert " " not in told["remedy"]["zh"]
    assert Look.objects.get(subject_id=told["subject"]["id"]).case_number == "审〔2026〕1号"


def test_an_answer_for_a_body_lasts_and_the_operators_own_does_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    listed(abnormal())

    own, for_body = answered(capsys), answered(capsys, "--agency", REGULATOR)

    assert own["valid_until"] == own["asked_at"]
    assert for_body["valid_until"] > for_body["asked_at"]
    assert Check.objects.get(id=for_body["id"]).agency == an_agency()


@pytest.mark.parametrize("at", ["2026-11-23", "2026-11-23T10:00:00+08:00"])
def test_today_is_meant_as_it_is_now(at: str, capsys: pytest.CaptureFixture[str]) -> None:
    listed(abnormal())

    told = answered(capsys, "--at", at)

    assert (told["verdict"], told["moment"]) == ("restrict", AT.isoformat())


def test_a_past_day_is_meant_as_it_ended(capsys: pytest.CaptureFixture[str]) -> None:
    listed(abnormal())

    told = answered(capsys, "--at", "2026-11-22")

    assert told["moment"] == "2026-11-22T15:59:59.999999+00:00"
    assert told["verdict"] == "cannot-tell"  # the lists had not come in yet


def test_who_is_not_known_is_answered_and_never_allowed(capsys: pytest.CaptureFixture[str]) -> None:
    sent(csv_of(penalty()))
    fed()

    told = answered(capsys, code=firm_code(77))
    named = answered(capsys, "--name", "示范乔木", code="")

    assert (told["verdict"], told["why"]["code"]) == ("cannot-tell", "unknown-subject")
    assert [one["code"] for one in named["candidates"]] == [QIAO]
    assert Unanswered.objects.count() == len([told, named])


def test_a_person_reads_the_verdict_the_measures_and_the_way_out(capsys: pytest.CaptureFixture[str]) -> None:
    listed(abnormal())

    assert main(["check-subject", QIAO, "--matter", MATTER]) == 0

    said = capsys.readouterr().out
    assert said.startswith(f"{QIAO_NAME}  {QIAO}\n")
    assert "截至2026年11月23日10:00，依法应当限制，见下列措施和依据" in said
    assert "示例异列〔2026〕3号" in said
    assert "申请人认为上述记录有误的，可以提出异议" in said


def test_an_unknown_matter_is_refused_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    an_agency()

    error = refused(capsys, QIAO, "--matter", "elections")

    assert error["code"] == "unknown-matter"
    assert "administrative-licensing（行政审批）" in error["message"]["zh"]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--at", "2026-11-24"], "moment-ahead"),
        (["--at", "2026-11-23T10:00:01+08:00"], "moment-ahead"),
        (["--at", "2026-11-23T10:00:00"], "unreadable-moment"),
        (["--at", "昨天"], "unreadable-moment"),
        (["--purpose", " "], "missing"),
        (["--purpose", "查 11010519491231002X"], "number-of-a-person"),
        (["--case", "13800138000"], "number-of-a-person"),
        (["--case", "审" * 61], "too-long"),
        (["--case", "审\u202e1"], "hidden-characters"),
        (["--agency", firm_code(9)], "unknown-agency"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(
    options: list[str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    an_agency()

    error = refused(capsys, QIAO, "--matter", MATTER, *options)

    assert error["code"] == code
    assert all(error["message"].values())
    assert not Check.objects.exists()
    assert not Unanswered.objects.exists()


def test_without_a_key_that_signs_nothing_is_answered(capsys: pytest.CaptureFixture[str]) -> None:
    listed(abnormal())
    SigningKey.objects.update(retired_at=AT, retired_by=LIN.written)

    assert refused(capsys, QIAO, "--matter", MATTER)["code"] == "no-signing-key"
    assert not Check.objects.exists()


def test_the_subject_reads_the_matter_where_no_purpose_was_given(capsys: pytest.CaptureFixture[str]) -> None:
    listed(abnormal())

    told = answered(capsys)

    assert Look.objects.get(subject_id=told["subject"]["id"]).purpose == "命令行核查：政策扶持"


def test_a_person_reads_beijing_time_and_no_word_of_the_machine(capsys: pytest.CaptureFixture[str]) -> None:
    listed(abnormal())
    answer = answered(capsys)
    answer["records"][0] |= {"document_number": "", "decided_on": None}  # as of a tax bureau's A level

    told = "\n".join(in_words(answer))

    assert "2026年11月23日 " in told
    assert "+00:00" not in told
    assert "None" not in told
