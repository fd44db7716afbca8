"""Long runs end when they are asked to, and leave nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

RUN = """
import subprocess, sys, tempfile
from contextlib import suppress
from bench.ending import polite
with polite(), tempfile.TemporaryDirectory(prefix="teyue-bench-", dir=sys.argv[1]):
    child = subprocess.Popen(["sleep", "60"], start_new_session=True)
    try:
        print(child.pid, flush=True)
        with suppress(SystemExit):
            child.wait()
    finally:
        child.terminate()
        child.wait()
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_asked_to_end_takes_down_what_it_put_up(number, tmp_path):
    run = subprocess.Popen(
        [sys.executable, "-c", RUN, str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    child = int(run.stdout.readline())

    run.send_signal(number)
    told = run.communicate(timeout=30)[1]

    assert (run.returncode, told) == (128 + number, b"")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
