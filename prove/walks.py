"""Walk long and at random through the procedure, and see what the walks came to."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.server import Environment

ROOT = Path(__file__).parent.parent
EXAMPLES = "TEYUE_PROVE_EXAMPLES"


@dataclass(frozen=True, slots=True)
class Walked:
    """How far the walks went, and whether an invariant broke."""

    sequences: int
    taken: int
    refused: int
    violations: int


def walk(environment: Environment, *, seed: int, examples: int) -> Walked:
    """Run the stateful tests with a seed, and return what they told."""
    with tempfile.TemporaryDirectory(prefix="teyue-prove-") as name:
        figures = Path(name) / "figures.json"
        told = {
            **environment,
            "TEYUE_PROVE_PROFILE": "long",
            "TEYUE_PROVE_FIGURES": str(figures),
            "TEYUE_PROVE_EVERY": "1",
            EXAMPLES: str(examples),
            # What a run that is ended halfway leaves behind goes with this folder.
            "TMPDIR": name,
        }
        told.pop("DJANGO_SETTINGS_MODULE", None)
        done = subprocess.run(
            [
                *(sys.executable, "-m", "pytest", "-p", "no:cacheprovider"),
                *("tests/properties", f"--hypothesis-seed={seed}"),
            ],
            cwd=ROOT,
            env=told,
            check=False,
        )
        counted = json.loads(figures.read_text(encoding="utf-8")) if figures.exists() else {}
    return Walked(
        sequences=counted.get("sequences", 0),
        taken=counted.get("taken", 0),
        refused=counted.get("refused", 0),
        violations=done.returncode,
    )
