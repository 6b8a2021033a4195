"""Zhao decides doubtful links with the evidence laid out; what he decides is posted and can be undone."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from cast import OPERATOR, PASSWORD, firm_code
from desk_cast import FIRM, GOOD_ROW, Cast, tax_list
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongxin.core.demonstration.codes import registration_number
from gongxin.core.disclosure import Audience
from gongxin.core.policy import Role
from gongxin.flows.enrol import add_user
from gongxin.interfaces import clock
from gongxin.interfaces.jobs.worker import run_worker
from gongxin.registry.audit.models import AuditEvent, Look
from gongxin.registry.intake.models import Submission, UnlinkedRow
from gongxin.registry.publication.queries import records_of
from gongxin.registry.subjects.models import Doubt, Identifier, Judgement, Merge, Subject
from gongxin.registry.subjects.queries import subject_of_code

OLD_NUMBER = "410105123456789"  # a tax number of the old form: well written, and nobody's code
NAME = GOOD_ROW[1]
GROUND = "与税务机关核对登记信息"


def work() -> None:
    run_worker(once=True, clock=clock.now, name="worker-of-tests")


def send(client: Client, *rows: tuple[str, str, str, str]) -> None:
    client.post(
        "/desk/upload/", {"class": "tax-a-level", "file": SimpleUploadedFile("a.csv", tax_list(*rows))}
    )
    work()


def register(client: Client, *firms: tuple[str, str]) -> None:
    lines = ["机构名称,主体类别,工商注册号", *(f"{name},企业,{number}" for number, name in firms)]
    file = SimpleUploadedFile("b.csv", "\n".join(lines).encode())
    client.post("/desk/upload/", {"class": "registration", "file": file})
    work()


def records(code: str = FIRM) -> list[str]:
    subject_id = subject_of_code(code, at=clock.now())
    assert subject_id is not None
    seen = records_of(subject_id, audience=Audience.PUBLIC, at=clock.now())
    return sorted(one.fields["year"] for one in seen if one.class_id == "tax-a-level")


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let an hour pass: what was decided at one instant has no order."""
    hours = iter(range(11, 20))
    return lambda: monkeypatch.setenv("GONGXIN_NOW", f"2026-11-23T{next(hours)}:00:00+08:00")


@pytest.fixture
def wen(cast: Cast) -> Client:
    """The reviewer, who is the second person."""
    user = add_user(
        name="wen", password=PASSWORD, role=Role.REVIEWER, agency=None, actor=OPERATOR, at=clock.now()
    )
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def case(cast: Cast, lin: Client) -> str:
    """The address of a row under the firm's own name, beside the firm."""
    send(lin, GOOD_ROW, (OLD_NUMBER, NAME, "2024", "示范市税务局"))
    return f"/desk/doubts/{Doubt.objects.get().id}/"


@pytest.fixture
def pair(cast: Cast, lin: Client) -> str:
    """The address of two subjects of one name: one by its code, one by its number from before."""
    send(lin, GOOD_ROW)
    register(lin, (registration_number(region="990101", number=7), NAME))
    return f"/desk/doubts/{Doubt.objects.get().id}/"


def said(verdict: str, **more: str) -> dict[str, str]:
    return {"act": "decide", "verdict": verdict, "ground": GROUND, **more}


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_queue_counts_by_reason_and_age_and_leads_to_the_case(zhao: Client, case: str) -> None:
    page = text(zhao, "/desk/doubts/")

    assert case in page
    assert "名称相同 (1)" in page
    assert NAME in page


def test_the_case_compares_part_by_part_in_words(zhao: Client, case: str) -> None:
    page = text(zhao, case)

    for words in ("字号", "行业", "组织形式", "统一社会信用代码", "a.csv", "示范市市场监督管理局"):
        assert words in page
    assert "相同" in page


def test_whoever_opens_a_case_is_written_down(zhao: Client, cast: Cast, case: str) -> None:
    zhao.get(case)

    look = Look.objects.get()
    assert (look.actor, look.subject_id) == (str(cast.zhao.pk), subject_of_code(FIRM, at=clock.now()))


def test_the_same_posts_the_row_and_says_who_decided(zhao: Client, cast: Cast, case: str) -> None:
    answer = zhao.post(case, said("same"), follow=True).content.decode()

    assert records() == ["2024", "2025"]
    assert UnlinkedRow.objects.get().state == "linked"
    assert "撤销" in answer
    history = text(zhao, case)
    assert GROUND in history
    assert "zhao" in history


def test_the_page_lays_the_row_s_representative_beside_the_registered_one(
    zhao: Client, lin: Client, cast: Cast
) -> None:
    lines = [
        "机构名称,主体类别,统一社会信用代码,法定代表人",
        f"{NAME},企业,{FIRM},林一",
    ]
    file = SimpleUploadedFile("b.csv", "\n".join(lines).encode())
    lin.post("/desk/upload/", {"class": "registration", "file": file})
    send(lin, (OLD_NUMBER, NAME, "2024", "示范市税务局"))

    page = text(zhao, f"/desk/doubts/{Doubt.objects.get().id}/")

    assert "法定代表人" in page
    assert "林一" in page


def test_the_ground_of_taking_a_judgement_back_stands_in_the_history(zhao: Client, case: str) -> None:
    zhao.post(case, said("different"))

    zhao.post(case, {"act": "undo", "ground": "看错了登记档案"})

    assert Judgement.objects.get().end_ground == "看错了登记档案"
    assert AuditEvent.objects.get(action="judgement.taken-back").detail["ground"] == "看错了登记档案"
    assert "看错了登记档案" in text(zhao, case)


def test_a_judgement_replaced_by_another_ended_on_the_ground_of_that(zhao: Client, case: str) -> None:
    zhao.post(case, said("cannot-tell"))
    zhao.post(case, said("different") | {"ground": "登记机关答复"})

    assert Judgement.objects.get(verdict="cannot-tell").end_ground == "登记机关答复"


def test_undo_takes_the_record_back_and_the_row_waits_again(
    zhao: Client, case: str, later: Callable[[], None]
) -> None:
    later()
    zhao.post(case, said("same"))
    before = Submission.objects.get()
    later()

    zhao.post(case, {"act": "undo", "ground": "误判，撤销"})

    row, submission = UnlinkedRow.objects.get(), Submission.objects.get()
    assert records() == ["2025"]
    assert (row.state, row.decided_at, row.ground) == ("open", None, "")
    assert (before.posted, before.unlinked) == (2, 0)
    assert (submission.posted, submission.unlinked) == (1, 1)
    assert case in text(zhao, "/desk/doubts/")
    assert AuditEvent.objects.filter(action="row.unlinked").exists()
    assert "误判，撤销" in text(zhao, case)


def test_what_was_replaced_since_is_not_undone_and_the_page_says_so(
    zhao: Client, lin: Client, case: str, later: Callable[[], None]
) -> None:
    later()
    zhao.post(case, said("same"))
    later()
    send(lin, (FIRM, "示范甲机械有限责任公司", "2024", "示范市税务局"))

    answer = zhao.post(case, {"act": "undo", "ground": "误判，撤销"}).content.decode()

    assert "未撤销" in answer
    assert records() == ["2024", "2025"]
    assert Judgement.objects.get().ended_at is None


def test_different_is_never_asked_again(zhao: Client, case: str) -> None:
    zhao.post(case, said("different"))
    UnlinkedRow.objects.update(sought_at=None)
    work()

    assert case not in text(zhao, "/desk/doubts/")
    assert Doubt.objects.count() == 1
    assert records() == ["2025"]


def test_cannot_tell_is_put_aside_under_its_name_and_can_still_be_decided(zhao: Client, case: str) -> None:
    zhao.post(case, said("cannot-tell"))

    assert case not in text(zhao, "/desk/doubts/")
    aside = text(zhao, "/desk/doubts/?standing=aside")
    assert case in aside
    assert "名称相同 (1)" in aside
    assert "名称相同 (0)" in text(zhao, "/desk/doubts/")
    assert case in text(zhao, "/desk/unlinked/")
    assert "账号 zhao" in aside
    assert "zhao" in text(zhao, case)
    zhao.post(case, said("same"))
    assert records() == ["2024", "2025"]


def test_a_decision_needs_a_verdict_and_its_ground(zhao: Client, case: str) -> None:
    for answer in (said("same") | {"ground": ""}, said("perhaps"), said("")):
        assert zhao.post(case, answer).status_code == 422

    assert not Judgement.objects.exists()


def test_a_suggested_ground_is_enough_and_one_nobody_suggested_is_none(zhao: Client, case: str) -> None:
    assert zhao.post(case, said("different", suggested="随便") | {"ground": ""}).status_code == 422

    zhao.post(case, said("different", suggested="一方为另一方的分支机构") | {"ground": ""})

    assert Judgement.objects.get().ground == "一方为另一方的分支机构"


def test_a_suggested_ground_that_contradicts_the_verdict_is_refused_and_the_form_kept(
    zhao: Client, case: str
) -> None:
    ground = "系另一组织：字号、行业或者地区不同"

    answer = zhao.post(case, said("same", suggested=ground, ground="与登记机关核对"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"“{ground}”是“不同主体”的理由，不能用于“同一主体”" in page
    assert f'value="{ground}" data-ground-of="d" checked' in page
    assert 'value="与登记机关核对"' in page
    assert not Judgement.objects.exists()
    assert UnlinkedRow.objects.get().state == "open"


def test_a_ground_with_a_persons_number_is_refused(zhao: Client, case: str) -> None:
    assert zhao.post(case, said("same") | {"ground": "已电话核实 13800138000"}).status_code == 422


def test_two_candidates_stand_on_one_page_and_the_officer_chooses(
    zhao: Client, lin: Client, cast: Cast
) -> None:
    send(
        lin,
        GOOD_ROW,
        (firm_code(5), NAME, "2023", "示范市税务局"),
        (OLD_NUMBER, NAME, "2024", "示范市税务局"),
    )
    first, second = Doubt.objects.order_by("-score", "id")
    address = f"/desk/doubts/{first.id}/"
    page = text(zhao, address)
    assert "候选 1" in page
    assert "候选 2" in page

    refused = zhao.post(address, said("same")).content.decode()
    assert "请先选定" in refused

    zhao.post(address, said("same", candidate=str(second.id)))
    assert Judgement.objects.get().doubt_id == second.id
    assert UnlinkedRow.objects.get().state == "linked"
    assert address not in text(zhao, "/desk/doubts/")


def test_of_all_candidates_different_may_be_said_at_once(zhao: Client, lin: Client, cast: Cast) -> None:
    send(
        lin,
        GOOD_ROW,
        (firm_code(5), NAME, "2023", "示范市税务局"),
        (OLD_NUMBER, NAME, "2024", "示范市税务局"),
    )
    address = f"/desk/doubts/{Doubt.objects.first().id}/"

    zhao.post(address, said("different"))

    assert Judgement.objects.filter(verdict="different").count() == 2


def test_a_candidate_of_another_case_is_not_decided_here(zhao: Client, lin: Client, case: str) -> None:
    send(lin, ("410105123456780", "示范甲机械有限责任公司", "2022", "示范市税务局"))
    other = Doubt.objects.exclude(id=case.split("/")[3]).get()

    zhao.post(case, said("different", candidate=str(other.id)))

    assert not Judgement.objects.filter(doubt=other).exists()


def test_two_subjects_are_proposed_by_one_and_merged_by_another(
    zhao: Client, wen: Client, pair: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGXIN_NOW", "2026-11-23T12:00:00+08:00")
    proposed = zhao.post(pair, said("same"), follow=True).content.decode()
    assert "已提出合并，须由另一人确认" in proposed
    assert not Merge.objects.exists()
    assert pair in text(wen, "/desk/doubts/?standing=proposed")

    refused = zhao.post(pair, {"act": "confirm", "ground": GROUND}).content.decode()
    assert "须由两人" in refused
    assert not Merge.objects.exists()

    shown = text(wen, pair)
    coded = subject_of_code(FIRM, at=clock.now())
    assert ("甲" if Doubt.objects.get().subject_id == coded else "乙") + "将保留" in shown
    for subject in Subject.objects.all():
        assert f"/desk/subjects/{subject.id}/" in shown
    merged = wen.post(pair, {"act": "confirm", "ground": GROUND}, follow=True).content.decode()
    assert f"{NAME}：已合并" in merged
    assert Merge.objects.get().undone_at is None
    assert pair not in text(wen, "/desk/doubts/?standing=proposed")
    assert "仅一方有" in text(wen, pair)  # what each bore before is still told apart

    zhao.post(pair, {"act": "undo", "ground": "误判，撤销"})
    assert Merge.objects.get().undone_at is not None
    assert pair in text(zhao, "/desk/doubts/")


def test_the_second_person_may_say_that_they_are_different(zhao: Client, wen: Client, pair: str) -> None:
    zhao.post(pair, said("same"))

    wen.post(pair, said("different"))

    assert Judgement.objects.get(ended_at=None).verdict == "different"
    assert pair not in text(wen, "/desk/doubts/?standing=proposed")


def test_two_whose_codes_came_to_conflict_are_no_longer_offered_and_cannot_be_the_same(
    zhao: Client, pair: str
) -> None:
    coded = subject_of_code(FIRM, at=clock.now())
    other = Subject.objects.exclude(id=coded).get()
    Identifier.objects.create(subject=other, scheme="unified", value=firm_code(9), from_at=clock.now())

    assert pair not in text(zhao, "/desk/doubts/")
    assert "两个组织" in zhao.post(pair, said("same")).content.decode()
    assert not Judgement.objects.exists()


def test_a_row_whose_valid_code_contradicts_cannot_be_posted(zhao: Client, case: str) -> None:
    """As if a finder had offered it all the same: the planted fault is caught before anything is posted."""
    row = UnlinkedRow.objects.get()
    UnlinkedRow.objects.filter(id=row.id).update(content=row.content.replace(OLD_NUMBER, firm_code(9)))

    answer = zhao.post(case, said("same")).content.decode()

    assert "两个组织" in answer
    assert records() == ["2025"]
    assert not Judgement.objects.exists()


def test_two_who_decide_at_once_decide_once(zhao: Client, wen: Client, case: str) -> None:
    zhao.post(case, said("same"))

    assert "已有人作出决定" in wen.post(case, said("same")).content.decode()


def test_the_auditor_reads_and_lin_does_not_even_read(auditor: Client, lin: Client, case: str) -> None:
    page = auditor.get(case)

    assert page.status_code == 200
    assert 'name="verdict"' not in page.content.decode()
    for act in (said("same"), {"act": "undo", "ground": GROUND}, {"act": "confirm", "ground": GROUND}):
        assert auditor.post(case, act).status_code == 403
    assert lin.get(case).status_code == 403
    assert lin.get("/desk/doubts/").status_code == 403


@pytest.mark.parametrize(
    "query",
    ["standing=x", "reason=x", "age=x", "age=-1", "agency=x", "age=99999999999"],
)
def test_a_filter_there_is_not_leads_nowhere(zhao: Client, cast: Cast, query: str) -> None:
    assert zhao.get(f"/desk/doubts/?{query}").status_code == 404


@pytest.mark.parametrize(
    "hostile", [{"act": "x"}, {}, {"act": "decide", "candidate": "x"}, {"act": "confirm"}, {"act": "undo"}]
)
def test_a_strange_form_decides_nothing(zhao: Client, case: str, hostile: dict[str, str]) -> None:
    assert zhao.post(case, hostile).status_code in {200, 422}
    assert not Judgement.objects.exists()


@pytest.mark.parametrize("decided", ["x", "01a21ec3-5b60-7094-a60e-cb4f361e4769", "", "%00", "'"])
def test_a_strange_address_shows_the_case(zhao: Client, case: str, decided: str) -> None:
    assert zhao.get(f"{case}?decided={decided}").status_code == 200


def test_the_queue_leaves_as_a_file_without_persons_names(zhao: Client, case: str) -> None:
    assert NAME in zhao.get("/desk/doubts/?format=csv").content.decode("utf-8-sig")


def test_the_queue_narrows_by_agency_and_the_next_case_stays_within_it(
    zhao: Client, cast: Cast, case: str
) -> None:
    assert case in text(zhao, f"/desk/doubts/?agency={cast.regulator.code}")
    assert case not in text(zhao, f"/desk/doubts/?agency={cast.bureau.code}")


def test_the_row_leads_to_its_case_and_the_morning_counts_the_queue(zhao: Client, case: str) -> None:
    row = UnlinkedRow.objects.get()

    assert case in text(zhao, f"/desk/unlinked/{row.id}/")
    assert case in text(zhao, "/desk/")
    assert case in text(zhao, "/desk/unlinked/")


def test_a_row_linked_again_after_its_undoing_is_held_for_another_look(
    zhao: Client, case: str, later: Callable[[], None]
) -> None:
    for act in (said("same"), {"act": "undo", "ground": "误判，撤销"}, said("same")):
        later()
        zhao.post(case, act)

    assert records() == ["2025"]
    assert Submission.objects.get().held == 1
    assert NAME in text(zhao, "/desk/held/")


def test_a_row_is_not_posted_to_who_was_absorbed_meanwhile(
    zhao: Client, wen: Client, lin: Client, case: str
) -> None:
    register(lin, (registration_number(region="990100", number=8), NAME))
    pair = Doubt.objects.get(row=None)
    zhao.post(f"/desk/doubts/{pair.id}/", said("same"))
    wen.post(f"/desk/doubts/{pair.id}/", {"act": "confirm", "ground": GROUND})
    absorbed = Merge.objects.get().absorbed_id
    doubt = Doubt.objects.create(
        id=uuid4(),
        row=UnlinkedRow.objects.get(),
        other_id=absorbed,
        reason="asked",
        score=1,
        found_at=clock.now(),
    )

    answer = zhao.post(f"/desk/doubts/{doubt.id}/", said("same", candidate=str(doubt.id))).content.decode()

    assert "已并入另一主体" in answer
    assert records() == ["2025"]


def test_what_the_record_had_replaced_stands_again_after_the_undoing(
    zhao: Client, lin: Client, case: str, later: Callable[[], None]
) -> None:
    """The firm's own 2024 stood already, under another spelling: linking replaced it."""
    later()
    send(lin, (FIRM, "示范甲机械有限责任公司", "2024", "示范市税务局"))
    later()
    zhao.post(case, said("same"))
    assert records() == ["2024", "2025"]
    assert UnlinkedRow.objects.get().submission.superseded == 1
    later()

    zhao.post(case, {"act": "undo", "ground": "误判，撤销"})

    assert records() == ["2024", "2025"]
    row = UnlinkedRow.objects.get()
    assert (row.state, row.submission.superseded) == ("open", 0)
