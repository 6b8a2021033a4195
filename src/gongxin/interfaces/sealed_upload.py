"""Takes an uploaded file straight into a sealed spool: no clear temporary file, never whole in memory.

Django's own handlers write large files to the temporary folder in clear (R12 forbids it). A file
nobody takes is discarded when the request ends, and one cut off on the way as soon as it is noticed.

Under the name `evidence` come the papers of a case, several and small: one that is too large is left aside
while it arrives, and the rest of the form is read all the same.
"""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

from gongxin.core.evidence import Fault, RefusedFile, fault_of_all, limits, safe_name
from gongxin.interfaces.permissions import allowed
from gongxin.registry.cases.papers import new_paper
from gongxin.registry.intake.spool import new_spool
from gongxin.registry.sealing import SealingWriter

CHUNK_BYTES = 1 << 18
TOO_LARGE, NO_ROOM = "too-large", "no-room"
PAPERS = "evidence"
# Who hands in papers: an applicant, the counter, whoever answers.
_PAPER_ACTIONS = ("case.ask", "case.take", "case.decide")
_OF_ANYONE = "case.ask-as-other"  # taken at its own address alone


class SealedFile(UploadedFile):  # type: ignore[type-arg]
    """An uploaded file that lies sealed in the spool. `take` it, or it is discarded with the request."""

    def __init__(self, spool: SealingWriter, *, name: str, content_type: str | None) -> None:
        super().__init__(file=None, name=name, content_type=content_type, size=0)
        self._spool: SealingWriter | None = spool

    @property
    def spool(self) -> SealingWriter:
        if self._spool is None:
            raise ValueError("this file was already taken or discarded")
        return self._spool

    def take(self) -> SealingWriter:
        """Return the closed writer; from now on the caller answers for it."""
        spool, self._spool = self.spool, None
        return spool

    def close(self) -> None:
        if self._spool is not None:
            self._spool.discard()
            self._spool = None


class SealedUploadHandler(FileUploadHandler):
    """Named in settings: every multipart request comes through here."""

    chunk_size = CHUNK_BYTES

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.file: SealedFile
        self.paper_sizes: list[int] = []

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.field_name == PAPERS:
            self._new_paper()
            return
        # Parsing begins before any view is asked: what a stranger sends is read and let go.
        if self.request is None or not allowed(self.request, action="submission.send"):
            raise SkipFile
        self.file = SealedFile(new_spool(), name=self.file_name or "", content_type=self.content_type)

    def _new_paper(self) -> None:
        if self.request is None or not _may_hand_in(self.request):
            raise SkipFile
        self.paper_sizes.append(0)
        self.file = SealedFile(new_paper(), name=self.file_name or "", content_type=self.content_type)
        self._refuse_paper_for(fault_of_all(self.paper_sizes))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.field_name == PAPERS:
            self._weigh_paper(start + len(raw_data))
        elif start + len(raw_data) > settings.MAX_UPLOAD_BYTES:
            self._refuse(TOO_LARGE)
        try:
            self.file.spool.write(raw_data)
        except OSError:
            self._refuse(NO_ROOM)

    def file_complete(self, file_size: int) -> SealedFile | None:
        file = self.file
        try:
            file.spool.close()
        except OSError:
            self._refuse(NO_ROOM)
        file.size = file_size
        del self.file
        return file

    def _weigh_paper(self, size_bytes: int) -> None:
        self.paper_sizes[-1] = size_bytes
        too_large = Fault.TOO_LARGE if size_bytes > limits().file_bytes else None
        self._refuse_paper_for(too_large or fault_of_all(self.paper_sizes))

    def _refuse_paper_for(self, fault: Fault | None) -> None:
        """Leave a paper aside and read on. Raises SkipFile."""
        if fault is None:
            return
        self.file.close()
        del self.file
        self.paper_sizes.pop()
        refused = [*refused_papers(self.request), RefusedFile(safe_name(self.file_name or ""), fault)]
        self.request.refused_papers = refused  # type: ignore[union-attr]
        raise SkipFile

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()

    def _refuse(self, reason: str) -> None:
        self.file.close()
        self.request.upload_refusal = reason  # type: ignore[union-attr]
        raise StopUpload(connection_reset=False)


def _may_hand_in(request: HttpRequest) -> bool:
    asked = getattr(request.resolver_match, "func", None)
    of_anyone = getattr(asked, "action", "") == _OF_ANYONE
    return of_anyone or any(allowed(request, action=one) for one in _PAPER_ACTIONS)


def upload_refusal(request: HttpRequest) -> str:
    """Return why an arriving file was not taken (TOO_LARGE, NO_ROOM), or nothing."""
    return str(getattr(request, "upload_refusal", ""))


def sealed_file(request: HttpRequest, name: str = "file") -> SealedFile | None:
    """Return the file sent under `name`, if one was."""
    file = request.FILES.get(name)
    return file if isinstance(file, SealedFile) else None


def papers(request: HttpRequest) -> list[SealedFile]:
    """Return the papers that came with a form."""
    return [one for one in request.FILES.getlist(PAPERS) if isinstance(one, SealedFile)]


def refused_papers(request: HttpRequest | None) -> list[RefusedFile]:
    """Return the papers that were left aside while they arrived."""
    found: list[RefusedFile] = getattr(request, "refused_papers", [])
    return found
