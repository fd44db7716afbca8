from __future__ import annotations

from datetime import UTC, datetime, timedelta

from teyue.foundation.work import Card, Work, soonest

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def work(number, *, due=None, since=AT):
    return Work(
        queue="stage.verb",
        label="办理",
        clause="4.3.1",
        document_kind="stage.paper",
        document_id=1,
        number=number,
        since=since,
        card=Card(due_at=due),
        refusal=None,
    )


def test_what_is_due_first_stands_first():
    late, soon = work("late", due=AT + timedelta(hours=2)), work("soon", due=AT)

    assert soonest([late, soon]) == [soon, late]


def test_what_is_never_due_stands_last_the_oldest_first():
    due = work("due", due=AT)
    new, old = work("new"), work("old", since=AT - timedelta(days=1))

    assert soonest([new, old, due]) == [due, old, new]
