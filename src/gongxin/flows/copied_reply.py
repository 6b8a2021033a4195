"""No answer in any kind of case copies an earlier one without saying so.

Asked where every answer is written, so that no kind is left out. Source: Henan regulation art 41;
`law/reasons.yaml#may_repeat` for the answers that may say what others said.
"""

from uuid import UUID

from gongxin.core.cases import Party, Who, Words
from gongxin.core.cases.kinds import number_in_words
from gongxin.core.cases.reasons import may_repeat, refuse_blanks
from gongxin.core.cases.replies import reply_key
from gongxin.registry.accounts.queries import agencies_under
from gongxin.registry.cases.models import Part
from gongxin.registry.cases.queries import case_of, earlier_reply

ANSWERS = frozenset({Party.AGENCY, Party.CENTRE})


class CopiedReply(Exception):
    """The reply is the same as that of an earlier case, which is not said; `earlier` names the case."""

    def __init__(self, earlier: str, case_id: UUID) -> None:
        super().__init__(earlier)
        self.earlier, self.case_id = earlier, case_id


def refuse_copied_reply(part: Part, act: str, *, who: Who, words: Words) -> None:
    """Keep what copies of this answer would share. Raises BlankLeft; CopiedReply for a copy not called one.

    `words.detail["same_as"]` says it: the number of the earlier case. What the applicant, a second person or
    the day itself says is no answer.
    """
    if who.party not in ANSWERS:
        return
    refuse_blanks(words.reason)
    if may_repeat(part.kind, act):
        return
    key = reply_key(words.reason)
    _refuse_unsaid_copy(part, key, who, words)
    Part.objects.filter(subject_id=part.subject_id, id=part.id).update(reply_key=key)


def _refuse_unsaid_copy(part: Part, key: str, who: Who, words: Words) -> None:
    bodies = agencies_under(who.agency_id) if who.agency_id else ()
    earlier = earlier_reply(part, key, bodies=bodies) if key else None
    if earlier is None:
        return
    case = case_of(earlier.case_id)
    number = number_in_words(case.kind, case.year, case.number)
    if str(words.detail.get("same_as", "")).strip() != number:
        raise CopiedReply(number, case.id)
