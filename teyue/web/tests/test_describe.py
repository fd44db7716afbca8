from __future__ import annotations

import pytest

pytestmark = [pytest.mark.urls("teyue.web.tests.addresses"), pytest.mark.django_db]


def test_the_description_is_openapi_3_1_with_a_name_a_step(client):
    said = client.get("/api/v1/openapi.json").json()

    step = said["paths"]["/api/v1/offices"]["post"]
    assert said["openapi"].startswith("3.1")
    assert step["operationId"] == "company.open_office"
    assert step["x-clause"] == "3.0"
    assert {"201", "401", "403", "404", "409", "422"} <= set(step["responses"])
    assert step["parameters"][-1]["name"] == "Idempotency-Key"


def test_problems_are_described_as_problem_json(client):
    said = client.get("/api/v1/openapi.json").json()

    refusal = said["paths"]["/api/v1/offices"]["post"]["responses"]["409"]
    assert "application/problem+json" in refusal["content"]


def test_the_page_of_the_description_brings_nothing_from_elsewhere(client):
    page = client.get("/api/v1/docs").content.decode()

    assert "/static/ninja/swagger-ui-bundle.js" in page
    assert "//cdn" not in page


def test_money_and_times_are_strings(client):
    schemas = client.get("/api/v1/openapi.json").json()["components"]["schemas"]

    assert schemas["OfficeIn"]["properties"]["fee"]["anyOf"][0]["type"] == "string"
    assert "CNY" in str(schemas["OfficeOut"]["properties"]["currency"])
