"""Draws a random sample of organisations to inspect, weighted by their class, and keeps the draw.

How it is drawn, so that anyone may draw it again: `core.draws`. A body draws by the schemes of its own
sector: who is to be inspected is for whoever inspects. Source: 双随机、一公开; law-decisions R7.
"""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction

from gongxin.core import draws
from gongxin.core.actors import Actor
from gongxin.core.evaluation import scheme_of, schemes, weights_on
from gongxin.core.measures import sector_of
from gongxin.core.scheme_text import Scheme
from gongxin.registry import bulk
from gongxin.registry.accounts.models import Agency
from gongxin.registry.audit.events import write_event
from gongxin.registry.ids import fresh_id
from gongxin.registry.supervision.models import Draw, Evaluation
from gongxin.registry.supervision.queries import newest_evaluation, organisations, results_of

AT_ONCE = 5_000


class NotEvaluated(Exception):
    """No complete evaluation by this scheme, or as of this day: run one first."""


class OfAnotherSector(Exception):
    """This scheme is not one of the body's own sector."""


def schemes_of(agency: Agency) -> list[Scheme]:
    """Return the schemes by which a body may draw."""
    return [one for one in schemes().values() if one.sector == sector_of(agency.name)]


@transaction.atomic
def draw_sample(
    *,
    scheme_id: str,
    size: int,
    seed: str,
    actor: Actor,
    at: datetime,
    agency: Agency | None = None,
    on: date | None = None,
    with_unrated: bool = False,
) -> Draw:
    """Draw for a body from the newest evaluation by a scheme, of a day if one is named, and keep the draw.

    `agency` None: for the centre alone. `with_unrated`: draw also from the organisations on record then to
    which it gave no grade. The same evaluation, size and seed are drawn once for a body; asked again, the
    draw that was kept is returned. Raises UnknownScheme, OfAnotherSector, NotEvaluated, NothingToDraw,
    LargerThanAll.
    """
    bulk.one_writer()
    scheme = scheme_of(scheme_id)
    if agency is not None and scheme not in schemes_of(agency):
        raise OfAnotherSector(f"{agency.name}: {scheme.id}")
    evaluation = newest_evaluation(scheme.id, on=on)
    if evaluation is None:
        raise NotEvaluated(scheme.id)
    weights = dict(weights_on(scheme, evaluation.on))
    if not with_unrated:
        del weights[""]
    drawn = draws.draw(
        _graded(evaluation, with_unrated=with_unrated), weights=weights, size=size, seed=seed,
        evaluation=evaluation.id.hex,
    )  # fmt: skip
    kept = Draw.objects.filter(evaluation=evaluation, size=size, seed=seed, agency=agency)
    same = next((one for one in kept if one.drawn == drawn and one.weights == weights), None)
    return same or _kept(agency, evaluation, size, seed, weights, drawn, actor, at)


def _graded(evaluation: Evaluation, *, with_unrated: bool) -> Iterator[tuple[str, str]]:
    rated = set()
    for one in results_of(evaluation):
        rated.add(one.subject_id)
        yield one.subject_id, one.grade
    if with_unrated:
        for page in organisations(at=evaluation.at, at_once=AT_ONCE):
            yield from ((one, "") for one, _ in page if one not in rated)


def _kept(
    agency: Agency | None,
    evaluation: Evaluation,
    size: int,
    seed: str,
    weights: dict[str, int],
    drawn: list[str],
    actor: Actor,
    at: datetime,
) -> Draw:
    made = Draw.objects.create(
        id=fresh_id(at=at), agency=agency, evaluation=evaluation, size=size, seed=seed, weights=weights,
        drawn=drawn, at=at, by=actor.written,
    )  # fmt: skip
    write_event(
        actor=actor, action="sample.drawn", object_kind="draw", object_id=made.id.hex, at=at,
        detail={
            "scheme": evaluation.scheme, "evaluation": evaluation.id.hex, "size": size,
            "agency": agency.code if agency else "",
        },
    )  # fmt: skip
    return made
