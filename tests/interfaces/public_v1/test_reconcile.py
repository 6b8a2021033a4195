"""The reconciliation service: as the published schemas say, and never a link by a name alone."""

import json
import random
from urllib.parse import quote

import pytest
from cast import QIAO, QIAO_NAME, firm_code
from django.test import Client
from identities import fined as fined_firm
from identities import merged, number_of
from published_schemas import FOLDER, judge
from sending import csv_of, penalty, sent

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/reconcile"
ALIKE = "示范乔木机械有限责任公司"
EXAMPLES = FOLDER / "query-batches"
# The specification's examples ask for types and properties of other services.
OF_OTHERS = {"example-full.json": 422, "multi-values.json": 422, "no-query-string.json": 422}


def sent_batch(sun, batch, **more):
    text = batch if isinstance(batch, str) else json.dumps(batch)
    return sun.post(ADDRESS, {"queries": text}, **more)


def found(sun, query=QIAO_NAME, *, code=None, region=None, **more):
    """Return the candidates of one query; checked by the schemas on its way in and out."""
    narrowed = [{"pid": pid, "v": v} for pid, v in (("code", code), ("region", region)) if v is not None]
    batch = {"q0": {"query": query, **({"properties": narrowed} if narrowed else {}), **more}}
    judge("reconciliation-query-batch").validate(batch)
    answer = sent_batch(sun, batch)
    assert answer.status_code == 200, answer.content
    judge("reconciliation-result-batch").validate(answer.json())
    return answer.json()["q0"]["result"]


def refused(answer):
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    return answer.status_code, answer.json()["error"]["code"]


def test_the_manifest_is_as_published_and_leads_to_every_part(sun, fined):
    manifest = sun.get(ADDRESS).json()

    judge("manifest").validate(manifest)
    assert manifest["batchSize"] == 20
    assert manifest["view"]["url"].replace("{{id}}", str(fined.subject_id)).startswith("http://testserver/")


def test_a_planted_manifest_without_its_versions_is_seen(sun):
    manifest = sun.get(ADDRESS).json()

    assert not judge("manifest").is_valid({key: manifest[key] for key in manifest if key != "versions"})
    assert not judge("manifest").is_valid({**manifest, "view": {"url": "/subjects/"}})


def test_a_name_alone_never_links_however_alike_it_is(sun, fined):
    (exact,) = found(sun)
    (alike,) = found(sun, ALIKE)

    assert (exact["id"], exact["name"], exact["score"]) == (str(fined.subject_id), QIAO_NAME, 100.0)
    assert exact["type"] == [{"id": "legal-person", "name": "法人"}]
    assert exact["description"].startswith(QIAO)
    assert 50 <= alike["score"] < 100
    assert {one["id"] for one in alike["features"]} >= {"brand", "form"}
    assert not exact["match"]
    assert not alike["match"]


@pytest.mark.parametrize("code", [QIAO, QIAO.lower(), f" {QIAO[:8]} {QIAO[8:]}", [QIAO, ""], {"id": QIAO}])
def test_a_checked_code_decides(sun, fined, code):
    (by_code,) = found(sun, code=code)

    assert (by_code["id"], by_code["score"], by_code["match"]) == (str(fined.subject_id), 100.0, True)


def test_a_column_of_codes_is_reconciled_without_names(sun, fined):
    (asked,) = found(sun, QIAO)
    batch = {"q0": {"properties": [{"pid": "code", "v": QIAO}]}}
    (narrowed,) = sent_batch(sun, batch).json()["q0"]["result"]

    assert asked["match"]
    assert narrowed["match"]


def test_a_code_with_a_clearly_different_name_is_left_to_a_person(sun, fined):
    (one,) = found(sun, "远山宾馆集团股份公司", code=QIAO)

    assert (one["id"], one["score"], one["match"]) == (str(fined.subject_id), 100.0, False)
    assert one["features"] == [
        {"id": "decided_by_code", "value": False},
        {"id": "name_contradicts", "value": True},
    ]


def test_another_valid_code_blocks_and_two_codes_decide_nothing(sun, fined):
    other = firm_code(9)

    assert found(sun, code=other) == []
    assert [one["match"] for one in found(sun, code=[QIAO, other])] == [False]


def test_a_code_whose_check_fails_decides_nothing_and_blocks_nothing(sun, fined):
    (one,) = found(sun, code=QIAO[:-1] + ("0" if QIAO[-1] != "0" else "1"))

    assert not one["match"]


def test_a_region_leaves_out_who_is_elsewhere_unless_a_code_decides(sun, fined):
    assert [len(found(sun, ALIKE, region=one)) for one in ("990000", 990100, "示范市", "110000", "😀")] == [
        1, 1, 1, 0, 0,
    ]  # fmt: skip
    assert len(found(sun, code=QIAO, region="110000")) == 1


def test_types_narrow(sun, fined):
    asked = ("organisation", "legal-person", ["other-organisation", "legal-person"], "other-organisation", "")

    assert [len(found(sun, type=one)) for one in asked] == [1, 1, 1, 0, 1]


def test_an_id_is_found_and_links_nothing(sun, fined):
    (one,) = found(sun, str(fined.subject_id))

    assert (one["id"], one["match"]) == (str(fined.subject_id), False)


def test_who_does_not_show_is_found_in_no_way(sun):
    sent(csv_of(penalty(CF_CFLB="警告", CF_NR="警告", CF_NR_FK="")))  # too light to be published
    extended = sun.get(ADDRESS, {"extend": json.dumps({"ids": ["x"], "properties": [{"id": "code"}]})})

    assert found(sun, code=QIAO) == []
    assert sun.get(f"{ADDRESS}/suggest/entity", {"prefix": QIAO_NAME}).json() == {"result": []}
    assert extended.json()["rows"] == {"x": {"code": []}}


def test_a_person_is_not_looked_up_and_spoils_no_batch(sun, fined):
    code = [{"pid": "code", "v": QIAO}]
    numbered = {"query": "林甲乙 13800138000", "properties": code}
    batch = {"q0": {"query": "林甲乙"}, "q1": numbered, "q2": {"query": QIAO_NAME}}
    answer = sent_batch(sun, batch)

    assert [len(one["result"]) for one in answer.json().values()] == [0, 0, 1]
    assert "13800138000" not in answer.content.decode()


def test_a_persons_number_is_repeated_nowhere(sun, fined):
    number = "13800138000"
    asked = [
        sent_batch(sun, {number: {"query": "x"}}),
        sun.get(ADDRESS, {"extend": json.dumps({"ids": [number], "properties": []})}),
        sun.get(f"{ADDRESS}/suggest/entity", {"prefix": number}),
    ]

    assert [refused(one) for one in asked] == [(400, "not-held-here")] * 3
    assert not any(number in one.content.decode() for one in asked)


@pytest.mark.parametrize(
    "name", ["", "公", "😀", "公" * 10_000, "\u0000\u0007", '"', "(", "有限公司", "示范市", "བོད།"]
)
def test_a_strange_name_finds_nothing_and_breaks_nothing(sun, fined, name):
    assert found(sun, name) == []
    assert sun.get(f"{ADDRESS}/suggest/type", {"prefix": name}).status_code == 200
    assert sun.get(f"{ADDRESS}/suggest/entity", {"prefix": name}).status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "1", '{"q0": 1}', '{"q0": {}}', '{"q0": {"query": 5}}', "{", "\x00", "[" * 100_000,
        '{"q0": {"query": "\\ud800"}}', '{"q0": {"query": "x", "limit": 1e999}}',
        '{"q0": {"query": "x", "type_strict": "perhaps"}}',
        '{"q0": {"query": "x", "properties": [{"pid": "code"}]}}',
    ],
)  # fmt: skip
def test_what_is_no_batch_is_refused_with_the_place(sun, fined, text):
    assert refused(sent_batch(sun, text)) == (422, "unreadable-question")
    assert refused(sun.get(ADDRESS, {"extend": text})) == (422, "unreadable-question")


def test_a_refusal_says_where_without_the_clients_own_words(sun, fined):
    answer = sent_batch(sun, '{"q0": {"query": "x", "properties": [{"pid": "code", "v": null}]}}')

    assert "properties.0.v" in answer.json()["detail"]
    assert "q0" not in answer.json()["detail"]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*/*.json")), ids=lambda path: path.name)
def test_the_published_examples_are_judged_as_published(sun, fined, path):
    text, valid = path.read_text("utf-8"), path.parent.name == "valid"
    expected = OF_OTHERS.get(path.name, 200) if valid else 422

    assert judge("reconciliation-query-batch").is_valid(json.loads(text)) == valid
    assert sent_batch(sun, text).status_code == expected


def test_more_than_announced_and_what_is_unknown_are_refused_by_name(sun, fined):
    many = {str(number): {"query": ALIKE} for number in range(21)}
    ids = json.dumps({"ids": [str(number) for number in range(101)], "properties": []})
    asked = {
        "batch": sent_batch(sun, many),
        "ids": sun.post(ADDRESS, {"extend": ids}),
        "type": sent_batch(sun, {"q0": {"query": "x", "type": "Q5"}}),
        "pid": sent_batch(sun, {"q0": {"query": "x", "properties": [{"pid": "P31", "v": 1}]}}),
        "only told": sent_batch(sun, {"q0": {"query": "x", "properties": [{"pid": "page", "v": 1}]}}),
        "wanted": sun.get(ADDRESS, {"extend": json.dumps({"ids": [], "properties": [{"id": "P31"}]})}),
        "proposed": sun.get(f"{ADDRESS}/properties", {"type": "Q5"}),
        "no form": sun.post(ADDRESS, {}),
    }

    assert {name: refused(answer) for name, answer in asked.items()} == {
        "batch": (413, "batch-too-large"),
        "ids": (413, "batch-too-large"),
        "type": (422, "unknown-type"),
        "pid": (422, "unknown-property"),
        "only told": (422, "unknown-property"),
        "wanted": (422, "unknown-property"),
        "proposed": (422, "unknown-type"),
        "no form": (422, "unreadable-question"),
    }
    assert sent_batch(sun, dict(list(many.items())[:20])).status_code == 200


def test_a_limit_is_kept_within_bounds(sun, fined):
    sent(
        csv_of(
            *(
                penalty(CF_XDR_SHXYM=firm_code(n), CF_XDR_MC=f"示范乔木机械{n}厂", CF_WSH=f"{n}号")
                for n in range(30, 60)
            )
        )
    )

    assert [len(found(sun, "示范乔木机械", limit=one)) for one in (1, 3, 0, -5)] == [1, 3, 5, 5]
    assert len(found(sun, "示范乔木机械", limit=10**30)) <= 20


def test_a_batch_reads_the_register_once_and_not_name_by_name(sun, fined, django_assert_max_num_queries):
    batch = {f"q{number}": {"query": f"示范乔木{number}机械有限公司"} for number in range(10)}
    sent_batch(sun, batch)  # what is kept in memory is read before
    alone = 2  # the candidates of one name, and whether anybody was ever merged

    with django_assert_max_num_queries(10 * alone + 5):
        assert sent_batch(sun, batch).status_code == 200


def test_suggestions_are_as_published_and_are_skipped_by_the_cursor(sun, fined):
    for kind, prefix in (("entity", "示范"), ("type", ""), ("property", "")):
        address = f"{ADDRESS}/suggest/{kind}"
        whole = sun.get(address, {"prefix": prefix}).json()
        rest = sun.get(address, {"prefix": prefix, "cursor": 1}).json()
        far = sun.get(address, {"prefix": prefix, "cursor": 10**15}).json()
        published = {"entity": "entities", "type": "types", "property": "properties"}[kind]
        judge(f"suggest-{published}-response").validate(whole)
        assert whole["result"]
        assert rest["result"] == whole["result"][1:]
        assert far["result"] == []
    assert refused(sun.get(f"{ADDRESS}/suggest/type", {"cursor": "x"})) == (422, "unreadable-question")


@pytest.mark.parametrize("prefix", ["乔木", QIAO, None])
def test_an_organisation_is_suggested_by_name_code_and_id(sun, fined, prefix):
    asked = prefix or str(fined.subject_id)

    (one,) = sun.get(f"{ADDRESS}/suggest/entity", {"prefix": asked}).json()["result"]

    assert (one["id"], one["notable"][0]["id"]) == (str(fined.subject_id), "legal-person")


def test_types_and_properties_are_suggested_by_their_words(sun, fined):
    def ids(kind, prefix, language="zh-hans"):
        answer = sun.get(
            f"{ADDRESS}/suggest/{kind}", {"prefix": prefix}, headers={"accept-language": language}
        )
        return [one["id"] for one in answer.json()["result"]]

    assert ids("type", "法人") == ["legal-person"]
    assert ids("type", "LEGAL", "en") == ["legal-person"]
    assert ids("property", "代码") == ["code"]


def test_the_preview_alone_may_be_framed_and_holds_no_script(sun, fined):
    page = sun.get(f"{ADDRESS}/preview/{fined.subject_id}")
    english = sun.get(f"{ADDRESS}/preview/{fined.subject_id}", headers={"accept-language": "en"})

    assert QIAO in page.content.decode()
    assert "frame-ancestors *" in page.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in page.headers
    assert "<script" not in page.content.decode()
    assert "查看全部公示信息" in page.content.decode()
    assert "Everything that shows" in english.content.decode()
    for other in (ADDRESS, f"{ADDRESS}/flyout?id={fined.subject_id}", f"/subjects/{fined.subject_id}/", "/"):
        heads = sun.get(other).headers
        assert "frame-ancestors 'none'" in heads["Content-Security-Policy"]
        assert heads["X-Frame-Options"] == "DENY"


def test_a_name_is_written_as_text_into_preview_flyout_and_script(sun, db):
    sent(csv_of(penalty(CF_XDR_MC="示范<b>甲</b>&有限公司")))
    (one,) = found(sun, QIAO)

    page = sun.get(f"{ADDRESS}/preview/{one['id']}").content.decode()
    flyout = sun.get(f"{ADDRESS}/flyout", {"id": one["id"]}).json()
    script = sun.get(
        ADDRESS, {"queries": json.dumps({"q": {"query": QIAO}}), "callback": "f"}
    ).content.decode()

    assert "<b>甲" not in page
    assert "<b>甲" not in flyout["html"]
    assert "<" not in script
    assert (
        one["name"] in json.loads(script.removeprefix("/**/f(").removesuffix(");"))["q"]["result"][0]["name"]
    )


def test_nothing_is_previewed_of_who_does_not_show(sun, db):
    sent(csv_of(penalty(CF_CFLB="警告", CF_NR="警告", CF_NR_FK="")))
    nobody = "00000000-0000-0000-0000-000000000000"

    assert refused(sun.get(f"{ADDRESS}/preview/{nobody}")) == (404, "not-found")
    assert refused(sun.get(f"{ADDRESS}/preview/x")) == (404, "not-found")
    assert refused(sun.get(f"{ADDRESS}/flyout", {"id": nobody})) == (404, "not-found")
    assert refused(sun.get(f"{ADDRESS}/flyout", {"id": "😀" * 5000})) == (404, "not-found")


@pytest.mark.parametrize("callback", ["f", "jQuery34107_1690000000000", "a.b.$c"])
def test_an_older_client_is_answered_by_a_script(sun, fined, callback):
    answer = sun.get(f"{ADDRESS}?callback={quote(callback)}")

    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.content.decode().startswith(f"/**/{callback}({{")


@pytest.mark.parametrize(
    "callback", ["", "a b", "alert(1)//", "a;b", "函数", "a\n", "x" * 101, "f[0]", "<f>", "a."]
)
def test_a_callback_that_is_no_plain_name_is_refused(sun, fined, callback):
    for address in (ADDRESS, f"{ADDRESS}/suggest/type", f"{ADDRESS}/properties"):
        assert refused(sun.get(address, {"callback": callback})) == (422, "unreadable-question")


def test_what_a_script_says_passes_the_gate_on_the_way_out(sun, fined, monkeypatch):
    """The planted fault: a name with a passport's number in it."""
    monkeypatch.setattr(
        "gongxin.interfaces.api.public_v1.reconcile.manifest.full_name", lambda: "护照E12345678"
    )

    assert sun.get(ADDRESS, {"callback": "f"}).status_code == 500
    assert sun.get(ADDRESS).status_code == 500


def test_every_part_is_open_to_pages_of_any_origin_and_answers_head(sun, fined):
    batch = json.dumps({"q0": {"query": ALIKE}})
    parts = (
        "",
        f"?queries={quote(batch)}",
        "/suggest/entity?prefix=乔木",
        "/properties",
        f"/preview/{fined.subject_id}",
    )
    for part in parts:
        whole, head = sun.get(ADDRESS + part), sun.head(ADDRESS + part)
        assert whole.headers["Access-Control-Allow-Origin"] == "*"
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["Content-Length"] == str(len(whole.content))


def test_no_query_without_the_firms_own_checked_code_links(sun, fined):
    chosen = random.Random(4)
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    for _ in range(5):
        batch = {}
        for number in range(20):
            place = chosen.randrange(18)
            other = QIAO[:place] + chosen.choice(signs.replace(QIAO[place], "")) + QIAO[place + 1 :]
            code = chosen.choice([other, QIAO[:17], QIAO[8:16], QIAO_NAME, firm_code(number + 2), ""])
            name = chosen.choice([QIAO_NAME, ALIKE, QIAO_NAME[2:], other, str(fined.subject_id)])
            batch[f"q{number}"] = {"query": name, "properties": [{"pid": "code", "v": code}]}
        answers = sent_batch(sun, batch).json()
        assert len(answers) == 20
        assert not [one for answer in answers.values() for one in answer["result"] if one["match"]]


def test_those_that_are_one_by_a_merge_are_answered_for_by_one(sun):
    """The absorbed keeps its address, and what was fetched of it before the merge is fetched still."""
    other = "示范乔木机械经营部"
    numbered, coded = fined_firm(1, name=other, registration=number_of(1)), fined_firm(2, unified=QIAO)
    merged(numbered, coded)

    (by_name,) = found(sun, QIAO_NAME)
    (by_number,) = found(sun, number_of(1))
    extend = {
        "ids": [str(numbered), str(coded)],
        "properties": [{"id": one} for one in ("code", "page", "other_names")],
    }
    rows = sun.get(ADDRESS, {"extend": json.dumps(extend)}).json()["rows"]

    assert (by_name["id"], by_name["match"]) == (str(coded), False)
    assert (by_number["id"], by_number["match"]) == (str(coded), True)
    assert rows[str(numbered)] == rows[str(coded)]
    assert rows[str(coded)]["code"] == [{"str": QIAO}]
    assert rows[str(coded)]["other_names"] == [{"str": other}]


def test_a_form_too_large_is_no_fault_of_ours(fined):
    sun = Client(raise_request_exception=False)

    assert 400 <= sun.post(ADDRESS, {"queries": "x" * 3_000_000}).status_code < 500
    assert (
        400 <= sun.post(ADDRESS, b"\xff", content_type="application/x-www-form-urlencoded").status_code < 500
    )
    assert 400 <= sun.post(ADDRESS, b"{}", content_type="application/json").status_code < 500
