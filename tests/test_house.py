"""The house is built as its rules say: sizes, door plates, words, and what is not done here."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from statistics import median

import pytest
from babel.messages.pofile import read_po
from django.apps import apps
from django.utils.translation.template import templatize

from tests import source, written

LONGEST_FUNCTION = 40
MEDIAN_FUNCTION = 8
LONGEST_MODULE = 400
LONGEST_KERNEL_MODULE = 150
LARGEST_FILE = 1024 * 1024

GLOSSARY = (written.ROOT / "docs" / "glossary.md").read_text("utf-8")
ENGLISH = written.ROOT / "teyue" / "locale" / "en" / "LC_MESSAGES" / "django.po"
FOUNDATION = written.ROOT / "teyue" / "foundation"
# Put together here, so that this file does not hold what it forbids.
PLACES = re.compile(
    "|".join(
        (
            r"pypi\." + "org",
            r"python" + r"hosted\.org",
            r"npm" + r"js\.(?:org|com)",
            r"npm" + r"mirror\.com",
            r"deb" + r"ian\.org",
            r"(?<![\w.])/" + r"work/",
            r"/tmp/" + "bash_",
            r"(?<![\w.])/" + r"root/",
        )
    )
)
EARNEST_MONEY = re.compile("(?<!不是)定" + "金(?!额)")
RAW = {"raw", "cursor", "extra", "RawSQL"}
SIGNALS = ("django.db.models.signals", "django.dispatch", "django.core.signals")
ODDS_AND_ENDS = {"utils", "helpers", "misc", "common"}
TEXTS = (".py", ".html", ".toml", ".md", ".txt", ".sh", ".json", ".mjs", ".js", ".css", ".typ")
PRINTED = (".html", ".typ", ".json", ".po", ".py")
LITERAL = r"""u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
SPOKEN = re.compile(rf"\b(?:[np]*gettext(?:_lazy|_noop)?|_)\(((?:{LITERAL}(?:, )?)+)")

HOUSE = source.house()
STAGES = [name for name, module in source.stages().items() if ".procedure." in module]
MODELS = [model for model in apps.get_models() if source.is_of_the_house(model)]


def test_no_function_is_longer_than_a_page():
    long = {
        f"{source.name_of(path)}:{name}": size
        for path in source.python()
        for name, size in sizes(path)
        if size > LONGEST_FUNCTION
    }

    assert long == {}


def test_half_of_the_functions_are_short():
    assert median(size for path in HOUSE for _, size in sizes(path)) <= MEDIAN_FUNCTION


def test_no_module_is_too_long():
    assert {source.name_of(path): length(path) for path in too_long(source.python())} == {}


def test_no_file_is_large():
    large = [path for path in source.files() if path.stat().st_size > LARGEST_FILE]

    assert large == []


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_has_a_door_plate(stage):
    plate = ast.get_docstring(source.tree(source.room(stage, "__init__")[0])) or ""

    headline = plate.partition("\n")[0]

    assert re.search(r"[\u4e00-\u9fff]+ .* — clauses? \d", headline)
    assert re.search(r"(?m)^Who: +\S", plate)
    assert re.search(r"(?m)^Document: +\S", plate)


def test_no_room_is_for_odds_and_ends():
    assert [path for path in HOUSE if path.stem in ODDS_AND_ENDS] == []


def test_no_import_hides_in_a_function():
    hidden = [
        f"{source.name_of(path)}:{node.lineno}"
        for path in source.python()
        for function in source.functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert hidden == []


def test_nothing_is_done_by_signal():
    listening = {
        source.name_of(path)
        for path in HOUSE
        if any(name.startswith(SIGNALS) for name in imported(path))
    }

    assert listening == set()


def test_sql_is_written_by_hand_only_in_the_foundation():
    raw = [place for place, call in calls_above() if last_name(call) in RAW]

    assert raw == []


def test_only_the_kernel_saves_rows():
    saving = [place for place, call in calls_above() if is_save_of_a_row(call)]

    assert saving == []


def test_no_file_names_a_registry_or_a_place_of_this_machine():
    found = {
        source.name_of(path): sorted(set(names))
        for path in source.files(*TEXTS)
        if (names := PLACES.findall(path.read_text("utf-8")))
    }

    assert found == {}


@pytest.mark.clause("4.3.1")
def test_nobody_is_asked_for_earnest_money():
    asking = [
        source.name_of(path)
        for path in source.files(*PRINTED)
        if EARNEST_MONEY.search(path.read_text("utf-8"))
    ]

    assert asking == []


@pytest.mark.parametrize("stage", source.stages())
def test_every_stage_stands_in_the_glossary(stage):
    assert f"| `{stage}` |" in GLOSSARY


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_model_stands_in_the_glossary(model):
    assert f"| `{model._meta.label}` |" in GLOSSARY


@pytest.mark.parametrize("name", source.steps())
def test_every_step_stands_in_the_glossary_with_its_label(name):
    label = source.steps()[name][2].label

    assert f"| {label} | `{name}` |" in GLOSSARY


def test_the_glossary_explains_nothing_that_is_gone():
    named = set(
        re.findall(r"(?m)^\| [^|]* \| `([\w.]+)` \|", part_of_glossary("阶段", "单据", "步骤"))
    )

    known = {*source.stages(), *source.steps(), *(model._meta.label for model in MODELS)}

    assert named - known == set()


def test_every_sentence_has_its_english():
    missing = {
        text
        for path in (*HOUSE, *source.files(".html"))
        for text in spoken(path)
        if text not in translated()
    }

    assert missing == set()


def length(path: Path) -> int:
    """Return how many lines a file has."""
    return len(path.read_text("utf-8").splitlines())


def too_long(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the modules that are longer than a module may be where they stand."""
    for path in paths:
        is_kernel = path.is_relative_to(FOUNDATION) and not source.is_test(path)
        if length(path) > (LONGEST_KERNEL_MODULE if is_kernel else LONGEST_MODULE):
            yield path


def sizes(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the functions of a file with their lengths in lines, decorators apart."""
    for function in source.functions(path):
        yield function.name, (function.end_lineno or 0) - function.lineno + 1


def imported(path: Path) -> Iterator[str]:
    """Yield the modules that a file imports from."""
    for node in ast.walk(source.tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def calls_above() -> Iterator[tuple[str, ast.Call]]:
    """Yield every call above the foundation, with the place where it stands."""
    for path in HOUSE:
        if not path.is_relative_to(FOUNDATION):
            for call in source.calls(source.tree(path)):
                yield f"{source.name_of(path)}:{call.lineno}", call


def last_name(call: ast.Call) -> str:
    """Return ``cursor`` of ``connection.cursor()``."""
    return ast.unparse(call.func).rpartition(".")[2]


def is_save_of_a_row(call: ast.Call) -> bool:
    """Tell whether a call saves a row: a workbook or a picture is told where to go."""
    return isinstance(call.func, ast.Attribute) and call.func.attr == "save" and not call.args


def part_of_glossary(*titles: str) -> str:
    """Return the sections of the glossary whose titles begin so."""
    sections = re.split(r"(?m)^## ", GLOSSARY)
    return "\n".join(section for section in sections if section.startswith(titles))


def spoken(path: Path) -> Iterator[str]:
    """Yield what a file says to people, in Chinese."""
    if path.suffix == ".html":
        code = templatize(path.read_text("utf-8"), origin=str(path))
        for written_out in SPOKEN.findall(code):
            yield from map(ast.literal_eval, re.findall(LITERAL, written_out))
        return
    for call in source.calls(source.tree(path)):
        if re.fullmatch(r"_|[np]*gettext(_lazy|_noop)?", last_name(call)):
            yield from texts(call)


def texts(call: ast.Call) -> Iterator[str]:
    """Yield the arguments that are texts written out."""
    for node in call.args:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@cache
def translated() -> frozenset[str]:
    """Return every text that has a finished English translation."""
    with ENGLISH.open("rb") as file:
        catalog = read_po(file)
    finished = (message for message in catalog if message.id and not message.fuzzy)
    return frozenset(
        text
        for message in finished
        if all(in_all_numbers(message.string))
        for text in in_all_numbers(message.id)
    )


def in_all_numbers(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return a text, or its singular and plural."""
    return (text or "",) if isinstance(text, str | None) else tuple(text)
