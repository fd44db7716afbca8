"""Which roles grant which powers, and where: read once from the table beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from teyue.foundation.actors import EVERYWHERE

SYSTEM = "SYS"
LEGAL_PERSON = "LP"
ANYBODY = "*"
RESIDENT = "RS"
NOT_POSTS = frozenset({SYSTEM, LEGAL_PERSON, ANYBODY, RESIDENT})
NOT_STEPS = frozenset({"read", "key", "witness"})


@dataclass(frozen=True, slots=True)
class Row:
    """One power: who holds it, and whether it reaches beyond the office of the post."""

    code: str
    roles: frozenset[str]
    everywhere: bool

    @property
    def is_step(self) -> bool:
        """Tell whether it is the power to take a step."""
        return self.code.partition(".")[2] not in NOT_STEPS


def _read() -> Mapping[str, Row]:
    stages = tomllib.loads(Path(__file__).with_name("access.toml").read_text("utf-8"))
    return {
        f"{stage}.{name}": Row(f"{stage}.{name}", frozenset(row["roles"]), row["office"] == "all")
        for stage, rows in stages.items()
        for name, row in rows.items()
    }


TABLE: Mapping[str, Row] = _read()


@cache
def grants(role: str, office: int) -> frozenset[tuple[str, int]]:
    """Return the pairs of power and scope that a role grants in an office (0: in all)."""
    return frozenset(
        (row.code, EVERYWHERE if row.everywhere else office)
        for row in TABLE.values()
        if role in row.roles
    )


def roles_of(code: str) -> frozenset[str]:
    """Return the roles that grant a power; none for one that is not in the table."""
    row = TABLE.get(code)
    return row.roles if row else frozenset()


def taken_by_posts() -> tuple[Row, ...]:
    """Return the steps that at least one post may take, in the order of the table."""
    return tuple(row for row in TABLE.values() if row.is_step and row.roles - NOT_POSTS)
