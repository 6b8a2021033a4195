"""The demonstration's public bodies and accounts, and the note that says how to sign in."""

import json
import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

from gongxin.core.actors import Actor
from gongxin.core.demonstration.places import MARKET, OFFICE_HOURS, PUBLIC_BODIES, TAX, PublicBody
from gongxin.core.policy import Role
from gongxin.flows.enrol import add_user, register_agency
from gongxin.registry.accounts.models import Agency, User

NOTE = "demonstration.json"
# Name, role, public body: the cast of the examples. Sun, the stranger, needs no account.
_CAST: tuple[tuple[str, Role, PublicBody | None], ...] = (
    ("lin", Role.CLERK, MARKET),
    ("tang", Role.CLERK, TAX),
    ("zhao", Role.OFFICER, None),
    ("wen", Role.REVIEWER, None),
    ("shen", Role.AUDITOR, None),
)
_PASSWORD_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105 (none that are mistaken for each other)


def agencies_of_demonstration(*, actor: Actor, at: datetime) -> dict[str, Agency]:
    """Return the public bodies by their code, registering those that are not yet."""
    known = {agency.code: agency for agency in Agency.objects.filter(demonstration=True)}
    return {body.code: known.get(body.code) or _register(body, actor, at) for body in PUBLIC_BODIES}


def _register(body: PublicBody, actor: Actor, at: datetime) -> Agency:
    return register_agency(
        code=body.code,
        name=body.name,
        region=body.region,
        telephone=body.telephone,
        address=body.address,
        office_hours=OFFICE_HOURS,
        demonstration=True,
        actor=actor,
        at=at,
    )


def open_accounts(agencies: dict[str, Agency], *, home: Path, actor: Actor, at: datetime) -> dict[str, Any]:
    """This will make the accounts that are missing and note their passwords in `home`; return the note."""
    note = read_note(home) or {"accounts": {}, "agencies": {b.key: b.code for b in PUBLIC_BODIES}}
    for name, role, body in _CAST:
        if User.objects.filter(username=name).exists():
            continue
        password = _password(name)
        agency = agencies[body.code] if body else None
        add_user(name=name, password=password, role=role, agency=agency, actor=actor, at=at)
        note["accounts"][name] = {"role": role.value, "password": password}
        _write_note(home, note)
    return note


def read_note(home: Path) -> dict[str, Any] | None:
    """Return what was noted in this home, if it is a demonstration's."""
    path = home / NOTE
    found: dict[str, Any] | None = json.loads(path.read_text("utf-8")) if path.exists() else None
    return found


def _write_note(home: Path, note: dict[str, Any]) -> None:
    path = home / NOTE
    path.touch(mode=0o600)
    path.write_text(json.dumps(note, ensure_ascii=False, indent=2), encoding="utf-8")


def _password(name: str) -> str:
    letters = "".join(secrets.choice(_PASSWORD_LETTERS) for _ in range(12))
    return f"{name}-{letters[:6]}-{letters[6:]}"
