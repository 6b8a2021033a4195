"""What the search keeps of what shows follows every act; forgetting it in one is caught after every test."""

from datetime import timedelta

import pytest
from cast import AT, QIAO, QIAO_NAME
from kept_showing import shown_as_kept, shown_as_summed
from sending import csv_of, penalty, recalled, sent

from gongxin.registry.publication import bulk, showing
from gongxin.registry.publication.search import search

pytestmark = pytest.mark.django_db


def test_what_a_recall_takes_back_is_not_found_any_more():
    submission = sent(csv_of(penalty()))
    assert [hit.name for hit in search(QIAO_NAME, at=AT).hits] == [QIAO_NAME]

    recalled(submission, at=AT + timedelta(hours=1))

    assert search(QIAO_NAME, at=AT + timedelta(hours=2)).hits == []
    assert shown_as_kept() == []


def test_the_longest_of_a_class_holds_whichever_came_first():
    sent(csv_of(penalty(CF_WSH="示环罚〔2026〕1号", CF_CFLB="警告；罚款", CF_JDRQ="2026-10-12")))
    [(subject, kind, first)] = shown_as_kept()
    sent(csv_of(penalty(CF_WSH="示环罚〔2026〕2号", CF_JDRQ="2026-09-01")))
    assert shown_as_kept() == [(subject, kind, first)]
    sent(csv_of(penalty(CF_WSH="示环罚〔2026〕3号", CF_JDRQ="2026-11-01")))

    [(*_, last)] = shown_as_kept()

    assert last > first


def test_a_recall_that_forgets_to_sum_again_is_caught(monkeypatch):
    submission = sent(csv_of(penalty()))
    with monkeypatch.context() as patched:
        patched.setattr(bulk.showing, "sum_again", lambda subject_ids: None)
        recalled(submission, at=AT + timedelta(hours=1))

    assert shown_as_kept() != shown_as_summed()

    showing.sum_again([subject for subject, *_ in shown_as_kept()])


def test_a_code_finds_only_a_firm_of_which_something_shows():
    sent(csv_of(penalty(CF_CFLB="警告", CF_NR="警告", CF_NR_FK="")))  # too light to be published

    assert search(QIAO, at=AT).hits == []
