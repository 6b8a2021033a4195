"""1,200 texts with numbers and homes of persons go in by every door; none can be read at any way out."""

import io
import logging
import sys
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from cast import firm_code
from django.core.signals import got_request_exception
from django.http import HttpRequest
from homes import own_home
from leaks.corpus import Planted, corpus
from leaks.doors import House, bring_in, house, names_of_files
from leaks.ways_out import PAPER_READER, Needles, leaves, write_letters
from sending import csv_of, penalty, sent

from gongxin.core import letters
from gongxin.core.leaks import holds_personal_number
from gongxin.engine import plan, suspicions
from gongxin.flows import submit
from gongxin.interfaces.pages import leak_gate
from gongxin.registry.accounts.models import Agency
from gongxin.registry.letters.models import Letter


@pytest.fixture
def folder(django_db_blocker: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with django_db_blocker.unblock(), own_home() as made:
        monkeypatch.setattr(tempfile, "tempdir", str(made / "tmp"))
        yield made


@pytest.fixture
def log(folder: Path) -> Iterator[io.StringIO]:
    """What the product's own handler writes, down to the last detail."""
    written, root = io.StringIO(), logging.getLogger()
    handler = next(one for one in root.handlers if type(one) is logging.StreamHandler)
    before, level = handler.setStream(written), root.level
    root.setLevel(logging.DEBUG)
    yield written
    root.setLevel(level)
    handler.setStream(before)


@pytest.fixture
def broke() -> Iterator[list[str]]:
    """What a page raised and did not answer: a 500 alone may be the gate's own."""
    said: list[str] = []

    def hear(request: HttpRequest, **_: object) -> None:
        said.append(f"{request.method} {request.path}: {sys.exc_info()[1]!r}")

    got_request_exception.connect(hear)
    yield said
    got_request_exception.disconnect(hear)


def test_the_corpus_is_a_thousand_texts_each_with_something_to_hide() -> None:
    texts = corpus()

    assert len({planted.text for planted in texts}) == len({one.needle for one in texts}) == 1_200
    assert [planted for planted in texts if not holds_personal_number(planted.text)] == []


def test_nothing_of_a_person_leaves_by_any_way(folder: Path, log: io.StringIO, broke: list[str]) -> None:
    texts = corpus()
    platform = house()

    bring_in(platform, texts)

    (folder / "log").write_text(log.getvalue(), "utf-8")
    found = leaves(platform, Needles(texts), folder)
    assert found == [], "\n".join(found)
    assert broke == [], "\n".join(broke)


def test_a_gate_turned_off_at_one_door_is_noticed(
    folder: Path, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts, platform = corpus()[:12], house()
    monkeypatch.setattr(submit, "mask_personal_numbers", lambda text: text)

    bring_in(platform, texts, doors=[names_of_files])

    found = leaves(platform, Needles(texts), folder, readers=["lin"])
    assert any(said.startswith("lin at /desk/submissions/:") for said in found)
    assert any(said.startswith("table intake_submission:") for said in found)


def test_a_letter_about_what_passed_every_gate_has_stars_for_it(
    folder: Path, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform, texts = house(), corpus()[:36]
    overdue_past_the_gates(platform, texts, monkeypatch)
    stopped = read_in_letters(platform, Needles(texts))
    monkeypatch.setattr(letters, "mask_personal_numbers", lambda text: text)

    found = read_in_letters(platform, Needles(texts))

    assert stopped == set()
    assert found == {"kept", "docx", *(["pdf"] if PAPER_READER else [])}


def read_in_letters(platform: House, needles: Needles) -> set[str]:
    """Return where something can be read in the letters Zhao writes: as kept, as Word, as PDF."""
    write_letters(platform)
    newest = list(Letter.objects.order_by("-number")[:2])
    zhao, found = platform.client("zhao"), {"kept" for one in newest if needles.in_text(str(one.paper))}
    for one, kind in product(newest, ("docx", "pdf")):
        if needles.in_bytes(zhao.get(f"/desk/letters/{one.id}.{kind}").content):
            found.add(kind)
    return found


def overdue_past_the_gates(platform: House, texts: list[Planted], monkeypatch: pytest.MonkeyPatch) -> None:
    """This will post overdue records with a text as the firm's name, as the number, and as the agency's."""
    named = [
        penalty(CF_XDR_SHXYM=firm_code(place), CF_XDR_MC=f"{one.text}商贸有限公司", CF_WSH=f"甲{place}号")
        for place, one in enumerate(texts)
    ]
    waiting = [
        row | {"CF_XDR_MC": "远山宾馆集团股份公司", "CF_WSH": one.text}
        for row, one in zip(named, texts, strict=True)
    ]
    with monkeypatch.context() as off:
        off.setattr(suspicions, "holds_personal_number", lambda text: False)
        off.setattr(plan, "_compiled", plan._compiled.__wrapped__)  # what was compiled with the gate is kept
        for rows in (named, waiting):
            sent(csv_of(*rows), agency=platform.cast.bureau)
    Agency.objects.filter(id=platform.cast.bureau.id).update(name=texts[0].text)


def test_a_gate_turned_off_at_the_way_out_is_noticed(
    folder: Path, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform, planted = house(), next(one for one in corpus() if one.kind == "mobile")
    sent(csv_of(penalty()), agency=platform.cast.bureau)
    Agency.objects.update(telephone=planted.needle)
    stopped = seen_by_a_stranger(platform, planted, folder)
    monkeypatch.setattr(leak_gate, "holds_personal_number", lambda text: False)

    found = seen_by_a_stranger(platform, planted, folder)

    assert stopped == []
    assert any(said.startswith("stranger at /subjects/…/:") for said in found), "\n".join(found)


def seen_by_a_stranger(platform: House, planted: Planted, folder: Path) -> list[str]:
    found = leaves(platform, Needles([planted]), folder, readers=[""])
    return [one for one in found if one.startswith("stranger")]
