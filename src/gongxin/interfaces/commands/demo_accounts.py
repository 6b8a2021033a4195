"""The demonstration's public bodies, accounts and mandates, and the note that says how to sign in."""

import json
import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

from gongxin.core.actors import Actor
from gongxin.core.demonstration.organisations import organisations
from gongxin.core.demonstration.places import (
    ECOLOGY,
    MARKET,
    OFFICE_HOURS,
    PUBLIC_BODIES,
    TAX,
    TRANSPORT,
    PublicBody,
)
from gongxin.core.legal_day import legal_day
from gongxin.core.policy import Role
from gongxin.flows.enrol import add_user, register_agency
from gongxin.flows.grant_mandate import grant
from gongxin.registry.accounts.models import Agency, User
from gongxin.registry.mandates.models import Mandate
from gongxin.registry.subjects.models import Subject
from gongxin.registry.subjects.queries import subject_of_code

NOTE = "demonstration.json"
# Name, role, public body: the cast of the examples, and a clerk of each body that fines their firm.
# Sun, the stranger, needs no account.
_CAST: tuple[tuple[str, Role, PublicBody | None], ...] = (
    ("lin", Role.CLERK, MARKET),
    ("wu", Role.CLERK, ECOLOGY),
    ("lu", Role.CLERK, TRANSPORT),
    ("tang", Role.CLERK, TAX),
    ("zhao", Role.OFFICER, None),
    ("wen", Role.REVIEWER, None),
    ("shen", Role.AUDITOR, None),
)
# Who acts for a subject: Qiao for the firm of the examples, Su for themselves.
_OF_SUBJECTS = (
    ("qiao", Role.ORGANISATION_OFFICER, "legal-representative", "营业执照原件（演示）"),
    ("su", Role.PROFESSIONAL, "professional", "执业证书原件（演示）"),
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


def open_accounts(
    agencies: dict[str, Agency], *, seed: int, home: Path, actor: Actor, at: datetime
) -> dict[str, Any]:
    """This will make the accounts that are missing and note their passwords in `home`; return the note."""
    note = read_note(home) or {"accounts": {}, "agencies": {b.key: b.code for b in PUBLIC_BODIES}}
    for name, role, body in _CAST:
        whose = body.name if body else "信用中心 credit centre"
        agency = agencies[body.code] if body else None
        _open(name, role, agency, whose, note, home=home, actor=actor, at=at)
    firm = organisations(count=1, seed=seed, on=legal_day(at))[0].name
    for (name, role, _kind, _paper), whose in zip(_OF_SUBJECTS, (firm, "本人 for themselves"), strict=True):
        _open(name, role, None, whose, note, home=home, actor=actor, at=at)
    return note


def grant_mandates(*, seed: int, actor: Actor, at: datetime) -> None:
    """This will let Qiao and Su act for whom the demonstration is laid, once their records are there."""
    firm = subject_of_code(organisations(count=1, seed=seed, on=legal_day(at))[0].code, at=at)
    person = Subject.objects.filter(kind="professional").values_list("id", flat=True).first()
    for (name, _role, kind, paper), subject_id in zip(_OF_SUBJECTS, (firm, person), strict=True):
        user = User.objects.get(username=name)
        if subject_id is not None and not Mandate.objects.filter(user=user).exists():
            grant(
                user=user, subject_id=subject_id, kind=kind, ground=paper, from_on=legal_day(at),
                until_on=None, actor=actor, at=at,
            )  # fmt: skip


def _open(
    name: str,
    role: Role,
    agency: Agency | None,
    whose: str,
    note: dict[str, Any],
    *,
    home: Path,
    actor: Actor,
    at: datetime,
) -> None:
    if User.objects.filter(username=name).exists():
        return
    password = _password(name)
    add_user(name=name, password=password, role=role, agency=agency, actor=actor, at=at)
    note["accounts"][name] = {"role": role.value, "password": password, "whose": whose}
    _write_note(home, note)


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
