"""The code and the written procedure say the same thing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
from django.apps import apps

from tests import source, written
from teyue.foundation.lifecycle import Case, Document, Step
from teyue.procedure.booking.models import Standing
from teyue.register.parameters.defaults import DEFAULTS
from teyue.register.people import access

CLAUSES = [
    *("1.0",),
    *("2.0",),
    *("3.0", "3.1", "3.2", "3.3", "3.4", "3.5"),
    *("4.0",),
    *("4.1", "4.1.1", "4.1.2", "4.1.3", "4.1.4", "4.1.5", "4.1.6"),
    *("4.2", "4.2.1", "4.2.2", "4.2.3", "4.2.4", "4.2.5", "4.2.6"),
    *("4.3", "4.3.1", "4.3.2", "4.3.3"),
    *("4.4", "4.4.1", "4.4.2", "4.4.3", "4.4.4", "4.4.5", "4.4.6"),
    *("4.5", "4.5.1", "4.5.2", "4.5.3", "4.5.4"),
]
# 3.0 and 4.0 are the headings over 3.1, 4.1 and so on.
WHOLES = {"3.0", "4.0", *(part.rpartition(".")[0] for part in CLAUSES)}
LEAVES = [clause for clause in CLAUSES if clause not in WHOLES]
STEPS = [pytest.param(*held, id=name) for name, held in source.steps().items()]
PAPERS = [
    model
    for model in apps.get_models()
    if issubclass(model, Document) and source.is_of_the_house(model)
]
STATES = [
    pytest.param(model._meta.label_lower, str(state), id=f"{model._meta.label_lower}-{state}")
    for model in PAPERS
    for state in getattr(model, "State", ())
]
MOVES = [
    pytest.param(paper, row, id=row.name)
    for paper, rows in written.moves().items()
    for row in rows.values()
]


def test_every_clause_of_the_procedure_is_written():
    assert list(written.clauses()) == CLAUSES


@pytest.mark.parametrize("clause", written.clauses().values(), ids=lambda clause: clause.number)
def test_every_clause_says_what_who_which_form_which_steps_and_what_holds(clause):
    lines = {part: rf"(?m)^- \*\*{part}\*\*：\S" for part in written.FIELDS}

    missing = [part for part, line in lines.items() if not re.search(line, clause.text)]

    assert not missing


@pytest.mark.parametrize("clause", written.clauses().values(), ids=lambda clause: clause.number)
def test_every_clause_names_only_forms_events_and_rules_that_exist(clause):
    forms = set(re.findall(r"F-\d\d", clause.text))
    events = set(re.findall(r"\bO\d+[a-z]?", clause.text))
    rules = set(re.findall(r"I-\d\d", clause.text))

    assert forms <= written.forms()
    assert events <= set(written.events())
    assert rules <= written.invariants()


def test_code_names_only_rules_that_are_written():
    named = {
        rule
        for path in source.files(".py", ".html", ".toml")
        for rule in re.findall(r"\bI-\d\d\b", path.read_text("utf-8"))
    }

    assert named - written.invariants() == set()


@pytest.mark.parametrize(("stage", "constant", "step"), STEPS)
def test_every_step_cites_a_clause_that_is_written(stage, constant, step):
    assert step.clause in written.clauses()


def test_every_other_citation_is_a_clause_that_is_written():
    unwritten = {
        f"{source.name_of(path)}: {clause}"
        for path in source.python()
        for clause in cited(source.tree(path))
        if clause not in written.clauses()
    }

    assert unwritten == set()


@pytest.mark.parametrize("parameter", DEFAULTS, ids=lambda parameter: parameter.key)
def test_every_parameter_cites_a_clause_that_is_written(parameter):
    assert parameter.clause in written.clauses()


@pytest.mark.parametrize("stage", source.stages())
def test_every_door_plate_cites_clauses_that_are_written(stage):
    plate = ast.get_docstring(source.tree(source.room(stage, "__init__")[0])) or ""

    assert set(written.named_in(plate.partition("\n")[0])) <= set(written.clauses())


@pytest.mark.parametrize("clause", LEAVES)
def test_every_clause_is_kept_or_admitted_as_unbuilt(clause):
    assert (clause in kept()) != (clause in written.unbuilt())


def test_only_clauses_and_events_can_be_unbuilt():
    events = {*written.events()}.union(*written.moves().values())

    assert written.unbuilt() - events <= set(LEAVES)


@pytest.mark.parametrize(("stage", "constant", "step"), STEPS)
def test_every_step_is_taken_by_the_operation_of_its_name(stage, constant, step):
    name = step.name.rpartition(".")[2]
    functions = [
        function for path in source.room(stage, "operations") for function in source.functions(path)
    ]
    hands = {function.name for function in functions if takes_what_it_is_given(function)}

    operations = [function for function in functions if function.name.strip("_") == name]

    assert any(constant in taken(operation, hands) for operation in operations)


@pytest.mark.parametrize(("stage", "constant", "step"), STEPS)
def test_every_event_of_a_step_is_a_row_of_a_table(stage, constant, step):
    of_paper = written.moves().get(step.document._meta.label_lower, {})

    assert step.event in {"", *written.events(), *of_paper}


@pytest.mark.parametrize(("stage", "constant", "step"), STEPS)
def test_every_step_that_moves_the_order_is_an_event_of_its_table(stage, constant, step):
    assert not standing_moves(step) or step.event in written.events()


@pytest.mark.parametrize("event", written.events().values(), ids=lambda event: event.name)
def test_whom_the_table_of_the_order_names_may_take_the_step(event):
    names = [name for name, (_, _, step) in source.steps().items() if step.event == event.name]

    able = {role for name in names for role in access.roles_of(name)}

    assert event.roles <= able or event.name in written.unbuilt()


@pytest.mark.parametrize("event", written.events().values(), ids=lambda event: event.name)
def test_the_steps_of_all_stages_join_into_the_table_of_the_order(event):
    found = {
        move
        for _, _, step in source.steps().values()
        if step.event == event.name
        for move in standing_moves(step)
    }

    expected = frozenset() if event.name in written.unbuilt() else event.moves

    assert found == expected


def test_the_standings_of_an_order_are_those_of_its_table():
    labels = written.tables()["order"]["standings"]

    assert {str(value): str(value.label) for value in Standing} == labels


@pytest.mark.parametrize(("paper", "row"), MOVES)
def test_every_row_of_a_paper_has_a_step(paper, row):
    found = paper_moves(paper)
    alongside = written.alongside(paper)

    is_built = bool(row.moves & found) or {after for _, after in row.moves} <= set(alongside)

    assert is_built != (row.name in written.unbuilt())


@pytest.mark.parametrize(("stage", "constant", "step"), STEPS)
def test_no_step_moves_a_paper_where_its_table_does_not(stage, constant, step):
    paper = step.document._meta.label_lower
    rows = written.moves().get(paper)
    allowed = {move for row in (rows or {}).values() for move in row.moves}

    assert rows is None or step_moves(step) <= allowed


@pytest.mark.parametrize(("paper", "state"), STATES)
def test_every_state_is_reached_or_explained(paper, state):
    explained = written.papers().get(paper, {})
    given = {*explained.get("imported", ()), *explained.get("alongside", ())}

    is_reached = state in given or state in reachable(paper, given)

    assert is_reached != (state in explained.get("later", ()))


@pytest.mark.parametrize("paper", written.papers())
def test_what_is_explained_is_so(paper):
    explained = written.papers()[paper]
    states = {str(state) for state in apps.get_model(paper).State}
    listed = {state for states in explained.values() for state in states}

    by_steps = reachable(paper, set()) & {*explained.get("imported", ())}

    assert listed <= states
    assert not by_steps


@pytest.mark.parametrize("paper", written.papers())
def test_who_moves_a_paper_alongside_may_write_it(paper):
    movers = {name for names in written.alongside(paper).values() for name in names}

    unable = {name for name in movers if not may_write(name, paper)}

    assert not unable


@pytest.mark.parametrize("row", access.TABLE.values(), ids=lambda row: row.code)
def test_every_power_of_the_access_table_is_a_step_or_is_asked_for(row):
    is_known = row.code in (source.steps() if row.is_step else texts())

    assert is_known


@pytest.mark.parametrize("name", source.steps())
def test_every_step_stands_in_the_access_table(name):
    assert access.roles_of(name)


@cache
def texts() -> frozenset[str]:
    """Return every text that is written out in the house."""
    return frozenset(
        node.value
        for path in source.house()
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def cited(tree: ast.AST) -> Iterator[str]:
    """Yield the clauses that a module names: in CLAUSES, in refusals, in marks of tests."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "clause":
            yield from constants(node.value)
        if isinstance(node, ast.Assign | ast.AnnAssign) and assigned(node) == "CLAUSES":
            yield from constants(node.value)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.clause":
            yield from constants(*node.args)


def constants(*nodes: ast.AST | None) -> Iterator[str]:
    """Yield the non-empty texts in a literal or in a tuple of them."""
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
            yield node.value
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            yield from constants(*node.elts)


def assigned(node: ast.Assign | ast.AnnAssign) -> str:
    """Return the name that is assigned to."""
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    return target.id if isinstance(target, ast.Name) else ""


@cache
def kept() -> frozenset[str]:
    """Return the clauses that a step, a query, a job or a refusal of the house keeps."""
    by_steps = frozenset(step.clause for _, _, step in source.steps().values())
    # A desk shows clauses, those that are still to come included; it keeps none.
    keepers = (path for path in source.house() if "desks" not in path.parts)
    return by_steps.union(*(cited(source.tree(path)) for path in keepers))


def taken(operation: ast.AST, hands: set[str]) -> set[str]:
    """Return the constants of the steps that an operation takes: itself, in bulk, or by a hand."""
    found = set()
    for call in source.calls(operation):
        called = last_name(call.func)
        if called == "take" and isinstance(call.func, ast.Attribute):
            found.add(last_name(call.func.value))
        elif called == "take_many" or called in hands:
            found |= {last_name(argument) for argument in call.args}
    return found


def takes_what_it_is_given(function: source.Function) -> bool:
    """Tell whether a function takes a step that is handed to it."""
    arguments = {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
    return bool(taken(function, set()) & arguments)


def last_name(node: ast.AST) -> str:
    """Return ``QUOTE`` of ``steps.QUOTE``."""
    return ast.unparse(node).rpartition(".")[2]


def standing_moves(step: Step) -> set[tuple[str, str]]:
    """Return from which standing to which a step may move the case; staying is no move."""
    begins = issubclass(step.document, Case) and "" in step.source
    before = ("",) if begins else step.when or ("anywhere",)
    return {
        (str(source), str(target))
        for source in before
        for target in step.standing
        if target and source != target
    }


def step_moves(step: Step) -> set[tuple[str, str]]:
    """Return from which state to which a step moves its paper; staying is no move."""
    if step.target is None:
        return set()
    return {(str(before), str(step.target)) for before in step.source if before != step.target}


def paper_moves(paper: str) -> set[tuple[str, str]]:
    """Return the moves of one kind of paper by the steps of all stages."""
    return {
        move
        for _, _, step in source.steps().values()
        if step.document._meta.label_lower == paper
        for move in step_moves(step)
    }


def reachable(paper: str, given: set[str]) -> set[str]:
    """Return the states to which steps lead, from nothing or from what is given."""
    found, moves = {"", *given}, paper_moves(paper)
    while more := {after for before, after in moves if before in found} - found:
        found |= more
    return found - {""}


def may_write(name: str, paper: str) -> bool:
    """Tell whether a step exists and names the model among its writes."""
    held = source.steps().get(name)
    return held is not None and apps.get_model(paper) in held[2].writes
