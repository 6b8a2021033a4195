"""The log of the server in front of Django: what kind of fault it was, never what was asked nor by whom."""

import sys
import traceback
from collections.abc import Iterator
from typing import Any

from gunicorn.glogging import Logger


class ServerLog(Logger):  # type: ignore[misc]
    """gunicorn's log. From the moment requests are taken, faults stand in it by their kind and place alone.

    A request that is none never reaches Django, and gunicorn's own words for it quote the address asked, the
    header sent and where it came from: so none of its words is written while a fault is being told.
    """

    takes_requests = False

    def warning(self, msg: str, *args: Any, **options: Any) -> None:
        self._tell(super().warning, msg, *args, **options)

    def error(self, msg: str, *args: Any, **options: Any) -> None:
        self._tell(super().error, msg, *args, **options)

    def critical(self, msg: str, *args: Any, **options: Any) -> None:
        self._tell(super().critical, msg, *args, **options)

    def exception(self, msg: str, *args: Any, **options: Any) -> None:
        fault = sys.exc_info()[1]
        if self.takes_requests and fault is not None:
            super().error("A request failed: %s", "\n".join(_place_and_kind(fault)))
        else:
            super().exception(msg, *args, **options)

    def _tell(self, write: Any, msg: str, *args: Any, **options: Any) -> None:
        fault = sys.exc_info()[1]
        if self.takes_requests and fault is not None:
            write("A request was refused: %s", type(fault).__name__)
        else:
            write(msg, *args, **options)


def takes_requests(worker: Any) -> None:
    """Mark the log of a worker that has started: what failed before had no request, and is told in full."""
    worker.log.takes_requests = True


def _place_and_kind(fault: BaseException) -> Iterator[str]:
    """Yield, for a fault and each that led to it, the lines of code it came through and its kind.

    Not its message, which may quote what was sent.
    """
    led_to_it = fault.__cause__ or fault.__context__
    if led_to_it is not None:
        yield from _place_and_kind(led_to_it)
    yield "".join(traceback.format_tb(fault.__traceback__)) + type(fault).__name__
