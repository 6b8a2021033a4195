"""Somebody tells of a firm under their name: the name is nowhere to be read, in database, files or log."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from cast import AT
from django.db import connection
from django.test import Client
from homes import own_home
from tip_offs import CONTACT, TELLER, TEXT, qiao_firm

from gongxin.core.actors import Actor, ActorKind
from gongxin.flows.tip_off_identity import read_identity
from gongxin.registry.sealing import KEY_NAMES, TIP_OFF_IDENTITY, NotInitialised
from gongxin.registry.tip_offs import sealed
from gongxin.registry.tip_offs.models import TipOff

NEEDLES = (TELLER, CONTACT, TEXT[:12])
WEN = Actor(ActorKind.USER, "wen")


@pytest.fixture
def folder(django_db_blocker: object) -> Iterator[Path]:
    with django_db_blocker.unblock(), own_home() as made:
        yield made


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    written, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(written), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.setLevel(level)
    root.removeHandler(handler)


def give_through_the_form() -> str:
    typed = {
        "form_id": str(uuid4()),
        "matter": "environment",
        "text": TEXT,
        "name": TELLER,
        "contact": CONTACT,
    }
    answer = Client().post(f"/tip-offs/about/{qiao_firm()}/", typed)
    assert answer.status_code == 200
    return str(answer.text)


def found_in(folder: Path) -> list[str]:
    """Return where a needle can be read: in a file of the home, its database among them, or in a table."""
    places = [(str(path), path.read_bytes()) for path in folder.rglob("*") if path.is_file()]
    return sorted(where for where, content in [*places, *_tables()] if _is_read_in(content))


def _tables() -> Iterator[tuple[str, bytes]]:
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - {"subjects_nameindex"}:
            cursor.execute(f'SELECT * FROM "{table}"')
            cells = [cell for row in cursor.fetchall() for cell in row]
            yield table, b"\x1f".join(_bytes(cell) for cell in cells)


def _bytes(cell: object) -> bytes:
    return bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()


def _is_read_in(content: bytes) -> bool:
    spellings = (str.encode, lambda one: one.encode("unicode_escape"), lambda one: one.encode("utf-16-le"))
    return any(spell(needle) in content for needle in NEEDLES for spell in spellings)


def test_neither_who_told_nor_what_was_told_lies_anywhere_in_clear(folder: Path, log: io.StringIO) -> None:
    receipt = give_through_the_form()

    assert TELLER not in receipt
    assert found_in(folder) == []
    assert not any(needle in log.getvalue() for needle in NEEDLES)


def test_a_name_that_is_kept_in_clear_is_found(folder: Path) -> None:
    give_through_the_form()
    TipOff.objects.update(sealed_identity=TELLER.encode())

    assert "tip_offs_tipoff" in found_in(folder)


def test_without_the_key_of_its_own_nobody_opens_who_told(folder: Path) -> None:
    give_through_the_form()
    (folder / "home" / "keys" / TIP_OFF_IDENTITY).unlink()

    with pytest.raises(NotInitialised):
        read_identity(tip_off=TipOff.objects.get(), reason="核实奖励", actor=WEN, at=AT)

    assert sealed.text_in(TipOff.objects.get()) == TEXT


def test_init_makes_the_key_readable_by_its_owner_alone(folder: Path) -> None:
    keys = folder / "home" / "keys"

    assert {path.name for path in keys.iterdir()} == set(KEY_NAMES)
    assert (keys / TIP_OFF_IDENTITY).stat().st_mode & 0o077 == 0
