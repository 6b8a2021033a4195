"""What of a tip-off lies sealed, each text bound to its row; the receipt, of which hashes alone are kept."""

import json
import secrets
from dataclasses import asdict, dataclass
from uuid import UUID

from gongxin.core.receipts import CODE_LETTERS, NUMBER_LETTERS, letters_of
from gongxin.registry.intake.spool import home
from gongxin.registry.sealing import TIP_OFF_IDENTITY, keyed_hash, open_text, seal_text
from gongxin.registry.tip_offs.models import TipOff, TipOffStep


@dataclass(frozen=True, slots=True)
class Identity:
    """Who gave a tip-off, as they wrote it themselves."""

    name: str
    contact: str

    @property
    def anonymous(self) -> bool:
        return not (self.name or self.contact)


def sealed_text(tip_off_id: UUID, text: str) -> bytes:
    return seal_text(home(), text, bound_to=f"tip-off {tip_off_id.hex}")


def text_in(tip_off: TipOff) -> str | None:
    """Return what was told, None once it is not kept any more."""
    if tip_off.sealed_text is None:
        return None
    return open_text(home(), bytes(tip_off.sealed_text), bound_to=f"tip-off {tip_off.id.hex}")


def sealed_identity(tip_off_id: UUID, identity: Identity) -> bytes | None:
    """Return who gave it, sealed under the key that opens nothing else; None for an anonymous one."""
    if identity.anonymous:
        return None
    text = json.dumps(asdict(identity), ensure_ascii=False)
    return seal_text(home(), text, bound_to=_who(tip_off_id), under=TIP_OFF_IDENTITY)


def identity_in(tip_off: TipOff) -> Identity | None:
    """Return who gave it, None if nobody is named; `flows/tip_off_identity.py` alone may ask."""
    if tip_off.sealed_identity is None:
        return None
    sealed = bytes(tip_off.sealed_identity)
    opened = open_text(home(), sealed, bound_to=_who(tip_off.id), under=TIP_OFF_IDENTITY)
    return Identity(**json.loads(opened))


def sealed_reason(step_id: UUID, reason: str) -> bytes | None:
    return seal_text(home(), reason, bound_to=f"tip-off step {step_id.hex}") if reason else None


def reason_in(step: TipOffStep) -> str:
    """Return what was written at a step; nothing where nothing was, or once it is erased."""
    if step.reason is None:
        return ""
    return open_text(home(), bytes(step.reason), bound_to=f"tip-off step {step.id.hex}")


def fresh_number() -> str:
    return letters_of(secrets.token_bytes(NUMBER_LETTERS), NUMBER_LETTERS)


def code_of_form(form_id: UUID) -> str:
    """Return the receipt code of what this form gives: the same however often it is sent.

    The form's id is known to whoever filled it in and is kept nowhere, so the code cannot be made again here.
    """
    return letters_of(_hashed("code", form_id.hex), CODE_LETTERS)


def hash_of_form(form_id: UUID) -> str:
    return _hashed("form", form_id.hex).hex()


def hash_of_code(code: str) -> str:
    return _hashed("receipt", code).hex()


def _who(tip_off_id: UUID) -> str:
    return f"who gave tip-off {tip_off_id.hex}"


def _hashed(what: str, value: str) -> bytes:
    keyed = keyed_hash(home())
    keyed.update(f"tip-off {what}\x1f{value}".encode())
    return keyed.digest()
