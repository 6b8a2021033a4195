"""An agency's own system sends rows and follows them."""

import json
import threading
from pathlib import Path

import pytest
from desk_cast import FIRM, GOOD_ROW, OTHER_FIRM, Cast, tax_list
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from exchange_system import BASE, System
from sending import received

from gongxin.core.policy import POLICY, Role
from gongxin.interfaces import clock
from gongxin.interfaces.api.exchange_v1.one_at_a_time import StillRunning, alone
from gongxin.interfaces.jobs.worker import run_worker
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.intake.models import Submission

ROW = {
    "taxpayer_number": FIRM,
    "taxpayer_name": "示范甲机械有限公司",
    "year": "2025",
    "tax_office": "示范市税务局",
}
ROWS = {"class": "tax-a-level", "rows": [ROW, {**ROW, "taxpayer_number": "123"}]}
COUNTS = {
    *("rows", "accepted", "rejected", "out_of_scope", "warnings", "problems"),
    *("posted", "unchanged", "superseded", "unlinked", "held"),
}


def work() -> None:
    run_worker(once=True, clock=clock.now, name="worker-of-tests")


def test_rows_are_sent_followed_and_counted(regulator: System) -> None:
    sent = regulator.send(ROWS)
    assert sent.status_code == 202
    before = regulator.get(sent["Location"]).json()

    work()

    after = regulator.get(sent["Location"]).json()
    assert before["state"] == "received"
    assert after["state"] == "done"
    assert set(after) >= COUNTS
    assert (after["rows"], after["accepted"], after["rejected"], after["posted"]) == (2, 1, 1, 1)
    assert "taxpayer_number.identifier" in after["problems"]


def test_a_submission_stopped_by_a_fault_of_ours_says_so_with_the_number_to_ask_under(
    regulator: System,
) -> None:
    sent = regulator.send(ROWS)
    assert sent.json()["stopped"] is None
    Submission.objects.update(stopped_at=clock.now())

    answer = regulator.get(sent["Location"]).json()

    number = Submission.objects.get().id.hex
    assert (answer["state"], answer["stopped"]["code"]) == ("stopped", "our-fault")
    assert answer["stopped"]["number"] == number
    assert number in answer["stopped"]["message"]["zh"]
    assert number in answer["stopped"]["message"]["en"]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart", {"class": "tax-a-level", "file": SimpleUploadedFile("a.csv", tax_list(GOOD_ROW))}),
        ("application/json", {"class": "tax-a-level", "rows": [ROW]}),
    ],
)
def test_a_file_and_rows_mean_the_same(regulator: System, kind: str, body: object) -> None:
    regulator.send(body, kind=kind)
    work()

    assert (Submission.objects.get().state, Submission.objects.get().posted) == ("done", 1)


def test_json_lines_stream_into_the_spool(regulator: System, cast: Cast) -> None:
    lines = "\n".join(json.dumps(ROW, ensure_ascii=False) for _ in range(1)).encode()

    answer = Client().post(
        f"{BASE}?class=tax-a-level",
        lines,
        content_type="application/x-ndjson",
        headers={"Authorization": f"Bearer {regulator.key}", "Idempotency-Key": "lines"},
    )
    work()

    assert answer.status_code == 202
    assert Submission.objects.get().posted == 1


def test_rows_that_leave_out_different_fields_are_read_alike(regulator: System) -> None:
    regulator.send({"class": "tax-a-level", "rows": [ROW, {**ROW, "year": "2024", "level": "A"}]})
    work()

    assert (Submission.objects.get().rows, Submission.objects.get().posted) == (2, 2)


def test_without_a_key_nothing_is_answered(cast: Cast) -> None:
    answer = Client().get(BASE)

    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "no-key"
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_revoked_key_is_refused(regulator: System) -> None:
    regulator.revoke()

    assert regulator.get().status_code == 401
    assert regulator.send(ROWS).status_code == 401


def test_a_stranger_may_not_fill_the_spool(cast: Cast) -> None:
    Client().post(BASE, {"class": "tax-a-level", "file": SimpleUploadedFile("a.csv", tax_list(GOOD_ROW))})

    assert not list((Path(settings.GONGXIN_HOME) / "spool").glob("*"))


def test_a_key_is_kept_only_as_its_hash(regulator: System) -> None:
    assert regulator.key.startswith("gx_")
    assert regulator.key not in str(vars(regulator.kept))


def test_without_an_idempotency_key_nothing_is_taken(regulator: System) -> None:
    answer = regulator.send(ROWS, idempotency_key=None)

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "idempotency-key-missing")
    assert Submission.objects.count() == 0


@pytest.mark.parametrize("key", ["staging-11990100MB0000001T-1-2", "form-0123"])
def test_a_key_that_begins_as_our_own_is_refused(regulator: System, key: str) -> None:
    answer = regulator.send(ROWS, idempotency_key=key)

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "idempotency-key-reserved")
    assert Submission.objects.count() == 0


def test_the_same_key_and_body_answer_with_the_same_submission(regulator: System) -> None:
    first, second = regulator.send(ROWS), regulator.send(ROWS)

    assert (first.status_code, second.status_code) == (202, 200)
    assert first.json()["submission"] == second.json()["submission"]
    assert Submission.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(regulator: System) -> None:
    regulator.send(ROWS)

    answer = regulator.send({"class": "tax-a-level", "rows": [ROW]})

    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "idempotency-conflict")
    assert Submission.objects.count() == 1


def test_the_same_key_of_two_agencies_is_two_keys(regulator: System, bureau: System) -> None:
    assert (regulator.send(ROWS).status_code, bureau.send(ROWS).status_code) == (202, 202)


def test_a_request_whose_twin_still_runs_is_told_so(regulator: System, cast: Cast) -> None:
    with alone(home=Path(settings.GONGXIN_HOME), agency_id=cast.regulator.id, idempotency_key="first"):
        answer = regulator.send(ROWS)

    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "still-running")
    assert answer["Retry-After"] == "1"
    assert regulator.send(ROWS).status_code == 202


def test_an_agency_sees_only_its_own(regulator: System, bureau: System) -> None:
    sent = regulator.send(ROWS)
    work()

    assert bureau.get(sent["Location"]).status_code == 404
    assert bureau.get(sent["Location"] + "/problems").status_code == 404
    assert bureau.get().json()["submissions"] == []
    assert len(regulator.get().json()["submissions"]) == 1


def test_the_list_goes_on_page_by_page(regulator: System) -> None:
    for number in range(3):
        regulator.send(ROWS, idempotency_key=f"key {number}")

    first = regulator.get(limit=2).json()
    second = regulator.get(first["next"]).json()

    assert (len(first["submissions"]), len(second["submissions"])) == (2, 1)
    assert second["next"] is None


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        ({"class": "no-such-class", "rows": [ROW]}, "application/json", 422, "unknown-class"),
        ({"class": "tax-a-level", "rows": []}, "application/json", 422, "unreadable-rows"),
        ({"class": "tax-a-level", "rows": [1]}, "application/json", 422, "unreadable-rows"),
        (b"{", "application/json", 422, "unreadable-rows"),
        ({"class": "tax-a-level"}, "multipart", 422, "no-file"),
        (b"a=1", "application/x-www-form-urlencoded", 415, "unknown-content-type"),
        (b'{"rows": "' + b"x" * 3_000_000 + b'"}', "application/json", 413, "too-large"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_code(
    regulator: System, body: object, kind: str, status: int, code: str
) -> None:
    answer = regulator.send(body, kind=kind)

    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert not list((Path(settings.GONGXIN_HOME) / "spool").glob("*"))


@pytest.mark.parametrize("path", ["x", "0" * 8])
def test_an_address_that_is_none_answers_404(regulator: System, path: str) -> None:
    assert regulator.get(f"{BASE}/{path}").status_code == 404


def test_problems_before_the_check_are_a_409(regulator: System) -> None:
    sent = regulator.send(ROWS)

    assert regulator.get(sent["Location"] + "/problems").json()["error"]["code"] == "not-checked-yet"


@pytest.mark.parametrize("file_format", ["json", "csv", "xlsx"])
def test_problems_come_in_three_forms(regulator: System, file_format: str) -> None:
    sent = regulator.send(ROWS)
    work()

    answer = regulator.get(sent["Location"] + "/problems", format=file_format)

    assert answer.status_code == 200
    assert len(b"".join(answer.streaming_content)) > 100


def test_the_description_loads_nothing_from_elsewhere(cast: Cast) -> None:
    answer = Client().get("/api/exchange/v1/openapi.json")

    assert answer.status_code == 200
    assert "/api/exchange/v1/submissions" in answer.json()["paths"]


def test_the_key_acts_and_is_named_in_the_audit(regulator: System) -> None:
    regulator.send(ROWS)

    event = AuditEvent.objects.get(action="submission.received")
    assert (event.actor_kind, event.actor) == ("key", str(regulator.kept.pk))


def test_the_policy_says_what_a_key_may_do() -> None:
    granted = {action for action, roles in POLICY.items() if Role.AGENCY_KEY in roles}

    assert {"submission.send", "submission.read"} <= granted
    assert "submission.recall" not in granted


def test_two_threads_with_one_key_make_one_lock(tmp_path: Path, cast: Cast) -> None:
    refused: list[str] = []

    def second() -> None:
        try:
            with alone(home=tmp_path, agency_id=cast.regulator.id, idempotency_key="k"):
                pass
        except StillRunning:
            refused.append("told so")

    with alone(home=tmp_path, agency_id=cast.regulator.id, idempotency_key="k"):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()

    assert refused == ["told so"]
    assert list((tmp_path / "running").iterdir()) == []


def only_checked(system: System) -> str:
    """Return the address of a submission that was only checked."""
    headers = {**system.headers(), "Idempotency-Key": "only checked"}
    sent = Client().post(f"{BASE}?check_first=true", ROWS, content_type="application/json", headers=headers)
    work()
    return str(sent["Location"])


def confirmed(system: System, address: str) -> HttpResponse:
    return Client().post(f"{address}/confirm", headers=system.headers())


def test_what_is_only_checked_waits_with_its_problems_and_posts_nothing(regulator: System) -> None:
    address = only_checked(regulator)

    state = regulator.get(address).json()
    problems = json.loads(regulator.get(f"{address}/problems").getvalue())

    assert (state["state"], state["check_first"]) == ("checked", True)
    assert (state["accepted"], state["rejected"], state["posted"]) == (1, 1, 0)
    assert [(one["field"], one["document_number"]) for one in problems["problems"]] == [
        ("taxpayer_number", "123")
    ]


def test_what_was_only_checked_is_posted_once_it_is_confirmed(regulator: System) -> None:
    address = only_checked(regulator)

    answer = confirmed(regulator, address)
    work()

    assert (answer.status_code, answer.json()["check_first"]) == (200, False)
    assert (regulator.get(address).json()["state"], regulator.get(address).json()["posted"]) == ("done", 1)
    assert confirmed(regulator, address).json()["error"]["code"] == "not-waiting"


def test_another_agency_confirms_nothing(regulator: System, bureau: System) -> None:
    assert confirmed(bureau, only_checked(regulator)).status_code == 404


def test_rows_sent_again_say_what_they_correct(regulator: System) -> None:
    first = regulator.send(ROWS).json()["submission"]
    work()
    headers = {**regulator.headers(), "Idempotency-Key": "mended"}
    mended = {"class": "tax-a-level", "rows": [{**ROW, "taxpayer_number": OTHER_FIRM}]}

    answer = Client().post(
        f"{BASE}?corrects={first}", mended, content_type="application/json", headers=headers
    )

    assert (answer.status_code, answer.json()["corrects"]) == (202, first)


def test_a_file_that_corrects_one_sent_with_a_mapping_is_read_by_that_mapping(
    regulator: System, cast: Cast
) -> None:
    mapping = {
        "class": "tax-a-level",
        "columns": [{"position": at, "field": key} for at, key in enumerate(ROW, 1)],
    }
    lines = ["甲,乙,丙,丁", ",".join(ROW.values()), f"{OTHER_FIRM},示范乙商贸有限公司,20l5,示范市税务局"]
    text = "\r\n".join(lines)
    first = received(text.encode(), class_id="tax-a-level", agency=cast.regulator, mapping=mapping)
    work()
    headers = {**regulator.headers(), "Idempotency-Key": "mended"}
    mended = {
        "class": "tax-a-level",
        "file": SimpleUploadedFile("a.csv", text.replace("20l5", "2025").encode()),
    }

    Client().post(f"{BASE}?corrects={first.id}", mended, headers=headers)
    work()

    again = Submission.objects.get(corrects=first)
    assert (again.refusal_code, again.rows, again.accepted) == ("", 2, 2)


def test_what_is_not_checked_or_of_another_class_cannot_be_corrected(
    regulator: System, bureau: System
) -> None:
    first = regulator.send(ROWS).json()["submission"]

    def sent(system: System) -> HttpResponse:
        headers = {**system.headers(), "Idempotency-Key": "mended"}
        return Client().post(
            f"{BASE}?corrects={first}", ROWS, content_type="application/json", headers=headers
        )

    assert sent(regulator).json()["error"]["code"] == "not-its-correction"
    assert sent(bureau).json()["error"]["code"] == "no-such-submission"
