"""The two engines, and an empty database on each."""

from __future__ import annotations

import os
import re
import subprocess
from itertools import count

from bench.server import Environment

ADDRESSES = ("TEYUE_DATABASE", "TEYUE_DATABASE_OWNER")
_numbers = count(1)


def both(environment: Environment = os.environ) -> dict[str, dict[str, str]]:
    """Return the environment of each engine."""
    without = {name: value for name, value in environment.items() if name not in ADDRESSES}
    return {"SQLite": without, "PostgreSQL": dict(environment)}


def emptied(environment: Environment) -> dict[str, str]:
    """Return the environment with a database of its own; a file makes itself."""
    if ADDRESSES[0] not in environment:
        return dict(environment)
    name = f"proof{next(_numbers)}"
    subprocess.run(["createdb", "-O", "teyue_owner", name], env=dict(environment), check=True)
    moved = {key: re.sub(r"/[^/]*$", f"/{name}", environment[key]) for key in ADDRESSES}
    return {**environment, **moved}
