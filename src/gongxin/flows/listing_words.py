"""What the notices of a listing say: its list, ground, basis, measures, days and remedy.

Kept are ids and days, so that a notice reads in either language (`core/notices`).
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from gongxin.core.legal_day import legal_day
from gongxin.core.lists import Procedure, StatutoryList, Step, statutory_list
from gongxin.core.measures import all_rules, list_trigger
from gongxin.core.sources import sources
from gongxin.flows.notify import tell_subject
from gongxin.registry.catalogue.queries import confirmed_sources
from gongxin.registry.lists.models import Exit, Proceeding
from gongxin.registry.notices.models import Notice

NOTICES = (Procedure.PRIOR_NOTICE, Procedure.PUBLIC_NOTICE)


def notice_step(found: StatutoryList) -> Step:
    """Return the step that tells of a listing before it: to the subject, or of an honour to everybody."""
    return next(step for step in found.steps if step.procedure in NOTICES)


def measures_of(list_id: str, *, on: date) -> Sequence[str]:
    """Return the ids of the measures that may follow on this list on a day, by their own laws."""
    confirmed, trigger = confirmed_sources(), list_trigger(list_id)
    found = (rule for rule in all_rules() if rule.trigger == trigger and rule.active(on, confirmed))
    return list(dict.fromkeys(rule.measure.id for rule in found))


def basis_in_words(found: StatutoryList, *, on: date) -> str:
    """Return the instrument a list rests on that day, as a notice cites it; empty where there is none."""
    basis = found.basis_on(on)
    if basis is None:
        return ""
    article = f"第{basis.citation.article}条" if basis.citation.article else ""
    return f"《{sources()[basis.citation.source].title.zh}》{article}"


def tell_of_proceeding(
    one: Proceeding,
    kind: str,
    *,
    by: str,
    at: datetime,
    more: Mapping[str, str] | None = None,
    record_id: UUID | None = None,
) -> Notice:
    """Write a notice of a proceeding to its subject, inside the running transaction."""
    facts = {**facts_of(one, on=legal_day(at)), **(more or {})}
    return tell_subject(subject_id=one.subject_id, kind=kind, facts=facts, by=by, at=at, record_id=record_id)


def facts_of(one: Proceeding, *, on: date) -> dict[str, str]:
    """Return what the notices of a proceeding are drawn from."""
    last = one.objections_until - timedelta(days=1) if one.objections_until else None
    return {
        "list": one.list_id,
        "listing_ground": f"{one.list_id}/{one.ground}/{on.isoformat()}",
        "reasons": one.reasons,
        "basis": one.basis,
        "body": one.agency.name,
        "measures": ",".join(measures_of(one.list_id, on=on)),
        "object_until": last.isoformat() if last else "",
        "exit_terms": one.list_id,
        "list_remedy": one.list_id,
    }


def tell_of_exit(
    one: Exit, kind: str, *, by: str, at: datetime, more: Mapping[str, str] | None = None
) -> Notice:
    """Write a notice about the exit from a list to its subject, inside the running transaction."""
    facts = {"list": one.list_id, "list_remedy": one.list_id, **(more or {})}
    return tell_subject(
        subject_id=one.subject_id, kind=kind, facts=facts, by=by, at=at, record_id=one.record_id
    )


def list_known(list_id: str) -> StatutoryList:
    """Return a list of this release. Raises NoSuchList."""
    try:
        return statutory_list(list_id)
    except KeyError as unknown:
        raise NoSuchList(list_id) from unknown


class NoSuchList(LookupError):
    """This release has no such list."""
