"""What notices say: facts in words, and nothing said of what is not known."""

import re

import pytest

from gongxin.core.cases.kinds import all_kinds
from gongxin.core.catalogue import Label
from gongxin.core.leaks import holds_personal_number
from gongxin.core.notices import facts_in_words, kinds_with_words, mail_text, notice_text

FACTS = {"case": "异〔2026〕1号", "kind": "异议", "act": "不予支持", "reason": "金额与决定书一致。"}
LABELS = {"penalty": Label("行政处罚", "administrative penalty")}
KEPT = {
    "case": "异〔2026〕1号",
    "class": "penalty",
    "document_number": "示环罚〔2026〕12号",
    "responsible": "示范市生态环境局",
    "due_on": "2026-11-27",
    "reason": "r",
    "basis": "b",
    "remedy": "m",
    "decided_on": "2026-10-12",
    "shown_until": "2027-10-12",
    "repairable_from": "2027-01-12",
    "source": "S-36",
    "why": "minor",
    "penalty_class": "general",
    "agency": "示范市生态环境局",
    "repairer": "示范市生态环境局",
    "body": "示范市税务局",
    "holder": "乔",
    "ended_on": "2026-11-27",
}


def test_a_paragraph_without_its_fact_is_left_out() -> None:
    text = notice_text("case.refuse", FACTS, language="zh-hans")

    assert text.title == "异〔2026〕1号 异议：不予支持"
    assert "理由：金额与决定书一致。" in text.paragraphs
    assert not any("依据" in paragraph for paragraph in text.paragraphs)


def test_it_is_said_in_english_too() -> None:
    assert (
        "Reason: wrong sum." in notice_text("case.refuse", {"reason": "wrong sum."}, language="en").paragraphs
    )


def test_facts_kept_as_ids_and_days_are_said_in_words() -> None:
    kept = {
        "kind": "repair",
        "act": "accept",
        "state": "accepted",
        "class": "penalty",
        "due_on": "2026-11-27",
    }

    said = facts_in_words(kept, language="zh-hans", class_labels=LABELS)

    assert said == {
        "kind": "信用修复",
        "act": "受理",
        "state": "已受理，待决定",
        "class": "行政处罚",
        "due_on": "2026年11月27日",
    }
    assert facts_in_words(kept, language="en", class_labels=LABELS)["due_on"] == "27 November 2026"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_step_of_every_kind_of_case_has_its_words(language: str) -> None:
    for kind in all_kinds():
        for step in (kind.begins, *kind.steps):
            kept = {**KEPT, "kind": kind.kind.value, "act": step.act, "state": step.to}
            words = facts_in_words(kept, language=language, class_labels=LABELS)
            text = notice_text(f"case.{step.act}", words, language=language)

            assert words["act"] in text.title
            assert words["kind"] in text.title
            assert any(words["state"] in paragraph for paragraph in text.paragraphs)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_notice_says_an_id_or_leaves_a_place_open(language: str) -> None:
    kept = {**KEPT, "kind": "repair", "act": "accept", "state": "accepted"}
    words = facts_in_words(kept, language=language, class_labels=LABELS)

    for kind in kinds_with_words():
        text = notice_text(kind, words, language=language)
        said = "\n".join([text.title, *text.paragraphs])
        assert text.title
        assert not re.search(r"[{}]|S-36|\d{4}-\d\d-\d\d", said), said


def test_a_mail_says_nothing_but_that_something_waits() -> None:
    text = mail_text(institution=Label("公信示范省公共信用信息平台", "Public credit information"), site="")

    assert text.title == "公信示范省公共信用信息平台：您有新的通知 / You have a new message"
    assert len(text.paragraphs) == 4
    assert not holds_personal_number(" ".join(text.paragraphs))


def test_a_persons_number_in_a_fact_is_starred() -> None:
    said = facts_in_words({"reason": "联系电话13800138000"}, language="zh-hans", class_labels={})

    assert said == {"reason": "联系电话***********"}
