from typing import Any, BinaryIO

from django.utils.translation import get_language

from gongxin.engine.report import open_report, page_of_problems
from gongxin.flows.corrections import copy_of
from gongxin.registry.catalogue.queries import class_checked_by
from gongxin.registry.intake.models import Submission
from gongxin.registry.intake.spool import kept_folder

CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


def report_of(submission: Submission, *, file_format: str, left_only: bool = False) -> BinaryIO:
    """Return the problem report of a checked submission, ready to be read from its beginning.

    With `left_only` a workbook holds only the rows that are still to be corrected.
    """
    return open_report(
        kept_folder(submission.id),
        information_class=class_checked_by(submission.class_id, edition=submission.edition),
        file_format=file_format,
        language=get_language() or "zh",
        copy=copy_of(submission, left_only=left_only) if file_format == "xlsx" else None,
    )


def problems_from(submission: Submission, *, start: int, limit: int) -> dict[str, Any]:
    """Return some problems of a checked submission, from the one at `start`, and how many there are."""
    return page_of_problems(
        kept_folder(submission.id),
        information_class=class_checked_by(submission.class_id, edition=submission.edition),
        language=get_language() or "zh",
        start=start,
        limit=limit,
    )
