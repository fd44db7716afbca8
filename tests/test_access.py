"""Every endpoint against the table of powers: who may come in, and what is never let through."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import TOMORROW
from tests.stories import DISPATCHED_AT, record_of, visit_of
from teyue.config.urls import api
from teyue.desks.demo import course
from teyue.foundation.files.models import Attachment
from teyue.foundation.journal.models import Entry
from teyue.foundation.lifecycle import all_steps
from teyue.procedure.booking.tests.doors import calling, morning
from teyue.procedure.cashier.models import Shift
from teyue.register.people import access

__all__ = ["calling", "morning"]

DOCUMENTS = ("/api/v1/openapi.json", "/api/v1/docs")

# Endpoints that are no single step, and the step that each of them ends with.
COMPOSITES = {
    "booking.book": "booking.accept",
    "service.key_signed_record": "service.confirm",
    # A photo is handed in before the record that names it.
    "service.files": "service.record",
    # The owner at the link: no account, the link and the code are the power.
    "resident.confirm": "service.confirm",
    "resident.refuse": "dispute.open",
    "resident.accept_change": "service.accept_change",
    "resident.refuse_change": "service.refuse_change",
}
# What everybody with an account does for themselves, so that nobody lacks the power.
OWN = {"people.issue_token", "people.revoke_token", "people.set_password", "people.reset_password"}
# Nobody may, or there is nothing to be seen.
NO = {(403, "no_power"), (403, "may_not_key"), (404, "not_found")}
# What comes as a file.
HANDED_IN = {"service.files", "importing.upload"}

Described = dict[str, Any]


def together() -> set[str]:
    """Return the names of the steps that are taken with another."""
    return {step.name for step in all_steps().values() if step.part_of}


def endpoints() -> dict[str, tuple[str, str, Described]]:
    """Return method, path and description of each endpoint by its operationId."""
    paths: dict[str, dict[str, Described]] = api.get_openapi_schema()["paths"]
    return {
        one["operationId"]: (method, path, one)
        for path, methods in paths.items()
        for method, one in methods.items()
    }


ENDPOINTS = endpoints()
WRITING = {name for name, (method, _, _) in ENDPOINTS.items() if method != "get"}
OPEN = {name for name, (_, _, said) in ENDPOINTS.items() if "security" not in said}


def address(path: str, known: dict[str, str], root: str = "/api/v1") -> str:
    """Fill the names in a path; a paper that is not known is number 1."""
    inside = path.removeprefix("/api/v1")
    collection = inside.split("/")[1]
    return root + re.sub(r"{\w+}", known.get(collection, "1"), inside)


def test_every_endpoint_that_writes_is_a_step_or_explained():
    assert set(COMPOSITES) == WRITING - all_steps().keys()


def test_every_endpoint_that_writes_stands_in_the_table_of_powers():
    assert set(COMPOSITES) == WRITING - access.TABLE.keys()


def test_every_step_that_people_take_has_an_endpoint_or_is_taken_with_another():
    by_people = {name for name in all_steps() if set(access.roles_of(name)) - {"SYS"}}

    assert together() == by_people - WRITING


def test_what_is_taken_together_has_an_endpoint():
    assert {step.part_of for step in all_steps().values() if step.part_of} <= WRITING
    assert set(COMPOSITES.values()) <= WRITING


def test_every_shape_of_the_description_is_described_once():
    used = set(
        re.findall(r"'\$ref': '#/components/schemas/([^']+)'", str(api.get_openapi_schema()))
    )

    assert used <= SCHEMAS.keys()
    assert SCHEMAS["Quote__Method"]["enum"] != SCHEMAS["Confirmation__Method"]["enum"]


def test_every_name_of_an_endpoint_is_used_once():
    paths = api.get_openapi_schema()["paths"]

    assert len(ENDPOINTS) == sum(len(methods) for methods in paths.values())


def test_only_the_public_corner_and_the_sign_in_are_open():
    inside = {name for name in OPEN if not ENDPOINTS[name][1].startswith("/api/v1/public/")}

    assert inside == {"people.issue_token"}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_description_is_read_without_sign_in(client, document):
    assert client.get(document).status_code == 200


@pytest.mark.parametrize("name", sorted(ENDPOINTS.keys() - OPEN))
def test_nobody_unknown_comes_in(name):
    method, path, _ = ENDPOINTS[name]

    answer = Client().generic(method.upper(), address(path, {}), "{}", "application/json")

    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer.json()["code"] == "not_signed_in"


def body_of(name: str, known: dict[str, str]) -> Described:
    """Return the least that an endpoint understands, by its own description."""
    said = ENDPOINTS[name][2].get("requestBody")
    body: Described = least(said["content"]["application/json"]["schema"]) if said else {}
    return {field: known.get(f"{field}s", value) for field, value in body.items()}


def least(schema: Described) -> Any:
    """Return the least value that a schema allows."""
    if "$ref" in schema:
        return least(SCHEMAS[schema["$ref"].rpartition("/")[2]])
    for word in ("enum", "examples"):
        if word in schema:
            return schema[word][0]
    for word in ("anyOf", "allOf"):
        if word in schema:
            return least(schema[word][0])
    return VALUES[schema.get("type", "object")](schema)


def _object(schema: Described) -> Described:
    wanted: Iterable[str] = schema.get("required", ())
    return {name: least(schema["properties"][name]) for name in wanted}


def _text(schema: Described) -> str:
    by_format = {"date": "2026-11-25", "date-time": "2026-11-25T14:00:00+08:00"}
    return by_format.get(schema.get("format", ""), "0" * schema.get("minLength", 4))


SCHEMAS: dict[str, Described] = api.get_openapi_schema()["components"]["schemas"]
VALUES = {
    "object": _object,
    "string": _text,
    "integer": lambda schema: schema.get("minimum", 1),
    "boolean": lambda schema: True,
    "array": lambda schema: [],
}


@pytest.fixture
def papers(settled, paid, neighbors, technician, rc) -> dict[str, str]:
    """The numbers of papers that may be read: a job that is given out, an order that is settled."""
    done, order = settled(), paid(household=neighbors, wish_from=TOMORROW)
    course.dispatched(order, technician, starts=TOMORROW, actor=rc, at=DISPATCHED_AT)
    return {
        "orders": order.number,
        "visits": visit_of(order).number,
        "receipts": order.receipts.get().number,
        "records": record_of(done).number,
        "settlements": done.settlements.get().number,
        "shifts": Shift.objects.get().number,
        "offices": order.office.code,
        "calendar": order.office.code,
        "households": str(order.household_id),
    }


@pytest.mark.django_db
def test_who_may_only_read_changes_nothing(papers, calling):
    headers = {"Authorization": f"Bearer {calling('au').token}"}
    before = Entry.objects.count()

    answers = {
        name: Client().post(
            address(ENDPOINTS[name][1], papers),
            body_of(name, papers),
            content_type="application/json",
            headers=headers,
        )
        for name in sorted(WRITING - OPEN - OWN - HANDED_IN)
    }

    said = {name: (answer.status_code, answer.json()["code"]) for name, answer in answers.items()}
    assert {name: answer for name, answer in said.items() if answer not in NO} == {}
    assert Entry.objects.count() == before


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(HANDED_IN))
def test_who_may_only_read_hands_nothing_in(papers, calling, name):
    headers = {"Authorization": f"Bearer {calling('au').token}"}
    file = SimpleUploadedFile("work.jpg", b"anything")
    body = {"file": file, "workbook": file, "kind": "service.photo"}

    answer = Client().post(address(ENDPOINTS[name][1], papers), body, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (403, "no_power")
    assert not Attachment.objects.exists()
