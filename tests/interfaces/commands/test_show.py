"""gongxin show: a subject's records in words, those of the website, in both languages."""

import json

import pytest
from cast import QIAO, QIAO_NAME
from sending import csv_of, penalty, sent

from gongxin.interfaces.commands.main import main

pytestmark = pytest.mark.django_db


def test_a_record_is_shown_in_the_words_of_the_website(capsys: pytest.CaptureFixture[str]) -> None:
    sent(csv_of(penalty()))

    assert main(["show", QIAO]) == 0

    first, second, third = capsys.readouterr().out.splitlines()
    assert first.split() == [QIAO_NAME, QIAO]
    assert "行政处罚 (Administrative penalty)" in second
    assert third.split(" · ")[1:3] == ["公示中 (Shown)", "无异议 (No objection)"]
    assert third.strip().startswith("有效 (In force)")


def test_programs_still_read_the_codes(capsys: pytest.CaptureFixture[str]) -> None:
    sent(csv_of(penalty()))

    assert main(["show", QIAO, "--json"]) == 0

    (record,) = json.loads(capsys.readouterr().out)["records"]
    assert (record["class_id"], record["record"], record["publication"]) == (
        "penalty",
        "in_force",
        "published",
    )


def test_of_a_subject_with_nothing_public_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    sent(csv_of(penalty()))

    assert main(["show", "91990101MA06B97X1A"]) == 1

    assert QIAO_NAME not in capsys.readouterr().out
