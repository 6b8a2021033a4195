"""A table is reconciled as OpenRefine does it: each address it asks is one the manifest gave it."""

import json
from urllib.parse import quote

import pytest
from cast import AT, QIAO, QIAO_NAME
from django.test import Client
from published_schemas import judge
from sending import csv_of, penalty, sent

from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db
ENDPOINT = "/api/v1/reconcile"
HOST = "http://testserver"


def test_a_column_of_names_and_codes_becomes_a_column_of_organisations():
    sent(csv_of(penalty()))
    refine = Client()

    manifest = refine.get(ENDPOINT).json()
    judge("manifest").validate(manifest)

    guess = {f"q{row}": {"query": name, "limit": 3} for row, name in enumerate((QIAO_NAME, "远山宾馆"))}
    guessed = refine.post(ENDPOINT, {"queries": json.dumps(guess)}).json()
    judge("reconciliation-result-batch").validate(guessed)
    (kind,) = guessed["q0"]["result"][0]["type"]
    assert guessed["q1"]["result"] == []

    (column,) = _suggested(refine, manifest, "property", "信用代码", "properties")
    query = {
        "query": QIAO_NAME,
        "type": kind["id"],
        "type_strict": "should",
        "properties": [{"pid": column["id"], "p": column["name"], "v": QIAO}],
    }
    judge("reconciliation-query-batch").validate({"q0": query})
    answer = refine.post(ENDPOINT, {"queries": json.dumps({"q0": query})}).json()
    (matched,) = answer["q0"]["result"]
    assert (matched["match"], matched["id"]) == (True, str(subject_of_code(QIAO, at=AT)))

    (searched,) = _suggested(refine, manifest, "entity", QIAO_NAME[:4], "entities")
    assert searched["id"] == matched["id"]
    assert QIAO_NAME in refine.get(_filled(manifest["preview"]["url"], matched["id"])).content.decode()
    assert refine.get(_filled(manifest["view"]["url"], matched["id"])).status_code == 200
    flyout = manifest["suggest"]["entity"]
    hovered = _path(flyout["service_url"] + flyout["flyout_service_path"].replace("${id}", matched["id"]))
    assert QIAO in refine.get(hovered).json()["html"]

    proposed = refine.get(
        _at(manifest["extend"]["propose_properties"]), {"type": kind["id"], "limit": 50}
    ).json()
    judge("data-extension-property-proposal").validate(proposed)
    wanted = {"ids": [matched["id"]], "properties": [{"id": one["id"]} for one in proposed["properties"]]}
    judge("data-extension-query").validate(wanted)
    extended = refine.post(ENDPOINT, {"extend": json.dumps(wanted)}).json()
    judge("data-extension-response").validate(extended)
    row = extended["rows"][matched["id"]]
    assert row["code"] == [{"str": QIAO}]
    assert row["name"] == [{"str": QIAO_NAME}]
    assert row["former_names"] == []
    assert row["kind"] == [{"str": "法人"}]
    assert row["region"][0]["str"].endswith("示范市")
    assert refine.get(_path(row["page"][0]["str"])).status_code == 200


def _suggested(refine, manifest, kind, prefix, published):
    answer = refine.get(_at(manifest["suggest"][kind]), {"prefix": prefix}).json()
    judge(f"suggest-{published}-response").validate(answer)
    return answer["result"]


def _at(service):
    return _path(service["service_url"] + service["service_path"])


def _filled(template, subject_id):
    return _path(template.replace("{{id}}", quote(subject_id, safe="")))


def _path(address):
    assert address.startswith(f"{HOST}/")
    return address.removeprefix(HOST)
