"""What is kept of someone who asks without an account: who they are, sealed; a hash of their receipt."""

import json
from dataclasses import asdict, dataclass
from uuid import UUID

from gongxin.core.receipts import CODE_LETTERS, letters_of
from gongxin.registry.cases.models import Case
from gongxin.registry.intake.spool import home
from gongxin.registry.sealing import keyed_hash, open_text, seal_text


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks, as they wrote it themselves."""

    name: str
    contact: str


def sealed_person(form_id: UUID, person: Person) -> bytes:
    text = json.dumps(asdict(person), ensure_ascii=False)
    return seal_text(home(), text, bound_to=_bound_to(form_id))


def person_in(case: Case) -> Person | None:
    """Return who asked, None if it was the subject itself; `flows.not_the_subject` alone may ask."""
    if case.sealed_applicant is None:
        return None
    opened = open_text(home(), bytes(case.sealed_applicant), bound_to=_bound_to(case.form_id))
    return Person(**json.loads(opened))


def code_of_form(form_id: UUID) -> str:
    """Return the receipt code of what this form brings in: the same however often it is sent."""
    return letters_of(_hashed("code", form_id.hex), CODE_LETTERS)


def hash_of_code(code: str) -> str:
    return _hashed("receipt", code).hex()


def _bound_to(form_id: UUID) -> str:
    return f"who asked with {form_id.hex}"


def _hashed(what: str, value: str) -> bytes:
    keyed = keyed_hash(home())
    keyed.update(f"case {what}\x1f{value}".encode())
    return keyed.digest()
