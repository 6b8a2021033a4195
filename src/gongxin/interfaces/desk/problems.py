"""What was wrong with a submission, rule by rule, and the sender's own copy with the cells marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase

from gongxin.core.catalogue import Citation, Label, Rule, Severity
from gongxin.engine.report.findings import PRODUCT
from gongxin.interfaces.desk.reach import submission_in_reach
from gongxin.interfaces.permissions import requires
from gongxin.interfaces.problem_report import CONTENT_TYPES, report_of
from gongxin.registry.catalogue.queries import class_checked_by
from gongxin.registry.intake.models import Submission

_ORDER = (Severity.ERROR, Severity.OUT_OF_SCOPE, Severity.WARNING)
LEFT = "left"
_UNNAMED = Label("此行无法读取。", "This row cannot be read.")


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One rule, how often it was broken, and where first. What the reader found is no rule of the law."""

    code: str
    count: int
    severity: Severity
    message: Label
    places: tuple[str, ...] = ()
    rule: Rule | None = None

    @property
    def citation(self) -> Citation | None:
        """Return the ground to cite to a sender; what the product decided for itself is none."""
        cited = self.rule.citation if self.rule else None
        return None if cited is None or cited.source == PRODUCT else cited


def problem_lines(submission: Submission, layout: Mapping[str, Any]) -> list[ProblemLine]:
    """Return the rules broken, errors first, then the most frequent first."""
    information_class = class_checked_by(submission.class_id, edition=submission.edition)
    rules = {rule.code: rule for rule in information_class.rules}
    lines = [_line(rules.get(code), layout, code, count) for code, count in submission.problems.items()]
    return sorted(lines, key=lambda line: (_ORDER.index(line.severity), -line.count, line.code))


def _line(rule: Rule | None, layout: Mapping[str, Any], code: str, count: int) -> ProblemLine:
    several = len(layout.get("tables", ())) > 1
    places = tuple(_place(place, several) for place in layout.get("samples", {}).get(code, ()))
    if rule is None:
        words = layout.get("damage", {}).get(code)
        return ProblemLine(code, count, Severity.ERROR, Label(**words) if words else _UNNAMED, places)
    return ProblemLine(code, count, rule.severity, rule.message, places, rule)


def _place(place: Sequence[Any], several: bool) -> str:
    sheet, row = place
    return f"{sheet}!{row}" if several else str(row)


@requires("submission.read")
def download(request: HttpRequest, submission_id: UUID, file_format: str) -> HttpResponseBase:
    """Send the problems as the sender's own workbook, marked, or as a table to read by machine."""
    submission = submission_in_reach(request, submission_id, action="submission.read")
    if file_format not in CONTENT_TYPES:
        raise Http404
    left_only = file_format == "xlsx" and request.GET.get("rows") == LEFT
    report = report_of(submission, file_format=file_format, left_only=left_only)
    return FileResponse(
        report,
        as_attachment=True,
        filename=f"problems-{submission.id.hex[:12]}.{file_format}",
        content_type=CONTENT_TYPES[file_format],
    )
