"""`gongxin worker`: checks and posts what arrives, until it is told to stop."""

import _thread
import argparse
import os
import secrets
import signal
import socket
import threading

from gongxin.interfaces import clock


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="处理完待办即退出 / leave when nothing waits")


def run(args: argparse.Namespace) -> int:
    from gongxin.interfaces.commands.database import ready

    ready()
    from gongxin.interfaces.jobs.worker import run_worker

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        # The step in hand is finished and committed first; a second signal changes nothing. Ctrl-C often
        # brings two at once: set from within a handler, the event would wait for its own lock.
        signal.signal(number, lambda *_: _thread.start_new_thread(stop.set, ()))
    run_worker(once=args.once, clock=clock.now, name=_name(), stop=stop)
    return 0


def _name() -> str:
    """Return a name no other worker bears: two of one name would share a lease."""
    return f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(3)}"
