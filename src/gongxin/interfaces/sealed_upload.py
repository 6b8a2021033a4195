"""Takes an uploaded file straight into a sealed spool: no clear temporary file, never whole in memory.

Django's own handlers write large files to the temporary folder in clear (R12 forbids it). A file
nobody takes is discarded when the request ends, and one cut off on the way as soon as it is noticed.
"""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

from gongxin.interfaces.permissions import allowed
from gongxin.registry.intake.spool import new_spool
from gongxin.registry.sealing import SealingWriter

CHUNK_BYTES = 1 << 18
TOO_LARGE, NO_ROOM = "too-large", "no-room"


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

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        # Parsing begins before any view is asked: what a stranger sends is read and let go.
        if self.request is None or not allowed(self.request, action="submission.send"):
            raise SkipFile
        self.file = SealedFile(new_spool(), name=self.file_name or "", content_type=self.content_type)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > settings.MAX_UPLOAD_BYTES:
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

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()

    def _refuse(self, reason: str) -> None:
        self.file.close()
        self.request.upload_refusal = reason  # type: ignore[union-attr]
        raise StopUpload(connection_reset=False)


def upload_refusal(request: HttpRequest) -> str:
    """Return why an arriving file was not taken (TOO_LARGE, NO_ROOM), or nothing."""
    return str(getattr(request, "upload_refusal", ""))


def sealed_file(request: HttpRequest, name: str = "file") -> SealedFile | None:
    """Return the file sent under `name`, if one was."""
    file = request.FILES.get(name)
    return file if isinstance(file, SealedFile) else None
