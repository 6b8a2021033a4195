"""What was wrong with a submission, rule by rule, and the sender's own copy with the cells marked."""

import json
from dataclasses import dataclass
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase

from gongxin.core.catalogue import Citation, InformationClass, Label, Severity
from gongxin.engine.keep import LAYOUT
from gongxin.interfaces.desk.reach import submission_in_reach
from gongxin.interfaces.permissions import requires
from gongxin.interfaces.problem_report import CONTENT_TYPES, report_of
from gongxin.registry.catalogue.queries import active_class
from gongxin.registry.intake.models import Submission
from gongxin.registry.intake.queries import kept_folder

_ORDER = (Severity.ERROR, Severity.OUT_OF_SCOPE, Severity.WARNING)
_UNNAMED = Label("此行无法读取。", "This row cannot be read.")


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One rule and how often it was broken."""

    code: str
    count: int
    severity: Severity
    message: Label
    example: str = ""
    citation: Citation | None = None


def problem_lines(submission: Submission) -> list[ProblemLine]:
    """Return the rules broken, errors first, then the most frequent first."""
    information_class = active_class(submission.class_id, on=submission.on)
    damage = _damage_words(submission)
    lines = [_line(information_class, damage, code, count) for code, count in submission.problems.items()]
    return sorted(lines, key=lambda line: (_ORDER.index(line.severity), -line.count, line.code))


def _line(
    information_class: InformationClass, damage: dict[str, Label], code: str, count: int
) -> ProblemLine:
    rule = next((rule for rule in information_class.rules if rule.code == code), None)
    if rule is None:
        return ProblemLine(code, count, Severity.ERROR, damage.get(code, _UNNAMED))
    return ProblemLine(code, count, rule.severity, rule.message, rule.example, rule.citation)


def _damage_words(submission: Submission) -> dict[str, Label]:
    path = kept_folder(submission.id) / LAYOUT
    if not path.exists():
        return {}
    kept = json.loads(path.read_text(encoding="utf-8"))
    return {code: Label(words["zh"], words["en"]) for code, words in kept.get("damage", {}).items()}


@requires("submission.read")
def download(request: HttpRequest, submission_id: UUID, file_format: str) -> HttpResponseBase:
    """Send the problems as the sender's own workbook, marked, or as a table to read by machine."""
    submission = submission_in_reach(request, submission_id, action="submission.read")
    if file_format not in CONTENT_TYPES:
        raise Http404
    report = report_of(submission, file_format=file_format)
    return FileResponse(
        report,
        as_attachment=True,
        filename=f"problems-{submission.id.hex[:12]}.{file_format}",
        content_type=CONTENT_TYPES[file_format],
    )
