"""Import a workbook into the house of the environment, by the operations that all doors call.

Run by :func:`bench.server.inside`; the seconds of each part go to standard output as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from teyue.desks.importing import operations
from teyue.desks.importing.examination import examine
from teyue.foundation import clock
from teyue.register.company.models import Office
from teyue.register.people.queries import system


def main() -> None:
    """Import the workbook that is named."""
    book, office, actor = Path(sys.argv[2]), Office.objects.get(), system()
    began = time.perf_counter()
    found = examine(office, book.read_bytes(), actor=actor, at=clock.now())
    read = time.perf_counter()
    run = operations.upload(found, name=book.name, actor=actor, at=clock.now())
    kept = time.perf_counter()
    operations.import_all(run, actor=actor, at=clock.now())
    confirmed = time.perf_counter()
    told = {
        "rows": sum(line.rows for line in found.sheets),
        "read": read - began,
        "keep": kept - read,
        "write": confirmed - kept,
        "all": confirmed - began,
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
