"""An officer is named in full on a list's page where the list's law orders it, and nowhere else."""

import pytest
from cast import AT, QIAO, QIAO_NAME
from django.test import Client
from listing_rows import qiao
from public_doors import it_is
from sending import csv_of, penalty, sent

from gongxin.core.lawbook import information_class
from gongxin.core.lists import statutory_lists
from gongxin.registry.ledger.models import Entry
from gongxin.registry.lists.models import Listing

pytestmark = pytest.mark.django_db
OFFICER, MASKED = "欧阳未名", "欧阳*"


def row_of(class_id: str, **changed: str) -> bytes:
    """Return a file with the row a class's form shows, about Qiao's firm and its officer."""
    of = information_class(class_id)
    fields = {one.key: one for one in of.fields}
    said = {key: one.example for key, one in fields.items() if one.example}
    said = {key: value for key, value in said.items() if not key.startswith("remov")}
    said |= {of.roles["subject_name"]: QIAO_NAME, of.roles["unified_code"]: QIAO} | changed
    said[of.roles["representative"]] = OFFICER
    return csv_of({fields[key].label.zh: value for key, value in said.items() if value})


def listed_on(class_id: str, **changed: str) -> None:
    left_out = {"organisation_code": "", "attestation": "示例函〔2026〕5号"}
    known = {one.key for one in information_class(class_id).fields}
    sent(
        row_of(class_id, **{key: value for key, value in left_out.items() if key in known}, **changed),
        class_id=class_id,
    )
    assert Listing.objects.filter(list_id=class_id).exists()


def read(address: str, **asked: str) -> str:
    with it_is(AT):
        return Client().get(address, asked).content.decode()


def test_the_courts_list_names_the_officer_on_its_page_alone() -> None:
    listed_on("court-enforcement")
    entry = Entry.objects.get()

    page = read("/lists/court-enforcement/")
    subject, record = f"/subjects/{qiao()}/", f"records/{entry.record_id}"
    api = f"/api/v1/subjects/{qiao()}"
    elsewhere = [
        read("/lists/court-enforcement/list.csv"), read("/lists/court-enforcement/feed.atom"),
        read(subject), read(f"{subject}court-enforcement/"), read(f"{subject}{record}/"), read(api),
        read(f"{api}/records"), read(f"{api}/{record}"), read("/api/v1/records/newest"),
    ]  # fmt: skip

    assert OFFICER in page
    assert [text for text in elsewhere if OFFICER in text] == []
    assert sum(MASKED in text for text in elsewhere) > 1


def test_no_search_leads_from_the_officer_to_the_firm() -> None:
    listed_on("court-enforcement")

    found = [read("/lists/court-enforcement/", q=OFFICER), read("/search/", q=OFFICER)]

    assert [QIAO_NAME in text for text in found] == [False, False]


def test_a_list_whose_law_does_not_order_it_masks_the_officer() -> None:
    listed_on("abnormal-operation")
    page = read("/lists/abnormal-operation/")

    assert QIAO_NAME in page
    assert OFFICER not in page


def test_a_list_whose_law_was_not_read_names_nobody_until_it_is_confirmed() -> None:
    tax, wages = statutory_lists()["major-tax-violation"], statutory_lists()["wage-arrears"]

    assert not tax.names_its_officer(())
    assert tax.names_its_officer({"S-SW54"})
    assert wages.names_its_officer(())  # read; the list itself still binds nobody
    listed_on("wage-arrears")
    assert OFFICER not in read("/lists/wage-arrears/")


def test_who_left_the_list_is_named_no_more() -> None:
    listed_on("court-enforcement")
    listed_on("court-enforcement", removed_on="2026-11-20", removal_reason="已履行完毕")

    assert OFFICER not in read("/lists/court-enforcement/")


def test_a_penalty_names_nobody() -> None:
    sent(csv_of(penalty(CF_XDR_FDDBR=OFFICER)))
    (entry,) = Entry.objects.all()

    assert OFFICER not in read(f"/subjects/{qiao()}/records/{entry.record_id}/")
