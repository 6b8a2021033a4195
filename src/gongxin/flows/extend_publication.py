"""A dated extension: duties that were not performed keep a record shown, where its sector's rule says so.

Without one, publication ends at its maximum. The source files it, citing rule and instrument; a second person
confirms; never past the ceiling of five years, and only by an instrument that was read in full text: it
burdens someone. Source: law-decisions 6 and its head.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from gongxin.core.cases import Entry, Kind, Who, Words
from gongxin.core.cases.kinds import source_act_words
from gongxin.core.clocks import Extension
from gongxin.core.disclosure import Outcome
from gongxin.core.legal_day import day_begins, legal_day
from gongxin.core.penalties import ceiling_of
from gongxin.core.sources import sources
from gongxin.flows.case_steps import WordsMissing, part_to_step
from gongxin.flows.change_publication import decision_again, newest_decision
from gongxin.flows.open_case import Application, Asked, open_case
from gongxin.flows.second_person import refuse_another_body, take_as_second
from gongxin.registry import bulk
from gongxin.registry.cases.models import Case, Step
from gongxin.registry.cases.queries import opening_of
from gongxin.registry.catalogue.queries import confirmed_sources
from gongxin.registry.ledger.models import Entry as Version
from gongxin.registry.ledger.queries import current_entry
from gongxin.registry.publication import bulk as publication

RULE = "extension"


class NothingToExtend(Exception):
    """The record does not show any more, or the day is not after its end, or lies past the ceiling."""


class InstrumentNotConfirmed(Exception):
    """The instrument cited is not known here, or was not read in full text: it cannot lengthen anything."""


@dataclass(frozen=True, slots=True)
class Filed:
    """What a source files: until when, by which rule of which instrument (a key of sources.yaml), and why."""

    subject_id: UUID
    record_id: UUID
    extension: Extension
    reason: str


def propose_extension(filed: Filed, *, form_id: UUID, who: Who, at: datetime) -> Case:
    """Propose that a record be shown longer; nothing changes until a second person confirms.

    Raises WordsMissing, NotResponsible, NothingToExtend, InstrumentNotConfirmed, and what `open_case` raises.
    """
    if not filed.reason.strip():
        raise WordsMissing(("reason",))
    with transaction.atomic():
        bulk.one_writer()
        entry = current_entry(filed.subject_id, filed.record_id)
        refuse_another_body(entry, who)
        _refuse_unfit(entry, filed.extension, at)
        basis, remedy = source_act_words(Kind.EXTENSION)
        words = Words(
            filed.reason, f"{_title(filed.extension)} {filed.extension.rule}；{basis.zh}", remedy.zh,
            detail={
                "until": filed.extension.until.isoformat(),
                "rule": filed.extension.rule,
                "source": filed.extension.source,
            },
        )  # fmt: skip
        application = Application(
            kind=Kind.EXTENSION,
            subject_id=filed.subject_id,
            asked=[Asked(filed.record_id)],
            form_id=form_id,
            entry=Entry.SOURCE,
            words=words,
        )
        return open_case(application, who=who, at=at)[0]


def confirm_extension(*, part_id: UUID, seen: int | None, who: Who, words: Words, at: datetime) -> Step:
    """Let the record show until the day that was filed. Raises as `propose_extension` and `take` do."""
    with transaction.atomic():
        bulk.one_writer()
        case, part = part_to_step(part_id, seen=seen)
        step = take_as_second(case, part, "confirm", who=who, words=words, at=at)
        if part.record_id is None:
            raise NothingToExtend(part.id.hex)
        detail = opening_of(part).detail
        extension = Extension(date.fromisoformat(detail["until"]), detail["rule"], detail["source"])
        entry = current_entry(part.subject_id, part.record_id)
        _refuse_unfit(entry, extension, at)
        _show_until(entry, extension, by=who.actor.written, at=at)
        return step


def _show_until(entry: Version, extension: Extension, *, by: str, at: datetime) -> None:
    newest = newest_decision(entry.subject_id, entry.record_id)
    if newest is None:
        raise NothingToExtend(entry.record_id.hex)
    until = bulk.instant(day_begins(extension.until))
    publication.append(
        [
            decision_again(
                newest, decided_by=by, at=at, entry_id=entry.id.hex, publish_until=until, share_until=until,
                use_until=until, rule=f"{RULE}/{extension.rule}"[:80], source=extension.source,
            )
        ]
    )  # fmt: skip


def _refuse_unfit(entry: Version, extension: Extension, at: datetime) -> None:
    known = sources().get(extension.source)
    if known is None or (known.confidence != "V" and extension.source not in confirmed_sources()):
        raise InstrumentNotConfirmed(extension.source)
    newest = newest_decision(entry.subject_id, entry.record_id)
    shown = newest is not None and newest.outcome == Outcome.PUBLISHED and newest.publish_until is not None
    if not shown or newest is None or newest.publish_until is None or newest.publish_until <= at:
        raise NothingToExtend(entry.record_id.hex)
    latest = ceiling_of(entry.decided_on) if entry.decided_on else None
    if extension.until <= legal_day(newest.publish_until) or (latest and extension.until > latest):
        raise NothingToExtend(extension.until.isoformat())


def _title(extension: Extension) -> str:
    return f"《{sources()[extension.source].title.zh}》"
