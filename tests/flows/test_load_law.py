"""An office's own edition of the catalogue comes into force once it is approved, on a day to come."""

from datetime import UTC, date, datetime, timedelta

import pytest
from cast import AT, OPERATOR, ZHAO
from django.db import DatabaseError, transaction
from own_edition import own_edition, shorter_offices, text_of

from gongxin.core.catalogue_edition import PACKAGED
from gongxin.core.law_check import EditionRefused
from gongxin.core.legal_day import legal_day
from gongxin.flows.load_law import (
    AlreadyActivated,
    NameInForce,
    NoGround,
    NotApproved,
    NotToCome,
    ReachesBack,
    activate_edition,
    load_edition,
    load_packaged_law,
    withdraw_edition,
)
from gongxin.registry.audit.models import AuditEvent
from gongxin.registry.catalogue.editions import (
    Standing,
    UnknownEdition,
    edition_before,
    editions,
    standing_of,
)
from gongxin.registry.catalogue.models import ClassDocument, Edition
from gongxin.registry.catalogue.queries import active_edition

pytestmark = pytest.mark.django_db

AWARD = text_of("honour").replace("id: honour", "id: award")
MERGES_OF_MERGES = "a0: &a0 {k: v}\n" + "".join(
    f"a{step}: &a{step} {{<<: [{', '.join([f'*a{step - 1}'] * 10)}]}}\n" for step in range(1, 12)
)
TODAY = legal_day(AT)
TOMORROW = TODAY + timedelta(days=1)


def loaded(**described: object) -> Edition:
    return load_edition(documents=own_edition(**described), actor=ZHAO, at=AT)  # type: ignore[arg-type]


def activated(edition: Edition) -> Edition:
    return activate_edition(number=edition.number, ground="按豫示例〔2026〕1号", actor=ZHAO, at=AT)


@pytest.mark.parametrize("status", ["draft", "expert-review", "public-comment"])
def test_what_is_not_yet_approved_stays_out_of_force_even_under_a_number(status: str) -> None:
    edition = loaded(status=status, approval_number="1")

    with pytest.raises(NotApproved):
        activated(edition)


def test_an_approved_edition_comes_into_force_whatever_its_number_is_made_of() -> None:
    edition = loaded(approval_number="豫示例文第一号")

    assert activated(edition).activated_at == AT
    event = AuditEvent.objects.get(action="edition.activated", actor=ZHAO.name)
    assert event.detail == {"number": edition.number, "ground": "按豫示例〔2026〕1号"}


def test_it_holds_from_its_day_on_and_not_before() -> None:
    packaged = load_packaged_law(actor=OPERATOR, at=AT)
    edition = activated(loaded(in_force_from=TOMORROW))

    assert active_edition(on=TODAY).number == packaged.number
    assert active_edition(on=TOMORROW).number == edition.number
    assert {one.edition.number: one.standing for one in editions(on=TODAY)} == {
        packaged.number: Standing.IN_FORCE,
        edition.number: Standing.TO_COME,
    }
    assert editions(on=TOMORROW)[1].standing is Standing.REPLACED


@pytest.mark.parametrize("day", [TODAY, date(2026, 4, 1)])
def test_an_edition_that_reaches_into_today_or_further_back_is_refused_before_it_is_kept(day: date) -> None:
    with pytest.raises(EditionRefused) as refused:
        loaded(in_force_from=day)

    [finding] = refused.value.findings
    assert (finding.where, TOMORROW.isoformat() in finding.problem.zh) == (
        "edition.yaml: edition.in_force_from",
        True,
    )
    assert not Edition.objects.exclude(approval=PACKAGED).exists()
    assert loaded(in_force_from=TOMORROW).number.startswith("henan-2027+")  # its name is not used up


def test_a_draft_may_name_a_day_gone_by() -> None:
    assert loaded(status="draft", in_force_from=TODAY).activated_at is None


def test_a_day_that_came_before_anybody_activated_it_is_said_and_refused() -> None:
    edition, late = loaded(in_force_from=TOMORROW), AT + timedelta(days=1)

    assert standing_of(edition, on=TODAY) is Standing.LOADED
    assert standing_of(edition, on=TOMORROW) is Standing.OVERTAKEN
    with pytest.raises(ReachesBack) as refused:
        activate_edition(number=edition.number, ground="按豫示例〔2026〕1号", actor=ZHAO, at=late)
    assert (TOMORROW + timedelta(days=1)).isoformat() in refused.value.message.zh
    assert load_edition(documents=own_edition(in_force_from=TOMORROW), actor=ZHAO, at=late).id == edition.id


@pytest.mark.parametrize("ground", ["", "  好 ", "字" * 201, "见13812345678的来信"])
def test_an_edition_is_activated_with_its_ground_or_not_at_all(ground: str) -> None:
    edition = loaded()

    with pytest.raises(NoGround):
        activate_edition(number=edition.number, ground=ground, actor=ZHAO, at=AT)


def test_an_activation_is_taken_back_before_its_day_and_stays_on_the_books() -> None:
    packaged = load_packaged_law(actor=OPERATOR, at=AT)
    edition = activated(loaded(in_force_from=TOMORROW))

    withdrawn = withdraw_edition(number=edition.number, ground="日期有误，另行启用", actor=ZHAO, at=AT)

    assert standing_of(withdrawn, on=TOMORROW) is Standing.WITHDRAWN
    assert (withdrawn.activated_at, withdrawn.withdrawn_by) == (AT, ZHAO.written)
    assert active_edition(on=TOMORROW).number == packaged.number
    assert AuditEvent.objects.get(action="edition.withdrawn").detail["ground"] == "日期有误，另行启用"
    with pytest.raises(AlreadyActivated):
        activated(edition)
    mended = activated(loaded(in_force_from=TOMORROW + timedelta(days=1)))
    assert mended.number.partition("+")[0] == edition.number.partition("+")[0]


def test_what_holds_or_was_never_activated_is_not_withdrawn() -> None:
    waiting, held = loaded(), activated(loaded(id="henan-2028", in_force_from=TOMORROW))

    for edition, at in ((waiting, AT), (held, AT + timedelta(days=1))):
        with pytest.raises(NotToCome):
            withdraw_edition(number=edition.number, ground="日期有误", actor=ZHAO, at=at)
    with pytest.raises(NoGround):
        withdraw_edition(number=held.number, ground="", actor=ZHAO, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(id=waiting.id).update(withdrawn_at=AT)


def test_what_it_changes_is_told_against_the_eve_of_its_day() -> None:
    packaged = load_packaged_law(actor=OPERATOR, at=AT)
    first = activated(loaded(in_force_from=TOMORROW))

    assert edition_before(TOMORROW) == (packaged.id, packaged.number)
    assert edition_before(TOMORROW + timedelta(days=1)) == (first.id, first.number)
    assert edition_before(date(2026, 4, 1)) is None


def test_a_later_packaged_edition_gives_way_to_the_offices_own() -> None:
    load_packaged_law(actor=OPERATOR, at=AT)
    edition = activated(loaded(in_force_from=TOMORROW))
    later = {"approval": "packaged", "in_force_on": date(2028, 1, 1), "loaded_at": AT, "activated_at": AT}
    Edition.objects.create(id="0" * 31 + "1", number="packaged-2028", loaded_by="tests", **later)

    assert active_edition(on=date(2028, 6, 1)).number == edition.number


def test_an_edition_is_activated_once() -> None:
    edition = activated(loaded())

    with pytest.raises(AlreadyActivated):
        activated(edition)


def test_an_edition_nobody_loaded_is_not_activated() -> None:
    with pytest.raises(UnknownEdition):
        activate_edition(number="henan-2030", ground="按批准文号", actor=ZHAO, at=AT)


def test_the_same_documents_again_are_the_same_edition() -> None:
    assert loaded().id == loaded().id
    assert AuditEvent.objects.filter(action="edition.loaded", actor=ZHAO.name).count() == 1


def test_one_name_never_stands_for_two_texts_that_were_activated() -> None:
    first, second = loaded(), loaded(approval_number="豫示例〔2026〕2号")
    activated(second)

    with pytest.raises(NameInForce):
        activated(first)
    with pytest.raises(EditionRefused, match="with another text was activated before"):
        loaded(approval_number="豫示例〔2026〕3号")


def test_a_draft_is_followed_by_the_text_that_was_approved() -> None:
    draft, approved = loaded(status="public-comment"), loaded()

    assert draft.number != approved.number
    assert activated(approved).in_force_on.isoformat() == "2026-12-01"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"status": "packaged"}, "Only the edition that comes with the product"),
        ({"approval_number": ""}, "approving body and a number"),
        ({"id": "河南"}, "Letters, digits"),
        ({"approval_number": "豫示例\x00〔2026〕1号"}, "control characters"),
        ({"in_force_from": datetime(2026, 12, 1, tzinfo=UTC)}, "A day is expected"),
        ({"classes": {"inspection": "id: inspection\n"}}, "inspection.yaml"),
        ({"classes": {"honour": "id: [honour\n"}}, "not YAML"),
        ({"classes": {"honour": "- honour\n"}}, "A mapping is expected"),
        ({"classes": {"honour": "[" * 200_000}}, "levels deep"),
        ({"classes": {"honour": "- " * 100_000}}, "levels deep"),
        ({"classes": {"honour": MERGES_OF_MERGES}}, "<< is not used"),
        ({"classes": {"honour": AWARD}}, "must be the file's name"),
        ({"classes": {"honour": text_of("honour").replace("zh: 荣誉名称,", "zh: 宗教荣誉,")}}, "(religion)"),
        ({"classes": {"penalty": text_of("penalty").replace("S-CFF", "S-NO", 1)}}, "S-NO"),
        ({"classes": {"award": AWARD}}, "no limit to publish award"),
        ({"classes": {"award": AWARD}}, "no end for award"),
        ({"classes": {"honour": text_of("honour") + "# 110101199003074514\n"}}, "person's number"),
    ],
)  # fmt: skip
def test_a_faulty_edition_is_refused_and_nothing_is_kept(given: dict[str, object], words: str) -> None:
    with pytest.raises(EditionRefused) as refused:
        loaded(**given)

    assert words in str(refused.value)
    assert not Edition.objects.exclude(approval=PACKAGED).exists()


def test_the_faults_of_every_file_are_told_at_once() -> None:
    faulty = {"honour": "id: [honour\n", "tax-a-level": "- x\n"}

    with pytest.raises(EditionRefused) as refused:
        loaded(classes=faulty, status="packaged")

    assert {one.where.split(":")[0] for one in refused.value.findings} == {
        "honour.yaml",
        "tax-a-level.yaml",
        "edition.yaml",
    }


def test_a_class_and_the_edition_must_name_each_other() -> None:
    documents = own_edition()
    del documents["honour.yaml"]

    with pytest.raises(EditionRefused, match="differ about honour"):
        load_edition(documents=documents, actor=ZHAO, at=AT)


def test_an_edition_needs_its_document() -> None:
    documents = own_edition()
    del documents["edition.yaml"]

    with pytest.raises(EditionRefused, match="edition document is missing"):
        load_edition(documents=documents, actor=ZHAO, at=AT)


def test_the_text_of_a_class_never_changes_once_loaded() -> None:
    loaded(classes={"tax-a-level": shorter_offices()})

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ClassDocument.objects.filter(class_id="tax-a-level").update(text="")
