"""What rests on an unconfirmed value of the law is known from the rule a decision keeps."""

from datetime import date

import pytest

from gongxin.core.penalties import publication_of_penalty
from gongxin.core.terms import terms_of
from gongxin.core.unconfirmed import unconfirmed_in

DECIDED, POSTED = date(2026, 10, 12), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("body", "posted", "source"),
    [
        ("示范市市场监督管理局", POSTED, "S-SJXF-2025"),  # in force, but what starts its period was not read
        ("示范市生态环境局", POSTED, None),  # Order 36 counts as confirmed
        ("示范市生态环境局", date(2026, 3, 2), "S-58"),
    ],
)
def test_a_penalty_tells_whether_its_rule_was_confirmed(body: str, posted: date, source: str | None) -> None:
    terms = publication_of_penalty(
        kinds=["罚款"],
        simple_procedure=False,
        decided_on=date(2026, 3, 1),
        deciding_body=body,
        posted_on=posted,
    )

    found = unconfirmed_in(rule=terms.rule, class_id="x", decided_on=None)

    assert [one.source for one in found] == ([source] if source else [])
    assert terms.unconfirmed is bool(found)
    assert all(one.of == "terms" and one.why for one in found)


def test_the_limit_to_publish_is_told_apart_from_the_terms() -> None:
    found = unconfirmed_in(rule="order-36/general", class_id="penalty", decided_on=DECIDED)

    assert [(one.of, one.source) for one in found] == [("limit", "S-424")]


def test_what_counts_as_confirmed_raises_no_doubt() -> None:
    terms = terms_of("serious-violation", decided_on=DECIDED)

    assert not terms.unconfirmed
    assert unconfirmed_in(rule=terms.rule, class_id="honour", decided_on=DECIDED) == ()
