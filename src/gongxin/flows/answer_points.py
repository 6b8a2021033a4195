"""Answering what was contested, each point once."""

from datetime import datetime

from gongxin.core.cases import Party, Who, Words
from gongxin.core.cases.points import ACCEPTED, REFUSED, Answer, answers_of
from gongxin.core.leaks import mask_personal_numbers
from gongxin.registry.cases.models import Part, Point
from gongxin.registry.cases.queries import points_of


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
