from __future__ import annotations

from django.test import Client


def test_no_answer_lets_a_script_run_that_is_not_a_file_of_the_house(client: Client, db: None):
    answer = client.get("/nowhere/")

    assert "script-src 'self';" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
