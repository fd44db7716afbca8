"""Each refusal that the house can give is one that a test has provoked."""

from __future__ import annotations

import ast
from functools import cache

import pytest

from tests import source

# The pattern book shows what a refusal looks like; nobody meets it at work.
SHOWN_ONLY = frozenset({"web/gallery.py"})


def _code(call: ast.Call) -> str:
    """Return the code of ``Refused(code, …)`` and of ``collisions.say(constraint, code, …)``."""
    place = {"Refused": 0, "say": 1}.get(_called(call))
    if place is None or len(call.args) <= place:
        return ""
    said = call.args[place]
    return said.value if isinstance(said, ast.Constant) and isinstance(said.value, str) else ""


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


@cache
def given() -> dict[str, set[str]]:
    """Return every code that the house refuses with, and the files that give it."""
    found: dict[str, set[str]] = {}
    for path in source.house():
        name = source.name_of(path).removeprefix("teyue/")
        for call in source.calls(source.tree(path)) if name not in SHOWN_ONLY else ():
            if code := _code(call):
                found.setdefault(code, set()).add(name)
    return found


@cache
def asserted() -> frozenset[str]:
    """Return every text that a test names."""
    trees = (source.tree(path) for path in source.python() if source.is_test(path))
    nodes = (node for tree in trees for node in ast.walk(tree))
    texts = (node.value for node in nodes if isinstance(node, ast.Constant))
    return frozenset(text for text in texts if isinstance(text, str))


@pytest.mark.parametrize("code", sorted(given()))
def test_a_refusal_is_provoked_by_a_test(code):
    assert code in asserted(), f"{code} of {', '.join(sorted(given()[code]))}"
