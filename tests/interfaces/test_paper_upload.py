"""Papers of a form are judged as they arrive; one left aside says why, and the rest of the form is read."""

import shutil
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import papers
import pytest
from cast import AT
from desk_cast import Cast, desk_cast
from django.conf import settings
from django.http import HttpRequest
from django.test import RequestFactory

from gongxin.interfaces.pages.papers import HandedIn, handed_in

BOUNDARY = "boundary"
FOLDER = Path(settings.GONGXIN_HOME) / "evidence"


@pytest.fixture(autouse=True)
def _empty_folder() -> Iterator[None]:
    shutil.rmtree(FOLDER, ignore_errors=True)
    yield
    shutil.rmtree(FOLDER, ignore_errors=True)


@pytest.fixture
def cast(db: None) -> Cast:
    return desk_cast()


def part(name: str, content: bytes) -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="evidence"; filename="{name}"\r\n\r\n'
    return head.encode() + content + b"\r\n"


def field(name: str, value: str) -> bytes:
    return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()


def arriving(cast: Cast, *parts: bytes) -> HttpRequest:
    body = b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
    request = RequestFactory().post("/x/", body, content_type=f"multipart/form-data; boundary={BOUNDARY}")
    request.user = cast.zhao
    return request


def handed(cast: Cast, *parts: bytes) -> HandedIn:
    return handed_in(arriving(cast, *parts), at=AT)


def test_papers_of_a_form_are_kept_sealed(cast: Cast) -> None:
    found = handed(cast, part("照片.png", papers.png()), part("决定书.pdf", papers.PLAIN_PDF.read_bytes()))

    assert [one.name for one in found.kept] == ["照片.png", "决定书.pdf"]
    assert not found.refused
    assert {path.name for path in FOLDER.iterdir()} == {one.id.hex for one in found.kept}


def test_one_refused_paper_sends_the_form_back_with_words(cast: Cast) -> None:
    found = handed(cast, part("a.png", papers.png()), part("../../x", b"MZ" + bytes(40)))

    (refused,) = found.refused
    assert (refused.name, found.kept) == ("x", [])
    assert refused.wrong == "这是程序或脚本，不是文件材料"
    assert "20 MB" in refused.rule
    assert refused.right


def test_two_hundred_megabytes_take_no_memory_and_the_form_is_read_on(cast: Cast) -> None:
    request = arriving(cast, part("large.pdf", b"%PDF-" + bytes(200 << 20)), field("reason", "留下的字"))
    tracemalloc.start()
    found = handed_in(request, at=AT)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert [one.wrong for one in found.refused] == ["文件超过 20 MB"]
    assert request.POST["reason"] == "留下的字"
    assert peak < 30 << 20
    assert list(FOLDER.iterdir()) == []


def test_the_eleventh_paper_is_left_aside_while_it_arrives(cast: Cast) -> None:
    found = handed(cast, *(part(f"{number}.png", papers.png()) for number in range(11)))

    assert [one.wrong for one in found.refused] == ["文件超过 10 件"]


def test_a_stranger_hands_in_nothing(cast: Cast) -> None:
    request = arriving(cast, part("a.png", papers.png()))
    del request.user

    assert handed_in(request, at=AT) == HandedIn([], [])
    assert not FOLDER.exists()


def test_an_upload_cut_off_on_the_way_leaves_nothing(cast: Cast) -> None:
    request = arriving(cast, part("a.pdf", bytes(3 << 20))[: -(1 << 20)])

    assert handed_in(request, at=AT).kept == []
    assert list(FOLDER.iterdir()) == []
