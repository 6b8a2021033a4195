"""What may be one is found and waits for a person; nothing is linked, and a valid code that differs bars."""

from datetime import timedelta
from uuid import uuid4

import pytest
from cast import AT, QIAO, QIAO_NAME, firm_code
from sending import csv_of, penalty, sent

from gongxin.core.demonstration.codes import registration_number
from gongxin.core.ledger import canonical_content
from gongxin.flows import find_doubts
from gongxin.flows.find_doubts import find_some, pair_namesakes
from gongxin.registry.intake.models import UnlinkedRow
from gongxin.registry.ledger.models import Entry
from gongxin.registry.subjects.doubts import write_namesakes
from gongxin.registry.subjects.models import Doubt, Identifier, NamesCompared, Subject
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=2)
OLD_NUMBER = registration_number(region="990101", number=77)
NO_NUMBER = "410105123456789"  # well written, and nobody's code


def never(row_id: object, failure: Exception) -> None:
    raise failure


def found(*, at=AT):
    """Return what is found once all was looked through: reason, row's name or subject, other's code."""
    while find_some(at=at, failed=never):
        pass
    return [
        (one.reason, one.row.name if one.row else one.subject_id, one.other_id)
        for one in Doubt.objects.order_by("id")
    ]


def taxpayers(*rows: tuple[str, str]):
    """Send taxpayers, the class in which any taxpayer number is taken: number and name."""
    lines = [f"{number},{name},2025,示范市税务局" for number, name in rows]
    return sent(
        "\n".join(["纳税人识别号,纳税人名称,评价年度,税务机关", *lines]).encode(), class_id="tax-a-level"
    )


def registered(*rows: tuple[str, str], category: str = "企业", operator: str = ""):
    """Send registrations under numbers from before the unified code: number and name."""
    lines = [f"{name},{category},{number},{operator}" for number, name in rows]
    header = "机构名称,主体类别,工商注册号,法定代表人/负责人/执行事务合伙人"
    return sent("\n".join([header, *lines]).encode(), class_id="registration")


def qiao():
    return subject_of_code(QIAO, at=AT)


def damaged(code: str, at: int = 10) -> str:
    return code[:at] + ("8" if code[at] != "8" else "B") + code[at + 1 :]


def test_a_row_without_a_code_waits_beside_the_firm_of_its_name_and_nothing_is_linked() -> None:
    sent(csv_of(penalty()))
    taxpayers((NO_NUMBER, QIAO_NAME))

    assert found() == [("same-name", QIAO_NAME, qiao())]
    assert Entry.objects.count() == 1
    assert UnlinkedRow.objects.get().state == "open"


def test_a_name_written_otherwise_is_alike_and_another_brand_is_nothing() -> None:
    sent(csv_of(penalty()))
    taxpayers((NO_NUMBER, "示范乔木机械有限责任公司"), ("410105123456780", "示范乔林机械有限公司"))

    assert [one[:2] for one in found()] == [("like-name", "示范乔木机械有限责任公司")]


def test_a_code_with_one_damaged_character_proposes_its_bearer_if_the_name_agrees() -> None:
    sent(csv_of(penalty()))
    taxpayers((damaged(QIAO), QIAO_NAME), (damaged(QIAO, 9), "示范远山宾馆有限公司"))

    assert found() == [("damaged-code", QIAO_NAME, qiao())]


def test_a_damaged_code_proposes_nobody_whom_a_valid_code_beside_it_excludes() -> None:
    submission = sent(csv_of(penalty()))
    sent_as = {"CF_XDR_SHXYM": damaged(QIAO), "CF_XDR_ZZJG": firm_code(3)[8:17], "CF_XDR_MC": QIAO_NAME}
    UnlinkedRow.objects.create(
        id=uuid4(), submission_id=submission.id, row=9, row_key="9", class_id="penalty", name=QIAO_NAME,
        content=canonical_content(sent_as), reason="no-code",
    )  # fmt: skip

    assert found() == []


def test_who_bears_another_valid_code_is_never_offered_whatever_the_name() -> None:
    """The row's organisation code and the firm's unified code are both valid, and differ."""
    sent(
        csv_of(penalty(), penalty(CF_XDR_SHXYM=firm_code(2), CF_XDR_MC=QIAO_NAME, CF_WSH="示环罚〔2026〕2号"))
    )
    taxpayers((f"990101{firm_code(3)[8:17]}", QIAO_NAME))

    assert UnlinkedRow.objects.count() == 1
    assert found() == []


def test_the_planted_fault_of_a_finder_that_does_not_ask_the_codes_is_caught(monkeypatch) -> None:
    monkeypatch.setattr(find_doubts, "corroborate", lambda *_: ())
    sent(csv_of(penalty()))
    taxpayers((f"990101{firm_code(3)[8:17]}", QIAO_NAME))

    assert found() != []


def test_an_offer_is_let_go_once_a_code_has_answered_it() -> None:
    registered((OLD_NUMBER, QIAO_NAME))
    taxpayers((f"990101{firm_code(3)[8:17]}", QIAO_NAME))
    assert [one[0] for one in found()] == ["same-name"]

    Identifier.objects.create(subject=Subject.objects.get(), scheme="unified", value=QIAO, from_at=AT)

    assert found(at=LATER) == []


@pytest.mark.parametrize("name", ["林甲乙", "张*", "个体工商户林甲乙", "林甲乙（个体工商户）"])
def test_a_name_that_may_be_a_persons_is_not_looked_for(name: str) -> None:
    sent(csv_of(penalty()))
    UnlinkedRow.objects.create(**_row_like(name))

    assert found() == []
    assert UnlinkedRow.objects.get().sought_at == AT


@pytest.mark.parametrize(
    "name", ["", " ", "😀", "有限公司", "公" * 200, "(", '"', "བོད་ལྗོངས་ཀུང་སི", "示范市", "\u202e公司"]
)
def test_a_strange_name_is_looked_for_and_found_nowhere(name: str) -> None:
    sent(csv_of(penalty()))
    UnlinkedRow.objects.create(**_row_like(name))

    assert found() == []


def _row_like(name: str):
    submission = taxpayers((NO_NUMBER, "示范远山宾馆有限公司"))
    row = UnlinkedRow.objects.get()
    kept = {one.attname: getattr(row, one.attname) for one in UnlinkedRow._meta.fields}
    UnlinkedRow.objects.all().delete()
    return {**kept, "name": name, "submission_id": submission.id}


def test_a_row_is_sought_again_a_day_later_and_then_finds_who_came_meanwhile() -> None:
    taxpayers((NO_NUMBER, QIAO_NAME))
    assert found() == []
    sent(csv_of(penalty()))

    assert found(at=AT + timedelta(hours=2)) == []
    assert found(at=LATER) == [("same-name", QIAO_NAME, qiao())]


def test_a_row_whose_record_is_in_the_way_is_not_sought() -> None:
    sent(csv_of(penalty()))
    taxpayers((NO_NUMBER, QIAO_NAME))
    UnlinkedRow.objects.update(reason="another-agencys-record")

    assert found() == []


def test_at_most_three_are_offered_the_likest_first() -> None:
    like = ("示范乔木机械有限公司", "乔木机械有限公司", "示范乔木机械有限责任公司", "示范乔木机械公司")
    rows = [
        penalty(CF_XDR_SHXYM=firm_code(at), CF_XDR_MC=name, CF_WSH=f"示环罚〔2026〕{at}号")
        for at, name in enumerate(like)
    ]
    sent(csv_of(*rows))
    taxpayers((NO_NUMBER, QIAO_NAME))

    assert len(found()) == 3
    likest = Doubt.objects.order_by("-score")[0]
    assert (likest.reason, likest.score) == ("same-name", 1.0)


def test_two_subjects_of_one_name_are_paired_once_if_their_codes_allow_it() -> None:
    registered((OLD_NUMBER, QIAO_NAME))
    sent(csv_of(penalty(CF_WSH="示环罚〔2026〕99号")))

    first, second = sorted(Subject.objects.values_list("id", flat=True))
    assert found() == [("same-name", first, second)]
    assert found(at=LATER) == [("same-name", first, second)]
    assert pair_namesakes(at=LATER) is False


def test_two_unified_codes_make_two_organisations_of_one_name() -> None:
    sent(csv_of(penalty(), penalty(CF_XDR_SHXYM=firm_code(2), CF_WSH="示环罚〔2026〕2号")))

    assert Subject.objects.count() == 2
    assert found() == []


def test_a_name_that_very_many_bear_pairs_nobody() -> None:
    numbers = [registration_number(region="990101", number=at) for at in range(9)]
    registered(*((number, QIAO_NAME) for number in numbers))

    assert Subject.objects.count() == 9
    assert found() == []


def test_individual_businesses_that_bear_a_persons_name_pair_nobody() -> None:
    numbers = [registration_number(region="990101", number=60_000_000 + at) for at in range(2)]
    registered(*((number, "林甲乙") for number in numbers), category="个体工商户", operator="林甲乙")

    assert Subject.objects.count() == 2
    assert found() == []


def test_names_are_gone_through_in_turns_and_another_workers_turn_is_left_to_it() -> None:
    registered((OLD_NUMBER, QIAO_NAME))
    sent(csv_of(penalty(CF_WSH="示环罚〔2026〕99号")))

    assert pair_namesakes(at=AT, most=1)
    assert NamesCompared.objects.get().through == 1
    write_namesakes([], after=0, through=2, at=AT)  # of a worker that began before this turn was over
    assert NamesCompared.objects.get().through == 1
    assert pair_namesakes(at=AT, most=1)
    assert (NamesCompared.objects.get().through, Doubt.objects.count()) == (2, 1)


def test_a_row_that_breaks_the_search_rests_and_the_others_are_sought(monkeypatch) -> None:
    sent(csv_of(penalty()))
    taxpayers((NO_NUMBER, "示范远山宾馆有限公司"), ("410105123456780", QIAO_NAME))
    broken, seek = [], find_doubts.candidates

    def breaking(name, **more):
        if "远山" in name:
            raise ValueError(name)
        return seek(name, **more)

    monkeypatch.setattr(find_doubts, "candidates", breaking)
    find_some(at=AT, failed=lambda row_id, failure: broken.append(row_id))

    assert len(broken) == 1
    assert Doubt.objects.count() == 1
    assert not UnlinkedRow.objects.filter(sought_at=None).exists()
