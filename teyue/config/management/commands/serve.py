from __future__ import annotations

import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management import (
    CommandError,
    CommandParser,
    call_command,
    get_commands,
)
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.config.supervisor import supervise
from teyue.config.translated import Translated
from teyue.register.company.models import Company

HOST = "127.0.0.1"
BLOCKING_THREADS = 2


class Command(Translated):
    says = gettext_lazy("提供页面和接口，并同时办理后台任务。")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help=_("端口"))

    def handle(self, *, port: int, **options: Any) -> None:
        refuse_taken(port)
        if "demo" in get_commands() and not company_exists():
            call_command("demo")
        self.stdout.write(f"特约 Teyue  http://{HOST}:{port}/")
        self.stdout.flush()
        supervise({"web": web(port), "work": work()})


def company_exists() -> bool:
    """Tell whether somebody has set this installation up."""
    return Company.objects.exists()


def refuse_taken(port: int) -> None:
    """Say so at once if another program has the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            text = _("端口 %(port)s 已被占用。请您另选一个，例如：make run PORT=%(other)s")
            raise CommandError(text % {"port": port, "other": port + 1}) from error


def web(port: int) -> Sequence[str]:
    """Give the command of the web server: one process a core."""
    return [
        beside("granian"),
        *("--interface", "wsgi", "--host", HOST, "--port", str(port)),
        *("--workers", str(os.cpu_count() or 1), "--blocking-threads", str(BLOCKING_THREADS)),
        *("--log-level", "warning", "--respawn-failed-workers"),
        "teyue.config.wsgi:application",
    ]


def work() -> Sequence[str]:
    """Give the command of the job worker."""
    return [beside("teyue"), "work"]


def beside(program: str) -> str:
    return str(Path(sys.executable).with_name(program))
