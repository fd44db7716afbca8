"""No day that a request may name lies so far off that the house cannot count from it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from teyue.config.urls import api
from teyue.foundation.journal.models import Entry
from teyue.procedure.booking.tests.doors import API, calling, morning

__all__ = ["calling", "morning"]

EDGES = {
    "date": ("0001-01-01", "1979-12-31", "2101-01-01", "9999-12-31"),
    "date-time": ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"),
}
SCHEMA = json.loads(json.dumps(api.get_openapi_schema(path_prefix=API), default=str))


def formats(shape: Any) -> Iterator[str]:
    """Return the formats that a field may have."""
    for one in [shape, *shape.get("anyOf", ())]:
        if one.get("format") in EDGES:
            yield one["format"]


def dated() -> Iterator[tuple[str, str, str, str]]:
    """Return method, path, field and format of each day that an endpoint is given."""
    for path, steps in SCHEMA["paths"].items():
        for method, step in steps.items():
            for one in step.get("parameters", ()):
                yield from ((method, path, one["name"], f) for f in formats(one["schema"]))
            said = step.get("requestBody", {}).get("content", {}).get("application/json", {})
            name = said.get("schema", {}).get("$ref", "").rpartition("/")[2]
            fields = SCHEMA["components"]["schemas"].get(name, {}).get("properties", {})
            for field, shape in fields.items():
                yield from ((method, path, field, f) for f in formats(shape))


@pytest.mark.parametrize(("method", "path", "field", "kind"), list(dated()))
def test_a_day_at_the_edge_of_the_calendar_is_refused_by_name(calling, method, path, field, kind):
    headers = calling("rc")._headers()
    address = path.format(number="1", office="YX")
    written = Entry.objects.count()

    for edge in EDGES[kind]:
        sent = {"data": {field: edge}, "headers": headers}
        sent |= {} if method == "get" else {"content_type": "application/json"}
        answer = getattr(Client(), method)(address, **sent)

        assert answer.status_code == 422
        assert field in {error["field"] for error in answer.json()["errors"]}
    assert Entry.objects.count() == written


def test_the_days_of_requests_are_found():
    assert len(list(dated())) >= 33
