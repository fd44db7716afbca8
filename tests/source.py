"""The code as text: which files there are, and what their trees say."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from tests.written import ROOT
from teyue.foundation.lifecycle import Step

FLOORS = ("teyue.procedure", "teyue.register")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def files(*endings: str) -> tuple[Path, ...]:
    """Return the files that belong to the project, by how their names end; git is not needed."""
    found = (path for path in _found(ROOT) if path.name.endswith(endings or ("",)))
    return tuple(sorted(found))


def _found(place: Path) -> Iterator[Path]:
    for path in place.iterdir():
        if path.name == ".git" or _is_ignored(path):
            continue
        if path.is_dir():
            yield from _found(path)
        else:
            yield path


def _is_ignored(path: Path) -> bool:
    end = "/" if path.is_dir() else ""
    inside = path.relative_to(ROOT).as_posix()
    names = (f"{path.name}{end}", f"{inside}{end}", f"/{inside}{end}")
    return any(fnmatch(name, pattern) for name in names for pattern in _ignored())


@cache
def _ignored() -> tuple[str, ...]:
    return tuple(filter(None, (ROOT / ".gitignore").read_text("utf-8").splitlines()))


def python() -> list[Path]:
    """Return the Python files, without what Django wrote."""
    return [path for path in files(".py") if "migrations" not in path.parts]


def house() -> list[Path]:
    """Return the Python files of the house itself, without tests."""
    inside = [path for path in python() if path.is_relative_to(ROOT / "teyue")]
    return [path for path in inside if not is_test(path)]


def is_test(path: Path) -> bool:
    """Tell whether a file is only for the tests."""
    return "tests" in path.relative_to(ROOT).parts or path.name == "conftest.py"


def is_of_the_house(kind: type) -> bool:
    """Tell whether a class is written in the house, and not for its tests."""
    return kind.__module__.startswith("teyue.") and ".tests." not in kind.__module__


@cache
def tree(path: Path) -> ast.Module:
    """Return the parsed file."""
    return ast.parse(path.read_text("utf-8"))


def functions(path: Path) -> list[Function]:
    """Return every function of a file, nested ones too."""
    return [node for node in ast.walk(tree(path)) if isinstance(node, Function)]


def calls(node: ast.AST) -> Iterator[ast.Call]:
    """Yield every call beneath a node."""
    return (found for found in ast.walk(node) if isinstance(found, ast.Call))


def name_of(path: Path) -> str:
    """Return the name of a file inside the project."""
    return path.relative_to(ROOT).as_posix()


@cache
def stages() -> dict[str, str]:
    """Return the module name of every stage and every part of the register, by its last name."""
    found: dict[str, str] = {}
    for floor in FLOORS:
        package = import_module(floor)
        found |= {part.name: f"{floor}.{part.name}" for part in iter_modules(package.__path__)}
    return found


def room(stage: str, name: str) -> list[Path]:
    """Return the files of one room of a stage, whether it is a module or a package."""
    place = ROOT.joinpath(*stages()[stage].split("."))
    module = place / f"{name}.py"
    return [module] if module.exists() else sorted((place / name).glob("*.py"))


@cache
def steps() -> dict[str, tuple[str, str, Step]]:
    """Return every step by name, with the stage and the constant that hold it."""
    found: dict[str, tuple[str, str, Step]] = {}
    for stage, module in stages().items():
        for path in room(stage, "steps"):
            tail = "" if path.stem in ("steps", "__init__") else f".{path.stem}"
            members = vars(import_module(f"{module}.steps{tail}"))
            for constant, step in members.items():
                if isinstance(step, Step) and step.name.partition(".")[0] == stage:
                    found[step.name] = (stage, constant, step)
    return found
