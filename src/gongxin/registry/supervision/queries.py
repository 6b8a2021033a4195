"""Evaluations that are complete, their results, and the draws made of them."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from gongxin.registry import bulk
from gongxin.registry.subjects.clusters import all_merged, clusters_of, survivors
from gongxin.registry.supervision.models import Draw, Evaluated, Evaluation


class Result(NamedTuple):
    """The grade of one organisation (its id hexadecimal), the keys of the rows and the records behind it."""

    subject_id: str
    grade: str
    rows: tuple[str, ...]
    records: tuple[str, ...]


def newest_evaluation(scheme: str, *, on: date | None = None) -> Evaluation | None:
    """Return the newest complete run of a scheme, of a day if one is named."""
    found = Evaluation.objects.filter(scheme=scheme, completed_at__isnull=False)
    if on is not None:
        found = found.filter(on=on)
    return found.order_by("-on", "-at", "-id").first()


def results_of(evaluation: Evaluation) -> Iterator[Result]:
    """Yield the results of a run by the ids of the organisations."""
    found = Evaluated.objects.filter(evaluation=evaluation).order_by("subject_id")
    for one in found.values_list("subject_id", "grade", "rows", "records").iterator(chunk_size=5000):
        yield Result(one[0].hex, one[1], tuple(one[2]), tuple(one[3]))


def own_results(subject_ids: Collection[UUID]) -> list[Evaluated]:
    """Return of each scheme the newest result of a subject, for itself."""
    found = Evaluated.objects.filter(subject_id__in=subject_ids, evaluation__completed_at__isnull=False)
    newest: dict[str, Evaluated] = {}
    for one in found.select_related("evaluation").order_by("evaluation__on", "evaluation__at", "id"):
        newest[one.evaluation.scheme] = one
    return list(newest.values())


def draws(agency_ids: Collection[UUID] | None = None) -> QuerySet[Draw]:
    """Return the draws made for these bodies, or (None) every draw, the newest first."""
    found = Draw.objects.select_related("evaluation__agency", "agency").order_by("-at", "-id")
    return found if agency_ids is None else found.filter(agency_id__in=agency_ids)


def organisations(*, at: datetime, at_once: int) -> Iterator[list[tuple[str, Sequence[str]]]]:
    """Yield the organisations registered by `at` (hexadecimal, in order), each with the ids it was posted to.

    Whoever was merged into another is that other.
    """
    merged, after = all_merged(), ""
    absorbed = set(survivors(merged, at=at)) if merged else set()
    while page := _page(after, at, at_once):
        after = page[-1]
        standing = [one for one in page if one not in absorbed]
        clusters = clusters_of(standing, at=at) if merged else {}
        yield [(one, clusters.get(one, (one,))) for one in standing]


def _page(after: str, at: datetime, at_once: int) -> list[str]:
    past, given = (" AND o.subject_id > %s", (after,)) if after else ("", ())
    rows = bulk.select(
        "SELECT o.subject_id FROM subjects_organisation o JOIN subjects_subject s ON s.id = o.subject_id"
        f" WHERE s.created_at <= %s{past} ORDER BY o.subject_id LIMIT {at_once}",
        bulk.instant(at),
        *given,
    )
    return [bulk.hexadecimal(one) for (one,) in rows]


def grades_in(evaluation: Evaluation, subject_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the grade of each of these organisations in a run; who got none is left out."""
    found = Evaluated.objects.filter(evaluation=evaluation, subject_id__in=subject_ids)
    return dict(found.values_list("subject_id", "grade"))
