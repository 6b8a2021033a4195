"""Every adverse record says until when it is shown, from when it can be repaired, by whom and how."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from gongxin.core.lawbook import information_class, information_classes
from gongxin.core.legal_day import day_begins
from gongxin.interfaces.site.record_words import ClassWords, Telling
from gongxin.registry.publication.queries import RecordView

TODAY = date(2026, 11, 23)
ADVERSE = [one.id for one in information_classes() if one.adverse]
BODY = "示范市市场监督管理局"
NEVER_EARLY = "market-order-45/serious/never-early"
NOTHING = RecordView(*[None] * len(RecordView._fields))  # type: ignore[arg-type]


def view(**changed: object) -> RecordView:
    """Return an adverse record, published, without a fixed end, as far as its words need it."""
    given = {
        "class_id": "penalty", "adverse": True, "fields": {}, "document_number": "示市监罚〔2026〕3号",
        "deciding_body": BODY, "agency_name": BODY, "agency_telephone": "", "agency_address": "",
        "record": "in_force", "publication": "published", "rule": "", "source": "",
        "recorded_at": datetime(2026, 11, 1, tzinfo=UTC),
    }  # fmt: skip
    return NOTHING._replace(**(given | changed))


def told(language: str = "en", **changed: object) -> Telling:
    with override(language):
        seen = view(**changed)
        return ClassWords(information_class(seen.class_id)).tell(seen, today=TODAY)


@pytest.mark.parametrize("class_id", ADVERSE)
@pytest.mark.parametrize("publication", ["published", "pending", "withheld", "suspended", "masked"])
@pytest.mark.parametrize("repairable_from", [None, date(2026, 6, 1), date(2027, 6, 1)])
def test_all_four_are_told_of_every_adverse_class_in_every_state(
    class_id: str, publication: str, repairable_from: date | None
) -> None:
    telling = told(class_id=class_id, publication=publication, repairable_from=repairable_from)

    assert telling.ends.startswith("This record (")  # until when, or that it is not shown
    assert BODY in telling.ends  # by whom
    assert "No fee." in telling.ends
    assert "signed commitment" in telling.repair  # how
    if repairable_from is not None:
        assert f"1 June {repairable_from.year}" in telling.ends


def test_a_day_to_come_and_a_day_gone_by_are_told_apart() -> None:
    assert "may be asked for from 1 June 2027" in told(repairable_from=date(2027, 6, 1)).ends
    assert "may be asked for since 1 June 2026" in told(repairable_from=date(2026, 6, 1)).ends


def test_what_nothing_ends_early_names_its_end_and_asks_for_no_application() -> None:
    end = date(2028, 11, 3)
    telling = told(rule=NEVER_EARLY, repairable_from=end, publish_until=day_begins(end))

    assert "is shown until 3 November 2028" in telling.ends
    assert f"The law lets nothing end it before; {BODY} answers for it. No fee." in telling.ends
    assert "ends by itself on 3 November 2028" in telling.repair
    assert "commitment" not in telling.repair


def test_a_list_without_a_fixed_day_says_that_removal_ends_it_and_the_latest_day() -> None:
    telling = told(
        class_id="abnormal-operation",
        rule="abnormal-operation/removal",
        publish_until=day_begins(date(2031, 3, 2)),
        repairable_from=date(2026, 3, 2),
    )

    assert "is shown until it is removed, at the latest until 2 March 2031. " in telling.ends
    assert "Repair may be asked for since 2 March 2026" in telling.ends


@pytest.mark.parametrize(
    ("publication", "words"),
    [
        ("pending", "not shown yet"),
        ("withheld", "not shown to the public"),
        ("suspended", "not shown at present"),
        ("masked", "not shown at present"),
    ],
)
def test_what_is_not_shown_does_not_claim_a_day(publication: str, words: str) -> None:
    assert words in told(publication=publication).ends
    assert "shown while it stands" not in told(publication=publication).ends


@pytest.mark.parametrize("over", [{"publication": "ended"}, {"record": "withdrawn"}, {"record": "archived"}])
def test_what_is_over_offers_no_repair(over: dict[str, str]) -> None:
    telling = told(repairable_from=date(2026, 6, 1), **over)

    assert telling.repair == ""
    assert "Repair" not in telling.ends


def test_a_good_record_speaks_of_no_repair() -> None:
    telling = told(class_id="honour", adverse=False)

    assert telling.repair == ""
    assert telling.ends == "This record (Honours) has no fixed last day: it is shown while it stands. "


def test_the_same_is_said_in_chinese() -> None:
    end = date(2028, 11, 3)
    telling = told("zh-hans", rule=NEVER_EARLY, repairable_from=end, publish_until=day_begins(end))

    assert (
        telling.ends == f"这条行政处罚信息公示至 2028年11月3日。依法不得提前停止公示，由{BODY}负责。不收费。"
    )
    assert "此前不能也无须申请修复" in telling.repair
