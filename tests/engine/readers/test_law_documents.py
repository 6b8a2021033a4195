"""The files of an edition: YAML side by side, or one bounded ZIP of them."""

import io
import zipfile

import pytest

from gongxin.core.law_check import EditionRefused
from gongxin.engine.readers import law_documents
from gongxin.engine.readers.law_documents import MOST_BYTES, MOST_FILES, read_documents


def zipped(*parts: tuple[str, str], method: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, text in parts:
            archive.writestr(name, text)
    out.seek(0)
    return out


def refusal(*files: tuple[str, io.BytesIO]) -> str:
    with pytest.raises(EditionRefused) as refused:
        read_documents(files)
    return str(refused.value)


def test_files_and_an_archive_say_the_same() -> None:
    apart = [("edition.yaml", io.BytesIO(b"id: a")), ("honour.yml", io.BytesIO("\ufeffid: b".encode()))]
    together = [("目录.zip", zipped(("2027/edition.yaml", "id: a"), ("2027\\honour.yml", "id: b")))]

    assert (
        read_documents(apart) == read_documents(together) == {"edition.yaml": "id: a", "honour.yaml": "id: b"}
    )


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (("notes.txt", io.BytesIO(b"x")), "no YAML file"),
        (("honour.yaml", io.BytesIO("荣誉".encode("gb18030"))), "not UTF-8"),
        (("a.zip", zipped(("readme.md", "x"))), "no YAML file"),
        (("a.zip", io.BytesIO(zipped(("a.yaml", "x")).getvalue()[:40])), "damaged or locked"),
        (("a.zip", zipped(("x/a.yaml", "x"), ("y/a.yaml", "x"))), "Two files have this name"),
        (("a.zip", zipped(*((f"c{at}.yaml", "") for at in range(MOST_FILES + 1)))), "Too many files"),
        (("a.yaml", io.BytesIO(b"#" * (MOST_BYTES + 1))), "too large"),
    ],
)
def test_what_is_no_edition_is_refused_in_words(file: tuple[str, io.BytesIO], words: str) -> None:
    assert words in refusal(file)


def test_a_bomb_is_unpacked_only_as_far_as_it_may_go(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped(*((f"c{at}.yaml", "#" * (MOST_BYTES // 2)) for at in range(20)))
    assert len(bomb.getvalue()) < MOST_BYTES
    read: list[int] = []
    plain = zipfile.ZipExtFile.read

    def counted(self: zipfile.ZipExtFile, n: int | None = -1) -> bytes:
        read.append(len(content := plain(self, n)))
        return content

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)

    assert "too large" in refusal(("a.zip", bomb))
    assert sum(read) <= 2 * MOST_BYTES


def test_a_locked_archive_is_refused() -> None:
    locked = bytearray(zipped(("a.yaml", "x")).getvalue())
    locked[6] |= 1  # the flag in the entry itself, and in the directory
    locked[locked.index(b"PK\x01\x02") + 8] |= 1

    assert "damaged or locked" in refusal(("a.zip", io.BytesIO(bytes(locked))))


def test_the_bounds_hold_the_packaged_catalogue() -> None:
    from own_edition import own_edition

    documents = own_edition()

    assert sum(len(text.encode()) for text in documents.values()) < law_documents.MOST_BYTES // 4
