"""The process that does the jobs: huey keeps its queue in a file beside the data.

Nothing is lost with the queue: what must happen stands in tables, and each job looks there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

from django.db import close_old_connections
from huey import SqliteHuey
from huey.consumer import Consumer, Scheduler

from teyue.foundation.clock import now
from teyue.foundation.outbox.jobs import Job

THREADS = 2
FAREWELL_SECONDS = 10


class Pulse(Scheduler):  # type: ignore[misc]
    """Looks every second which jobs are due, where huey itself would look every minute."""

    periodic_task_seconds = 1


class Worker(Consumer):  # type: ignore[misc]
    """Ends its work before it goes, when asked by SIGTERM."""

    scheduler_class = Pulse


def worker(jobs: Sequence[Job], place: Path) -> Worker:
    """Return the worker of these jobs, with its queue in the folder ``place``."""
    place.mkdir(parents=True, exist_ok=True)
    # Huey tells of every beat, which would drown what matters.
    logging.getLogger("huey").setLevel(logging.WARNING)
    queue = SqliteHuey("teyue", filename=str(place / "jobs.sqlite3"), results=False)
    queue.immediate = False
    for job in jobs:
        beat = queue.periodic_task(_due(job.every), name=job.name, expires=job.every)
        beat(_once_at_a_time(job))
    return Worker(
        queue,
        workers=THREADS,
        max_delay=1,
        graceful_signal="TERM",
        shutdown_timeout=FAREWELL_SECONDS,
    )


def _due(every: timedelta) -> Callable[[datetime], bool]:
    last: list[datetime] = []

    def is_due(moment: datetime) -> bool:
        if last and moment - last[0] < every:
            return False
        last[:] = [moment]
        return True

    return is_due


def _once_at_a_time(job: Job) -> Callable[[], None]:
    busy = Lock()

    def run() -> None:
        if not busy.acquire(blocking=False):
            return
        try:
            close_old_connections()
            job.run(now())
        finally:
            close_old_connections()
            busy.release()

    return run
