"""Two persons: who proposes or acts first, and who confirms, declines or lifts. Never the same.

The second is another person of the body that answers, or of the centre: an office of one has its second
there. Source: law-decisions 20; design §7.6.
"""

from dataclasses import replace
from datetime import datetime

from gongxin.core.cases import Party, Who, Words
from gongxin.core.cases.kinds import source_act_words
from gongxin.flows.case_steps import NotResponsible, take
from gongxin.registry.accounts.queries import agencies_under, successor_of
from gongxin.registry.cases.models import Case, Part, Step
from gongxin.registry.cases.queries import opening_of
from gongxin.registry.ledger.models import Entry


def refuse_another_body(entry: Entry, who: Who) -> None:
    """Raise NotResponsible for a body that does not answer for the record; the centre may for every one."""
    if who.agency_id is not None and successor_of(entry.agency).id not in agencies_under(who.agency_id):
        raise NotResponsible(entry.record_id.hex)


def take_as_second(case: Case, part: Part, act: str, *, who: Who, words: Words, at: datetime) -> Step:
    """Take a step as the second person, in the words of who went first where the second adds none.

    Raises NotResponsible for one of a body that does not answer, and what `take` raises.
    """
    if who.agency_id is not None and part.responsible_id not in agencies_under(who.agency_id):
        raise NotResponsible(part.id.hex)
    opening = opening_of(part)
    basis, remedy = source_act_words(part.kind)
    said = replace(
        words,
        reason=words.reason.strip() or opening.reason,
        basis=words.basis.strip() or opening.basis or basis.zh,
        remedy=words.remedy.strip() or remedy.zh,
    )
    return take(case, part, act, who=replace(who, party=Party.SECOND), at=at, words=said)
