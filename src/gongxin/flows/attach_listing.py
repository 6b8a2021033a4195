"""A version of a list's record becomes a listing where the law allows it to be acted upon.

What came in without its source's attestation that notice was given, without a decision, an end, an exit or a
remedy is kept and shows as its class says, but nothing is founded on it (law-decisions 12).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from gongxin.core.catalogue import InformationClass
from gongxin.core.document_numbers import is_document_number, loose_form
from gongxin.core.ledger import content_fields
from gongxin.core.legal_day import legal_day
from gongxin.core.lists import NoInstrument, StatutoryList, UnknownGround, list_of_class
from gongxin.registry import bulk
from gongxin.registry.catalogue.queries import classes_by_id
from gongxin.registry.ids import fresh_id
from gongxin.registry.lists.bulk import LISTING_COLUMNS, LastListing, append, last_listings
from gongxin.registry.lists.models import ATTESTED, DECIDED_HERE


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a list's record, ids hexadecimal."""

    subject_id: str
    entry_id: str
    record_id: str
    content: str
    decided_on: date | None
    document_number: str


def attach(
    versions: Iterable[Version],
    information_class: InformationClass,
    *,
    proposed_by: str,
    decided_by: str,
    at: datetime,
    notice_id: UUID | None = None,
    ground: str | None = None,
) -> int:
    """Write a listing for each version that has one, inside the running transaction; return how many.

    `notice_id` is the prior notice of a proceeding here; without it the source's attestation stands for it.
    `ground` is the key of the ground it was decided on there, which may have a term of its own; of an
    imported row its field says which, where the list's law names one.
    """
    found = list_of_class(information_class.id)
    if found is None:
        return 0
    told = {"proposed_by": proposed_by, "decided_by": decided_by, "at": bulk.instant(at)}
    fresh = list(versions)
    before = {} if notice_id else last_listings([(one.subject_id, one.record_id) for one in fresh])
    rows = [
        tuple({**told, **values, "id": fresh_id(at=at).hex}[name] for name in LISTING_COLUMNS)
        for one in fresh
        for values in _listing(
            one, found, information_class, notice_id, ground, before.get((one.subject_id, one.record_id))
        )
    ]
    append(rows)
    return len(rows)


def attach_to(version: Mapping[str, Any], *, proposed_by: str, decided_by: str, at: datetime) -> None:
    """Write the listing of one version given by its columns, if it is a list's record and has one."""
    on = legal_day(at)
    information_class = classes_by_id(on=on).get(version["class_id"])
    if information_class is None or version["content"] is None:
        return
    one = Version(
        version["subject_id"], version["id"], version["record_id"], version["content"],
        bulk.as_day(version["decided_on"]), version["document_number"],
    )  # fmt: skip
    attach([one], information_class, proposed_by=proposed_by, decided_by=decided_by, at=at)


def _listing(
    one: Version,
    found: StatutoryList,
    of: InformationClass,
    notice_id: UUID | None,
    ground: str | None,
    before: LastListing | None,
) -> Iterator[Mapping[str, Any]]:
    """Yield the columns of a version's listing, if it may be acted upon.

    What was decided by a proceeding here stays so in every later version of the record: its notice, who
    decided it and its term go over to it.
    """
    fields = content_fields(one.content)

    def said(role: str) -> str:
        return fields.get(of.roles.get(role, ""), "")

    decided_on = one.decided_on or _of_year(found, said("year"))
    carried = before if before is not None and before.notice_id else None
    proof = _proof(one, found, fields, said, notice_id.hex if notice_id else carried and carried.notice_id)
    if decided_on is None or proof is None or said("removed_on"):
        return
    if ground is None and found.ground_by is not None:
        ground = found.ground_by.ground_in(fields)
    until_on = _term_end(found, decided_on, said("valid_until"), ground, carried)
    basis = found.basis_on(decided_on)
    if until_on is None or until_on <= decided_on or basis is None:
        return
    yield {
        "subject_id": one.subject_id,
        "entry_id": one.entry_id,
        "record_id": one.record_id,
        "list_id": found.id,
        "effect": found.effect.value,
        "way": DECIDED_HERE if proof.notice else ATTESTED,
        "ground": (said("ground") or found.label.zh)[:300],
        "basis_source": basis.citation.source,
        "basis_article": basis.citation.article,
        "decision_number": proof.number,
        "decided_on": decided_on.isoformat(),
        "from_on": decided_on.isoformat(),
        "until_on": until_on.isoformat(),
        "notice_id": proof.notice,
        "attestation": proof.attestation,
        "exit_terms": fields.get("exit_terms") or found.exit.zh,
        "remedy": fields.get("remedy_terms") or found.remedy.zh,
        **({"proposed_by": carried.proposed_by, "decided_by": carried.decided_by} if carried else {}),
    }


class _Proof(NamedTuple):
    """By which document somebody was listed, and the prior notice here or what its source attests of one."""

    number: str
    notice: str | None
    attestation: str


def _proof(
    one: Version,
    found: StatutoryList,
    fields: Mapping[str, str],
    said: Callable[[str], str],
    notice: str | None,
) -> _Proof | None:
    """Return what a version's listing stands on; None where that is not enough."""
    published = _published(found, said)
    number = one.document_number or _attested(fields, "") or published
    attestation = "" if notice else _attested(fields, one.document_number) or published
    return _Proof(number, notice, attestation) if number and (notice or attestation) else None


def _term_end(
    found: StatutoryList, decided_on: date, stated: str, ground: str | None, carried: LastListing | None
) -> date | None:
    """Return the first day the listing is over; that of a decision here stands, unless it is shortened."""
    until_on = _until(found, decided_on, stated, ground)
    if carried is None or until_on is None or carried.decided_on != decided_on:
        return until_on
    return min(until_on, carried.until_on) if stated else carried.until_on


def _attested(fields: Mapping[str, str], decision: str) -> str:
    """Return the number of the source's attestation, empty where there is none.

    It is a document of its own: neither a word such as 无, nor the decision to list itself however written.
    """
    said = fields.get("attestation", "")
    return said if is_document_number(said) and loose_form(said) != loose_form(decision) else ""


def _of_year(found: StatutoryList, year: str) -> date | None:
    return found.decided_on_of(int(year)) if year.isdecimal() else None


def _published(found: StatutoryList, said: Callable[[str], str]) -> str:
    """Return what attests a list that its authority publishes once a year as a whole [P]."""
    body, year = said("deciding_body"), said("year")
    return f"{body}公布的{year}年度名单" if found.yearly and body and year else ""


def _until(found: StatutoryList, decided_on: date, stated: str, ground: str | None) -> date | None:
    """Return the first day the listing is over; the last day of a stated validity still counts.

    None where the law of that day knows no such ground: what it does not know is kept and founds nothing.
    """
    try:
        stated_until = date.fromisoformat(stated) + timedelta(days=1) if stated else None
        return found.ends_on(decided_on, ground=ground, stated_until=stated_until)
    except (NoInstrument, UnknownGround, OverflowError):
        return None
