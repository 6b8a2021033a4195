"""An uploaded file lies sealed from its first byte; whatever interrupts it, nothing of it stays."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_cast import Cast, desk_cast
from django.conf import settings
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import Settings

from gongxin.interfaces.sealed_upload import NO_ROOM, TOO_LARGE, sealed_file, upload_refusal
from gongxin.registry.sealing import SealingWriter, open_sealed

BOUNDARY = "boundary"
SPOOL = Path(settings.GONGXIN_HOME) / "spool"


@pytest.fixture(autouse=True)
def _empty_spool() -> Iterator[None]:
    shutil.rmtree(SPOOL, ignore_errors=True)
    yield
    shutil.rmtree(SPOOL, ignore_errors=True)


@pytest.fixture
def cast(db: None) -> Cast:
    return desk_cast()


def arriving(body: bytes, cast: Cast) -> HttpRequest:
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    request = RequestFactory().post("/desk/upload/", body, content_type=kind)
    request.user = cast.lin
    return request


def part(name: str, content: bytes) -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}.csv"\r\n\r\n'
    return head.encode() + content + b"\r\n"


END = f"--{BOUNDARY}--\r\n".encode()


def test_what_was_sent_can_be_opened_again_and_lies_nowhere_in_clear(cast: Cast) -> None:
    content = "统一社会信用代码,名称\r\n".encode() * 40_000

    file = sealed_file(arriving(part("file", content) + END, cast))

    assert file is not None
    spool = file.take()
    home = Path(settings.GONGXIN_HOME)
    with open_sealed(spool.path, home=home, wrapped_key=spool.wrapped_key) as opened:
        assert opened.read() == content
    assert "统一社会信用代码".encode() not in spool.path.read_bytes()
    assert file.size == len(content)


def test_a_file_nobody_takes_goes_with_its_request(cast: Cast) -> None:
    request = arriving(part("file", b"a,b\r\n1,2\r\n") + END, cast)
    assert sealed_file(request) is not None

    request.close()

    assert list(SPOOL.iterdir()) == []


def test_an_upload_cut_off_on_the_way_leaves_nothing(cast: Cast) -> None:
    request = arriving(part("file", b"a,b\r\n" * 200_000)[:-500_000], cast)

    assert sealed_file(request) is None
    assert list(SPOOL.iterdir()) == []


def test_two_files_of_one_request_are_two(cast: Cast) -> None:
    request = arriving(part("file", b"a,b") + part("map", b"class: x") + END, cast)

    file, mapping = sealed_file(request), sealed_file(request, "map")

    assert file is not None
    assert mapping is not None
    assert (file.size, mapping.size) == (3, 8)


def test_a_full_disk_is_said_and_leaves_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: SealingWriter, chunk: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(SealingWriter, "write", full)
    request = arriving(part("file", b"a,b\r\n1,2\r\n") + END, cast)

    assert sealed_file(request) is None
    assert upload_refusal(request) == NO_ROOM
    assert list(SPOOL.iterdir()) == []


def test_a_file_over_the_limit_is_said_and_leaves_nothing(cast: Cast, settings: Settings) -> None:
    settings.MAX_UPLOAD_BYTES = 1000
    request = arriving(part("file", b"x" * 300_000) + END, cast)

    assert sealed_file(request) is None
    assert upload_refusal(request) == TOO_LARGE
    assert list(SPOOL.iterdir()) == []


def test_a_person_not_yet_known_brings_nothing_into_the_spool(cast: Cast) -> None:
    request = arriving(part("file", b"a,b") + END, cast)
    del request.user

    assert sealed_file(request) is None
    assert not SPOOL.exists()
