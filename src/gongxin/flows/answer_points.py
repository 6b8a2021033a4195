"""Answering what was contested: each point once, and no reply that copies an earlier one unsaid."""

from datetime import datetime
from uuid import UUID

from gongxin.core.cases import Party, Who, Words
from gongxin.core.cases.kinds import number_in_words
from gongxin.core.cases.points import ACCEPTED, REFUSED, Answer, answers_of
from gongxin.core.cases.reasons import refuse_blanks
from gongxin.core.cases.replies import reply_key
from gongxin.core.leaks import mask_personal_numbers
from gongxin.registry.accounts.queries import agencies_under
from gongxin.registry.cases.models import Part, Point
from gongxin.registry.cases.queries import case_of, earlier_reply, points_of


class CopiedReply(Exception):
    """The reply is the same as that of an earlier case, which is not said; `earlier` names the case."""

    def __init__(self, earlier: str, case_id: UUID) -> None:
        super().__init__(earlier)
        self.earlier, self.case_id = earlier, case_id


def refuse_copied_reply(part: Part, who: Who, words: Words) -> None:
    """Keep what copies of this reply would share. Raises BlankLeft; CopiedReply for a copy not called one.

    `words.detail["same_as"]` says it: the number of the earlier case.
    """
    refuse_blanks(words.reason)
    key = reply_key(words.reason)
    body = who.agency_id if who.party is Party.AGENCY else None
    earlier = earlier_reply(part, key, bodies=agencies_under(body) if body else ()) if key else None
    if earlier is not None:
        case = case_of(earlier.case_id)
        number = number_in_words(case.kind, case.year, case.number)
        if str(words.detail.get("same_as", "")).strip() != number:
            raise CopiedReply(number, case.id)
    Part.objects.filter(subject_id=part.subject_id, id=part.id).update(reply_key=key)


def answer_all(part: Part, act: str, *, who: Who, words: Words, at: datetime) -> list[Point]:
    """Write the answer to every point of a part and return the points.

    The centre, which does not go into the substance, answers all with its reason. Raises PointsUnanswered,
    AnswersDoNotFit.
    """
    points = points_of(part)
    places = [point.place for point in points]
    if who.party is Party.CENTRE:
        all_say = Answer(ACCEPTED if act == "uphold" else REFUSED, words.reason.strip())
        answers = dict.fromkeys(places, all_say)
    else:
        answers = answers_of(words.detail, places, reason=words.reason, act=act)
    for point in points:
        found = answers[point.place]
        point.answer, point.answer_text = found.answer, mask_personal_numbers(found.text)
        point.answered_at, point.answered_by = at, who.actor.written
        point.save(update_fields=["answer", "answer_text", "answered_at", "answered_by"])
    return list(points)
