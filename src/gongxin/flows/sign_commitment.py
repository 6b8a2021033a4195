"""Signing a commitment in the page: shown before, name typed, box ticked; then it is a record of its class.

The record is the accepting body's; who signed is kept and not shown (R9). Public only where agreed. A public
body promises by the same way, signed by its head (law-decisions 14). Source: regulations 9.2.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.actors import Actor
from gongxin.core.cases import Who
from gongxin.core.commitments import (
    CLASS_ID,
    Mistake,
    Parties,
    Promise,
    Promiser,
    Signature,
    Template,
    content,
    letter,
    mistakes,
    next_number,
    number_head,
    signed,
    template,
)
from gongxin.core.identifiers import unified
from gongxin.core.late_payment import is_public_body
from gongxin.core.legal_day import SHANGHAI, legal_day
from gongxin.flows.append_record import Decided, append_record
from gongxin.flows.applicants import refuse_who_does_not_act_for
from gongxin.flows.notify import tell_agency, tell_subject
from gongxin.flows.public_body_subject import subject_of_body
from gongxin.registry import bulk
from gongxin.registry.accounts.models import Agency, User
from gongxin.registry.audit.events import write_event
from gongxin.registry.catalogue.queries import active_class
from gongxin.registry.commitments.models import Commitment
from gongxin.registry.commitments.queries import commitment_signed_in, last_number
from gongxin.registry.ledger.models import Entry
from gongxin.registry.subjects.clusters import subject_ids_of
from gongxin.registry.subjects.queries import Profile, profile

INDIVIDUAL_BUSINESS = "92"


class NotAnOrganisation(Exception):
    """Only an organisation with a unified code promises here; no natural person does (R9)."""


class NotTheirsToPromise(Exception):
    """This is promised by public bodies alone."""


class NotAccepting(Exception):
    """This body no longer stands, or is the one that promises."""


class PromiseAtFault(Exception):
    """Something is to be put right before it is signed; `mistakes` says what."""

    def __init__(self, found: list[Mistake]) -> None:
        super().__init__(", ".join(found))
        self.mistakes = found


class SignedOtherwise(Exception):
    """This form was signed before, about something else."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A promise as it is filled in: which template, to which body, in which language it is read."""

    template_id: str
    promise: Promise
    agency: Agency
    language: str

    @property
    def template(self) -> Template:
        return template(self.template_id)


def letter_to_sign(draft: Draft, *, promiser: Profile, at: datetime) -> str:
    """Return the letter as it is shown before it is signed.

    Raises NotAnOrganisation, NotTheirsToPromise, NotAccepting, PromiseAtFault, UnknownTemplate.
    """
    _refuse_unfit(draft, promiser)
    _refuse_mistakes(draft, None, at)
    return _letter(draft, promiser)


def sign(
    draft: Draft, signature: Signature, *, subject_id: UUID, form_id: UUID, who: Who, user: User, at: datetime
) -> Commitment:
    """Sign for an organisation one acts for; the same form signed again is the same promise.

    Raises NotTheirSubject, SignedOtherwise, and what letter_to_sign raises.
    """
    with transaction.atomic():
        bulk.one_writer()
        refuse_who_does_not_act_for(subject_id, who=who, at=at)
        return _signed(draft, signature, subject_id, form_id, user, at, who.actor)


def sign_for_body(
    draft: Draft, signature: Signature, *, body: Agency, form_id: UUID, who: Who, user: User, at: datetime
) -> Commitment:
    """Sign a public body's own promise, by its head.

    Raises NotAPublicBody, SignedOtherwise, and what letter_to_sign raises.
    """
    with transaction.atomic():
        bulk.one_writer()
        subject_id = subject_of_body(body.code, at=at)
        return _signed(draft, signature, subject_id, form_id, user, at, who.actor)


def _signed(
    draft: Draft,
    signature: Signature,
    subject_id: UUID,
    form_id: UUID,
    user: User,
    at: datetime,
    by: Actor,
) -> Commitment:
    before = commitment_signed_in(form_id, subject_ids_of(subject_id, at=at))
    if before is not None:
        return _again(before, draft)
    promiser = profile(subject_id, at=at)
    if promiser is None:
        raise NotAnOrganisation(subject_id.hex)
    _refuse_unfit(draft, promiser)
    _refuse_mistakes(draft, signature, at)
    number = _number(draft.agency, at)
    entry = _recorded(draft, signature, promiser, number, by.written, at)
    made = _written(draft, signature, entry, form_id, number, promiser, user, at)
    _tell(made, draft, by.written, at)
    write_event(
        actor=by, action="commitment.signed", object_kind="commitment", object_id=made.id.hex, at=at,
        detail={"template": draft.template_id, "record": entry.record_id.hex, "to": draft.agency.code},
    )  # fmt: skip
    return made


def _again(before: Commitment, draft: Draft) -> Commitment:
    same = (before.template, before.matter, before.accepting_agency_id, before.keep_until) == (
        draft.template_id, draft.promise.matter.strip(), draft.agency.id, draft.promise.keep_until,
    )  # fmt: skip
    if not same:
        raise SignedOtherwise(before.id.hex)
    return before


def _refuse_unfit(draft: Draft, promiser: Profile) -> None:
    if promiser.kind != "organisation" or not unified.is_valid(promiser.code or ""):
        raise NotAnOrganisation(promiser.subject_id.hex)
    if draft.template.by is Promiser.PUBLIC_BODY and not is_public_body(promiser.code):
        raise NotTheirsToPromise(draft.template_id)
    if draft.agency.successor_id is not None or draft.agency.code == promiser.code:
        raise NotAccepting(draft.agency.code)


def _refuse_mistakes(draft: Draft, signature: Signature | None, at: datetime) -> None:
    if found := mistakes(draft.template, draft.promise, signature, on=legal_day(at)):
        raise PromiseAtFault(found)


def _letter(draft: Draft, promiser: Profile) -> str:
    parties = Parties(promiser.name, promiser.code or "", draft.agency.name)
    return letter(draft.template, draft.promise, parties, language=draft.language)


def _number(agency: Agency, at: datetime) -> str:
    region = agency.region if len(agency.region) == 6 else agency.code[2:8]
    head = number_head(region, legal_day(at))
    return next_number(head, last_number(head))


def _recorded(
    draft: Draft, signature: Signature, promiser: Profile, number: str, by: str, at: datetime
) -> Entry:
    """Append the record of the class `commitment`, with the decision whether it is published."""
    on, code = legal_day(at), promiser.code or ""
    decided = Decided(
        promiser.subject_id, active_class(CLASS_ID, on=on), draft.agency, "网页签署的信用承诺", by, by
    )
    return append_record(
        decided,
        {
            "promisor_name": promiser.name,
            "promisor_category": "个体工商户" if code.startswith(INDIVIDUAL_BUSINESS) else "法人及非法人组织",
            "promisor_code": code,
            "signatory": signature.name.strip(),
            "commitment_number": number,
            "commitment_kind": draft.template.kind,
            "matter": draft.promise.matter.strip(),
            "content": content(draft.template, draft.promise),
            "liability": draft.template.liability.zh,
            "made_on": on.isoformat(),
            "accepting_body": draft.agency.name,
            "accepting_body_code": draft.agency.code,
            "disclosure_scope": draft.promise.disclosure,
        },
        at=at,
    )


def _written(
    draft: Draft, signature: Signature, entry: Entry, form_id: UUID, number: str, promiser: Profile,
    user: User, at: datetime,
) -> Commitment:  # fmt: skip
    text = signed(
        _letter(draft, promiser),
        name=signature.name.strip(),
        user=user.username,
        at=at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S"),
        language=draft.language,
    )
    return Commitment.objects.create(
        subject_id=entry.subject_id, id=form_id, record_id=entry.record_id, number=number,
        kind=draft.template.kind, template=draft.template_id, matter=draft.promise.matter.strip(), text=text,
        made_on=legal_day(at), keep_until=draft.promise.keep_until, accepting_agency=draft.agency,
        signatory=signature.name.strip(), signed_by=user, at=at,
    )  # fmt: skip


def _tell(made: Commitment, draft: Draft, by: str, at: datetime) -> None:
    facts = {
        "number": made.number, "about": made.matter, "agency": draft.agency.name,
        "keep_until": made.keep_until.isoformat() if made.keep_until else "",
    }  # fmt: skip
    tell_subject(
        subject_id=made.subject_id,
        kind="commitment.made",
        facts=facts,
        by=by,
        at=at,
        record_id=made.record_id,
    )
    tell_agency(
        agency=draft.agency, subject_id=made.subject_id, kind="commitment.received", facts=facts, by=by,
        at=at, record_id=made.record_id,
    )  # fmt: skip
