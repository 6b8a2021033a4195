"""What notices say: facts in words, and nothing said of what is not known."""

from gongxin.core.notices import notice_text

FACTS = {"case": "异〔2026〕1号", "kind": "异议", "act": "不予支持", "reason": "金额与决定书一致。"}


def test_a_paragraph_without_its_fact_is_left_out() -> None:
    text = notice_text("case.refuse", FACTS, language="zh-hans")

    assert text.title == "异〔2026〕1号 异议：不予支持"
    assert "理由：金额与决定书一致。" in text.paragraphs
    assert not any("依据" in paragraph for paragraph in text.paragraphs)


def test_it_is_said_in_english_too() -> None:
    assert (
        "Reason: wrong sum." in notice_text("case.refuse", {"reason": "wrong sum."}, language="en").paragraphs
    )
