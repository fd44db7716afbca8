"""Check and test everything, stage by stage, and say at the end which stages hold."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
PYTEST = [str(BIN / "pytest"), "-n", "2", "--dist", "loadgroup"]

STAGES = {
    "ruff check": [str(BIN / "ruff"), "check", "."],
    "ruff format": [str(BIN / "ruff"), "format", "--check", "."],
    "mypy": [str(BIN / "mypy"), "teyue", "tests", "scripts", "conftest.py"],
    "import contracts": [str(BIN / "lint-imports")],
    "migrations": [str(BIN / "teyue"), "makemigrations", "--check", "--dry-run"],
    "templates": [str(BIN / "djlint"), "teyue", "--lint", "--quiet"],
    "tests on SQLite": [*PYTEST, "-m", "not browser"],
    "tests on PostgreSQL": [
        *(str(BIN / "python"), "scripts/postgres.py", "run", "--"),
        *PYTEST,
    ],
}


def run(name: str, command: list[str], environment: dict[str, str]) -> bool:
    """Run one stage under its headline, and tell whether it holds."""
    print(f"\n━━━ {name} ━━━", flush=True)
    begun = time.monotonic()
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    print(
        f"─── {name}: {'ok' if code == 0 else f'FAILED ({code})'}, {time.monotonic() - begun:.0f} s"
    )
    return code == 0


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="teyue-check-") as data:
        environment = os.environ | {"TEYUE_DATA": data}
        held = {name: run(name, command, environment) for name, command in STAGES.items()}
    print("\n━━━ summary ━━━")
    for name, holds in held.items():
        print(f"{'ok    ' if holds else 'FAILED'}  {name}")
    return 0 if all(held.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
