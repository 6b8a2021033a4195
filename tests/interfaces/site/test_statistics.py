"""The statistics: addresses that stay, definitions beside figures, nothing small, nothing withheld."""

import csv
import io
import json
from datetime import timedelta

import pytest
from cast import AT, LIN, QIAO_NAME, firm_code
from django.test import Client
from sending import csv_of, penalty, sent

from gongxin.flows.quality import rebuild
from gongxin.registry.ledger.models import Entry, StateChange
from gongxin.registry.quality import measures

MINOR = {"CF_CFLB": "警告", "CF_NR": "警告", "CF_NR_FK": ""}
ALL = "/statistics/"


def fine(number: int, **changes: str) -> dict[str, str]:
    own = {
        "CF_XDR_SHXYM": firm_code(number),
        "CF_XDR_MC": f"示范第{number}机械有限公司",
        "CF_WSH": f"示环罚〔2026〕{number}号",
        "CF_JDRQ": "2026-11-18",
    }
    return penalty(**own | changes)


def published(many: int) -> None:
    sent(csv_of(*(fine(number) for number in range(1, many + 1)), fine(90, **MINOR), fine(91, **MINOR)))


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def told(client: Client, name: str = "published") -> dict[str, object]:
    document = json.loads(page(client, f"{ALL}{name}.json"))
    [month] = [one for one in document["months"] if one["month"] in {"2026-11", "now"}]
    return month


def test_what_is_withheld_is_in_no_figure_and_no_file(db: None, sun: Client) -> None:
    published(4)

    month = told(sun)

    assert month["all"][0]["value"] == 4
    assert [(one["key"], one["value"]) for one in month["class"]] == [("penalty", 4)]
    assert told(sun, "timeliness")["all"][0]["total"] == 4
    assert told(sun, "shown")["all"][0]["value"] == 4
    for name in ("published", "timeliness", "completeness", "quality", "shown"):
        everything = (
            page(sun, f"{ALL}{name}/") + page(sun, f"{ALL}{name}.csv") + page(sun, f"{ALL}{name}.json")
        )
        assert "90号" not in everything
        assert QIAO_NAME not in everything


def test_a_planted_count_of_withheld_records_would_show(
    db: None, sun: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(4)
    monkeypatch.setitem(measures.STATISTICS, "published", _withheld_too)

    assert told(sun)["all"][0]["value"] != 4


def _withheld_too() -> str:
    query = measures.published().replace("IN ('published', 'ended')", "<> ''")
    return query.replace("outcome = 'published'", "outcome IN ('published', 'withheld')")


def test_a_small_count_is_not_given_anywhere(db: None, sun: Client) -> None:
    published(2)

    month = told(sun)

    assert month["all"] == [
        {"key": "all", "label": {"zh": "", "en": ""}, "value": None, "given": False},
    ]
    assert month["class"][0]["value"] is None
    assert told(sun, "completeness")["class"][0]["value"] is None
    assert "不提供" in page(sun, f"{ALL}published/")
    lines = list(csv.DictReader(io.StringIO(page(sun, f"{ALL}timeliness.csv").removeprefix("\ufeff"))))
    assert {(line["value"], line["good"], line["total"]) for line in lines} == {("", "", "")}


def test_a_figure_stands_beside_its_definition_and_the_moment_it_was_counted(db: None, sun: Client) -> None:
    published(4)

    shown = page(sun, f"{ALL}timeliness/2026-11/")

    assert "该月首次公示、且法律规定了公示期限的信息中" in shown
    assert "2026年11月23日 10:00" in shown
    assert "100.0%" in shown
    assert "4 / 4" in shown
    assert ">行政处罚</th>" in shown


def test_the_address_of_a_month_stays_when_the_month_is_over(
    db: None, sun: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(4)
    address = f"{ALL}published/2026-11/"
    assert ">4<" in page(sun, address)

    monkeypatch.setenv("GONGXIN_NOW", "2027-03-05T10:00:00+08:00")
    rebuild(month=None, actor=LIN, clock=lambda: AT + timedelta(days=102))

    assert ">4<" in page(sun, address)
    assert sun.get(f"{ALL}published/2027-02/").status_code == 200
    assert "本月没有可统计的信息" in page(sun, f"{ALL}published/2027-02/")


def test_a_reader_who_has_the_answer_is_told_that_it_is_unchanged(db: None, sun: Client) -> None:
    published(4)
    first = sun.get(f"{ALL}published.json")

    again = sun.get(f"{ALL}published.json", headers={"If-None-Match": first.headers["ETag"]})
    sent(csv_of(fine(5)), at=AT + timedelta(minutes=-5))
    changed = sun.get(f"{ALL}published.json", headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    assert changed.status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "nothing/",
        "published/2026-13/",
        "published/2031-01/",
        "published/abc/",
        "shown/2026-11/",
        "published.xlsx",
    ],
)
def test_what_there_is_not_is_not_found(address: str, db: None, sun: Client) -> None:
    published(4)

    assert sun.get(ALL + address).status_code == 404


def test_what_never_happened_is_not_listed_until_it_does(db: None, sun: Client) -> None:
    published(4)
    assert "因修复结束公示" not in page(sun, ALL)
    assert sun.get(f"{ALL}repaired/").status_code == 404

    for entry in Entry.objects.filter(document_number__regex=r"〕[1-3]号"):
        StateChange.objects.create(
            subject_id=entry.subject_id, id=entry.id, record_id=entry.record_id, axis="repair",
            value="repaired", at=AT, actor="tests", ground="tests",
        )  # fmt: skip

    assert "因修复结束公示" in page(sun, ALL)
    assert told(sun, "repaired")["all"][0]["value"] == 3


def test_before_anything_is_published_the_page_says_so(db: None, sun: Client) -> None:
    sent(csv_of(fine(90, **MINOR)))

    assert "尚未公示任何信息" in page(sun, ALL)
    assert sun.get(f"{ALL}published/").status_code == 404


def test_everything_reads_in_english(db: None, sun: Client) -> None:
    published(4)
    sun.cookies["django_language"] = "en"

    for address in ("", "published/", "timeliness/2026-11/", "quality/", "shown/"):
        shown = page(sun, ALL + address)
        words = shown.split("<main", 1)[1].split("</main", 1)[0].replace("示范市", "")  # a place
        assert not [sign for sign in words if "\u4e00" <= sign <= "\u9fff"], address
