"""`gongxin serve`: the website, the desk and both interfaces, until it is told to stop."""

import argparse
import errno
import socket
import sys
from typing import Any

THREADS = 4
BACKLOG = 512
LONGEST_ADDRESS = 8190
STOPS_WITHIN_SECONDS = 20


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="监听地址 / address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="端口 / port")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="进程数 / number of processes")


def run(args: argparse.Namespace) -> int:
    from gongxin.interfaces.commands.database import ready

    ready()
    try:
        listener = _listen(args.host, args.port)
    except (OSError, OverflowError) as error:
        print(_not_listening(args.host, args.port, error), file=sys.stderr)
        return 1
    print(f"公信 / Gongxin: {_address(args.host, listener)}", flush=True)
    _serve(listener, workers=max(args.workers, 1))
    return 0


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; made here, so that a taken port is told in one sentence and at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG)


def _not_listening(host: str, port: int, error: Exception) -> str:
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return (
            f"端口 {port} 已被其他程序占用。换一个：gongxin serve --port {port + 1}\n"
            f"Port {port} is taken by another program. Try another: gongxin serve --port {port + 1}"
        )
    reason = error.strerror if isinstance(error, OSError) else error
    return f"无法在 {host}:{port} 上启动网站：{reason}\nCannot listen on {host}:{port}: {reason}"


def _address(host: str, listener: socket.socket) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{listener.getsockname()[1]}/"


def _serve(listener: socket.socket, *, workers: int) -> None:
    from django.core.wsgi import get_wsgi_application
    from django.db import connections
    from django.urls import get_resolver
    from gunicorn.app.base import BaseApplication

    from gongxin.registry.planned_once import plan_questions_once

    class Website(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in settings_of_server(listener.fileno(), workers=workers).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            application = get_wsgi_application()
            # The address table is read now: the first visitor does not wait, and a fault shows at once.
            _ = get_resolver().url_patterns
            return application

    # Each process opens its own: an SQLite connection does not survive a fork.
    connections.close_all()
    plan_questions_once()
    Website().run()


def settings_of_server(descriptor: int, *, workers: int) -> dict[str, Any]:
    """Return gunicorn's settings. No access log: addresses of searches say who was looked for.

    Its error log keeps them out too (`ServerLog`).
    A question of 500 Chinese characters makes an address of 4,500, and is to be answered with words.
    """
    from gongxin.interfaces.commands.server_log import ServerLog, takes_requests

    return {
        "bind": f"fd://{descriptor}",
        "workers": workers,
        "worker_class": "gthread",
        "threads": THREADS,
        "accesslog": None,
        "limit_request_line": LONGEST_ADDRESS,
        "logger_class": ServerLog,
        "post_worker_init": takes_requests,
        "loglevel": "warning",
        "control_socket_disable": True,
        "graceful_timeout": STOPS_WITHIN_SECONDS,
        "proc_name": "gongxin",
    }
