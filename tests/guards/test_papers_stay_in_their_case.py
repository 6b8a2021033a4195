"""R14: papers handed in are never public, and in no feed, report or open file.

Two proofs: only few modules can reach the bytes or the rows of papers at all, none of them public; and no
address that a stranger or a partner's system can open says so much as a paper's name.
"""

import re
from collections.abc import Iterator
from uuid import uuid4

import papers
import pytest
from cast import AT, QIAO, ZHAO
from django.test import Client
from django.urls import get_resolver
from guards.source_tree import REPO
from leaks.ways_out import plain_routes
from sending import csv_of, penalty, sent

from gongxin.core.cases import Entry, Party, Who
from gongxin.core.policy import POLICY, Role
from gongxin.flows.evidence import keep_evidence, seal_paper
from gongxin.flows.objection import object_to
from gongxin.flows.open_case import Asked, NewEvidence, NewPoint
from gongxin.registry.cases.models import Evidence
from gongxin.registry.ledger.models import Entry as Version
from gongxin.registry.sealing import SealingWriter
from gongxin.registry.subjects.queries import subject_of_code

SOURCE = REPO / "src" / "gongxin"
REACHES = re.compile(
    r"registry\.cases\.papers|flows\.evidence|pages\.papers|evidence_of|open_evidence"
    r"|cases\.models import [^\n]*\bEvidence\b"
)
# What may reach papers: the procedures of cases, and the places of those who have part in one.
MAY = re.compile(
    r"flows/|registry/cases/|interfaces/(?:desk/|site/my/|pages/papers\.py|sealed_upload\.py|jobs/worker\.py|commands/)"
)
NAME = "绝不公开的材料"


def modules_that_reach_papers() -> set[str]:
    found = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts and REACHES.search(path.read_text("utf-8"))
    }
    return {name for name in found if not MAY.match(name)}


def test_no_public_module_can_reach_a_paper() -> None:
    assert modules_that_reach_papers() == set()


def test_the_guard_sees_a_planted_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    assert REACHES.search("from gongxin.registry.cases.queries import case_of, evidence_of")
    assert REACHES.search("from gongxin.registry.cases.models import Case, Evidence")
    assert not MAY.match("interfaces/api/public_v1/endpoints.py")
    assert not MAY.match("interfaces/site/records.py")


def test_no_action_on_cases_is_for_everyone() -> None:
    assert not [
        action for action in ("case.read", "case.read-own", "case.decide") if Role.PUBLIC in POLICY[action]
    ]


@pytest.mark.django_db
def test_no_address_a_stranger_can_open_names_a_paper() -> None:
    view = Version.objects.get(record_id=case_with_a_paper())
    row = Evidence.objects.get()
    told = (NAME, row.id.hex, str(row.id), row.digest)
    for address in addresses(view):
        answer = Client().get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = body.decode("utf-8", "replace") + str(answer.headers)
        assert not [one for one in told if one in text and one not in address], address


def case_with_a_paper() -> str:
    sent(csv_of(penalty()))
    subject_id = subject_of_code(QIAO, at=AT)
    assert subject_id is not None
    record_id = Version.objects.get().record_id
    writer = seal_paper([papers.png()])
    assert isinstance(writer, SealingWriter)
    kept = keep_evidence(writer, name=f"{NAME}.png", at=AT)
    assert isinstance(kept, NewEvidence)
    object_to(
        subject_id=subject_id, asked=[Asked(record_id, "correct", (NewPoint("CF_NR_FK", claimed="0.2"),))],
        form_id=uuid4(), entry=Entry.COUNTER, statement="", evidence=[kept],
        who=Who(ZHAO, Party.CENTRE), at=AT,
    )  # fmt: skip
    return str(record_id)


def addresses(view: Version) -> Iterator[str]:
    """Yield every address of the table that needs nothing, and of the subject, its record, its case."""
    yield from (f"/{route}" for route in plain_routes(get_resolver().url_patterns))
    subject = f"subjects/{view.subject_id}"
    for start in ("/", "/api/v1/"):
        yield from (f"{start}{subject}/{rest}" for rest in ("", "records", f"records/{view.record_id}/"))
        yield f"{start}search?q=示范"
    yield f"/{subject}/{view.class_id}/"
    yield "/api/v1/records/newest?class=penalty"
    row = Evidence.objects.get()
    yield from (f"/{place}/cases/{row.case_id}/papers/{row.id}/" for place in ("desk", "my"))
    yield f"/evidence/{row.id.hex}"
