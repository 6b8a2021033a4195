"""Papers lie sealed, belong to one case, are erased if none takes them; whoever opens one is written down."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import papers
import pytest
from cast import AT, QIAO, ZHAO
from django.conf import settings
from sending import csv_of, penalty, sent

from gongxin.core.cases import Entry, Party, Who
from gongxin.core.cases.kinds import number_in_words
from gongxin.core.evidence import Fault, RefusedFile
from gongxin.core.looks import Looker
from gongxin.flows.evidence import (
    CaseClosed,
    add_evidence,
    fault_of_evidence,
    keep_evidence,
    open_evidence,
    seal_paper,
)
from gongxin.flows.objection import object_to
from gongxin.flows.open_case import Asked, NewEvidence, NewPoint
from gongxin.registry.audit.models import Look
from gongxin.registry.cases.models import Case, Evidence
from gongxin.registry.cases.papers import PaperGone, erase_abandoned_papers, path_of
from gongxin.registry.cases.queries import NoSuchCase
from gongxin.registry.ledger.models import Entry as Version
from gongxin.registry.sealing import SealingWriter
from gongxin.registry.subjects.queries import subject_of_code

pytestmark = pytest.mark.django_db
FOLDER = Path(settings.GONGXIN_HOME) / "evidence"
COUNTER = Who(ZHAO, Party.CENTRE)
PNG = papers.png()


@pytest.fixture(autouse=True)
def _empty_folder() -> Iterator[None]:
    shutil.rmtree(FOLDER, ignore_errors=True)
    yield
    shutil.rmtree(FOLDER, ignore_errors=True)


def sealed(content: bytes) -> SealingWriter:
    found = seal_paper([content])
    assert isinstance(found, SealingWriter)
    return found


def kept(content: bytes = PNG, name: str = "照片.png") -> NewEvidence:
    found = keep_evidence(sealed(content), name=name, at=AT)
    assert isinstance(found, NewEvidence)
    return found


def case_with(*evidence: NewEvidence) -> Case:
    sent(csv_of(penalty()))
    subject_id = subject_of_code(QIAO, at=AT)
    assert subject_id is not None
    asked = Asked(Version.objects.get().record_id, "correct", (NewPoint("CF_NR_FK", claimed="0.2"),))
    return object_to(
        subject_id=subject_id, asked=[asked], form_id=uuid4(), entry=Entry.COUNTER, statement="",
        evidence=evidence, who=COUNTER, at=AT,
    )  # fmt: skip


def test_a_paper_is_kept_sealed_and_opens_as_it_came() -> None:
    case = case_with(kept())
    row = Evidence.objects.get()

    with open_evidence(case=case, evidence_id=row.id, looker=None, at=AT).stream as stream:
        assert stream.read() == PNG
    assert (row.name, row.media_type, row.size_bytes) == ("照片.png", "image/png", len(PNG))
    assert PNG[:16] not in path_of(row.id).read_bytes()


def test_a_program_is_refused_and_nothing_of_it_stays() -> None:
    assert keep_evidence(sealed(b"MZ" + bytes(99)), name="../../x", at=AT) == RefusedFile("x", Fault.PROGRAM)
    assert list(FOLDER.iterdir()) == []


def test_two_hundred_megabytes_are_refused_while_they_arrive() -> None:
    taken = 0

    def arriving() -> Iterator[bytes]:
        nonlocal taken
        for _ in range(200):
            taken += 1
            yield bytes(1 << 20)

    assert seal_paper(arriving()) is Fault.TOO_LARGE
    assert taken == 21
    assert list(FOLDER.iterdir()) == []


def test_an_opening_by_staff_is_a_look_and_one_by_the_applicant_is_none() -> None:
    case = case_with(kept())
    row = Evidence.objects.get()

    open_evidence(case=case, evidence_id=row.id, looker=None, at=AT).stream.close()
    assert not Look.objects.exists()
    open_evidence(case=case, evidence_id=row.id, looker=Looker(ZHAO, role="officer"), at=AT).stream.close()

    (look,) = Look.objects.all()
    assert (look.subject_id, look.purpose) == (case.subject_id, "case.evidence")
    assert look.case_number == number_in_words(case.kind, case.year, case.number)


def test_a_paper_of_another_case_is_not_opened() -> None:
    case = case_with(kept())

    with pytest.raises(NoSuchCase):
        open_evidence(case=case, evidence_id=uuid4(), looker=None, at=AT)


def test_a_paper_cut_short_on_the_disk_is_not_handed_out() -> None:
    case = case_with(kept(papers.PLAIN_PDF.read_bytes(), "a.pdf"))
    row = Evidence.objects.get()
    path_of(row.id).write_bytes(path_of(row.id).read_bytes()[:-20])

    with pytest.raises(PaperGone):
        open_evidence(case=case, evidence_id=row.id, looker=None, at=AT)


def test_papers_of_no_case_are_erased_after_a_while_and_others_stay() -> None:
    case_with(kept())
    mine, forgotten, arriving = Evidence.objects.get().id, kept().id, sealed(PNG).path
    for path in FOLDER.iterdir():
        os.utime(path, (0, 0))
    young = kept().id

    assert erase_abandoned_papers(older_than_seconds=3600, now_seconds=time.time()) == 2
    assert {path.name for path in FOLDER.iterdir()} == {mine.hex, young.hex}
    assert not path_of(forgotten).exists()
    assert not arriving.exists()


def test_a_paper_is_added_while_the_case_is_open_and_not_after() -> None:
    case = case_with()
    add_evidence(case=case, evidence=[kept()], who=COUNTER, at=AT)
    assert Evidence.objects.count() == 1

    Case.objects.update(closed_at=AT)
    with pytest.raises(CaseClosed):
        add_evidence(case=case, evidence=[kept()], who=COUNTER, at=AT)


def test_the_eleventh_paper_of_a_case_is_one_too_many() -> None:
    case = case_with(*(kept() for _ in range(10)))

    assert fault_of_evidence([kept()], case=case) is Fault.TOO_MANY
