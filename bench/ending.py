"""End a long run when somebody asks for it, and leave nothing behind."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ASKING = (signal.SIGTERM, signal.SIGINT)


class Asked(KeyboardInterrupt):
    """Somebody asked the run to end."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


@contextmanager
def polite() -> Iterator[None]:
    """Leave the block at SIGTERM or Ctrl-C, taking down on the way whatever it put up.

    :raises SystemExit: with 128 and the number of the signal, as shells expect.
    """
    for number in ASKING:
        signal.signal(number, _leave)
    try:
        yield
    except Asked as asked:
        raise SystemExit(128 + asked.number) from None


def _leave(number: int, frame: FrameType | None) -> None:
    # Asking twice must not interrupt the taking down; clients whose server goes have no news.
    for each in ASKING:
        signal.signal(each, lambda *_: None)
    threading.excepthook = lambda told: None
    raise Asked(number)
