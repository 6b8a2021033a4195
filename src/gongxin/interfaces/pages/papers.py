"""The papers of a case on their way in and out: taken from a form, refused in words, handed out as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import FileResponse, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxin.core.evidence import Fault, RefusedFile, safe_name, words_of
from gongxin.flows.evidence import Opened, fault_of_evidence, keep_evidence
from gongxin.flows.open_case import NewEvidence
from gongxin.interfaces.pages.wording import article_in_words
from gongxin.interfaces.sealed_upload import papers, refused_papers
from gongxin.registry.cases.models import Case

_NO_SCRIPT = "sandbox; default-src 'none'"


@dataclass(frozen=True, slots=True)
class RefusedPaper:
    """A file that was not taken: what is wrong, by which rule, what would be right."""

    name: str
    wrong: str
    rule: str
    right: str

    @property
    def sentence(self) -> str:
        told = {"wrong": self.wrong, "right": self.right, "rule": self.rule}
        said = _("%(wrong)s. %(right)s. The rule: %(rule)s.") % told
        return f"{self.name}: {said}" if self.name else said


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What came with a form. If anything was refused nothing is kept: the form comes back."""

    kept: Sequence[NewEvidence]
    refused: Sequence[RefusedPaper]


def handed_in(request: HttpRequest, *, at: datetime, case: Case | None = None) -> HandedIn:
    """Judge and keep the papers of a form (its fields `evidence`), for a new case or one that is open."""
    arrived, kept = papers(request), list[NewEvidence]()
    refused = list(refused_papers(request))  # known once the form was read
    for file in arrived:
        found = keep_evidence(file.take(), name=file.name or "", at=at)
        (refused if isinstance(found, RefusedFile) else kept).append(found)  # type: ignore[arg-type]
    fault = fault_of_evidence(kept, case=case)
    if fault is not None:
        refused.append(RefusedFile("", fault))
    return HandedIn([] if refused else kept, [_in_words(one.name, one.fault) for one in refused])


def paper_answer(opened: Opened) -> FileResponse:
    """Return a paper as a file to save: never shown by the browser, never guessed at, kept by no cache."""
    row = opened.row
    answer = FileResponse(
        opened.stream, as_attachment=True, filename=safe_name(row.name), content_type=row.media_type
    )
    answer["Content-Length"] = str(row.size_bytes)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = _NO_SCRIPT
    answer["Cache-Control"] = "no-store"
    return answer


def _in_words(name: str, fault: Fault) -> RefusedPaper:
    told, language = words_of(fault), get_language() or "zh-hans"
    article = article_in_words(told.citation.article, language=language)
    rule = told.rule.in_language(language)
    return RefusedPaper(
        name, told.wrong.in_language(language), f"{rule}（{article}）" if article else rule,
        told.right.in_language(language),
    )  # fmt: skip
