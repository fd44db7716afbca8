"""The written procedure, as docs/procedure/ holds it: what the code is compared with."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "docs" / "procedure"
HEADING = re.compile(r"^#{1,2} (?P<clause>\d+(?:\.\d+)+) (?P<title>.+)$")
FIELDS = ("意思", "谁", "表单", "步骤", "必守")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: its number, its title and what is written under it."""

    number: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """An event of a table. ``name`` is what steps call it."""

    name: str
    label: str
    clause: str
    roles: frozenset[str]
    moves: frozenset[tuple[str, str]]


@cache
def clauses() -> dict[str, Clause]:
    """Return the clauses by number, in the order in which they are written."""
    found: dict[str, Clause] = {}
    for page in sorted(PLACE.glob("[0-9]*.md")):
        for part in re.split(r"(?m)^(?=#)", page.read_text("utf-8")):
            heading, _, text = part.partition("\n")
            if match := HEADING.match(heading):
                assert match["clause"] not in found, f"{match['clause']} is written twice"
                found[match["clause"]] = Clause(match["clause"], match["title"], text)
    return found


@cache
def tables() -> dict[str, dict[str, Any]]:
    """Return order.toml as it stands."""
    return tomllib.loads((PLACE / "order.toml").read_text("utf-8"))


@cache
def events() -> dict[str, Row]:
    """Return the events of the order by their names, such as ``O7r``."""
    return _rows("order")


@cache
def moves() -> dict[str, dict[str, Row]]:
    """Return the events of every other paper, by the name of the paper."""
    names = [name for name in tables() if name != "order"]
    return {str(tables()[name]["paper"]): _rows(name) for name in names}


@cache
def papers() -> dict[str, dict[str, Any]]:
    """Return how states come about that no step of the paper itself leads to."""
    return tomllib.loads((PLACE / "papers.toml").read_text("utf-8"))


def alongside(paper: str) -> dict[str, list[str]]:
    """Return by which steps of other papers a paper comes into a state."""
    found: dict[str, list[str]] = papers().get(paper, {}).get("alongside", {})
    return found


@cache
def unbuilt() -> frozenset[str]:
    """Return the clauses and rows that nothing keeps yet."""
    lines = (PLACE / "unbuilt.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def invariants() -> frozenset[str]:
    """Return the numbers of the rules that must hold, such as ``I-14``."""
    return frozenset(re.findall(r"\*\*(I-\d\d)\*\*", (PLACE / "invariants.md").read_text("utf-8")))


@cache
def forms() -> frozenset[str]:
    """Return the codes of the controlled forms, such as ``F-07``."""
    return frozenset(re.findall(r"^\| (F-\d\d) ", (PLACE / "README.md").read_text("utf-8"), re.M))


def named_in(text: str) -> list[str]:
    """Return the clauses that a text names in digits, ranges such as 4.2.1–4.2.2 spelled out."""
    found: list[str] = []
    for first, last in re.findall(r"\b(\d\.\d(?:\.\d)?)(?:–(\d\.\d(?:\.\d)?))?", text):
        found.append(first)
        if last:
            stem, begin, end = first[:-1], int(first[-1]), int(last[-1])
            found += [f"{stem}{number}" for number in range(begin + 1, end + 1)]
    return found


def _rows(table: str) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for entry in tables()[table]["events"]:
        row = _row(entry)
        known = found.get(row.name, row)
        found[row.name] = replace(
            row, roles=row.roles | known.roles, moves=row.moves | known.moves, label=known.label
        )
    return found


def _row(entry: dict[str, Any]) -> Row:
    return Row(
        name=entry["event"],
        label=entry["label"],
        clause=entry["clause"],
        roles=frozenset(entry["by"]),
        moves=frozenset(
            (before, after) for before in entry["from"] for after in entry["to"] if before != after
        ),
    )
