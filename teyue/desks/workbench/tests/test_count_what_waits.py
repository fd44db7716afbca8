"""The menu counts what the workbench lists, and only what this person may take."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.source import files
from tests.stories import record_of
from teyue.desks.casefile.tests.seats import EVENING, MORNING
from teyue.desks.demo import operations as demo
from teyue.desks.workbench import queues
from teyue.desks.workbench.captions import QUEUES
from teyue.foundation import pen
from teyue.procedure.service.models import Record
from teyue.register.people import queries as people
from teyue.register.people.models import Account

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]

WORKBENCH = "/workbench/"


def listed(groups) -> dict[str, int]:
    """Return how many rows that wait for this person each page has on the workbench."""
    rows = [row for group in groups for row in group.rows]
    assert not any(group.more for group in groups)
    own = [row for row in rows if queues.is_own(row.work)]
    return dict(Counter(row.caption.page for row in own if row.caption.page))


def menu_of(page) -> dict[str, int]:
    return {name: n for name, n in page.wsgi_request.waiting.items() if name in pages()}


def pages() -> set[str]:
    return {str(caption.page) for caption in QUEUES.values()}


def test_the_menu_counts_the_rows_for_everybody_of_the_demo():
    demo.set_up(password="teyue-look-2026", at=MORNING)
    demo.live_a_day(at=MORNING)

    for account in Account.objects.exclude(username=""):
        actor = people.actor_of_account(account.pk, at=EVENING)
        works = queues.works_of(actor, at=EVENING)
        today = queues.today(works, actor=actor, at=EVENING)
        counted = queues.waiting(works)
        counted.pop("firm-visits", None)

        assert counted.pop("workbench", 0) == today.total == sum(g.total for g in today.groups)
        assert counted == listed(today.groups), account.username


def test_what_somebody_else_must_audit_is_shown_but_does_not_wait(confirmed, seated, cs):
    record = record_of(confirmed())
    with pen.held(Record):
        Record.objects.filter(pk=record.pk).update(recorded_by=cs.id)

    page = seated("cs").get(WORKBENCH)

    today = page.context["today"]
    assert (today.total, [(g.total, g.others) for g in today.groups]) == (0, [(0, 1)])
    assert today.groups[0].rows[0].work.refusal.code == "performer_audits"
    assert "audits" not in page.wsgi_request.waiting
    assert menu_of(page) == listed(today.groups)


def test_the_settlement_of_somebody_elses_is_not_counted(audited, seated, ca):
    record = record_of(audited())
    with pen.held(Record):
        Record.objects.filter(pk=record.pk).update(recorded_by=ca.id)

    page = seated("ca").get(WORKBENCH)

    assert page.context["today"].groups[0].rows[0].work.refusal.code == "performer_settles"
    assert "settlements" not in page.wsgi_request.waiting


def test_work_that_waits_for_a_step_of_ones_own_is_counted(booked, seated):
    booked()

    page = seated("ca2", at=MORNING).get(WORKBENCH)

    assert page.context["today"].groups[0].rows[0].work.refusal.code == "no_open_shift"
    assert page.wsgi_request.waiting["till"] == 1


def test_a_job_under_way_is_counted_until_it_is_recorded(started, seated):
    started()

    page = seated("st").get(WORKBENCH)

    assert page.wsgi_request.waiting["jobs"] == 1
    assert menu_of(page) == listed(page.context["today"].groups)


@pytest.mark.parametrize("code", sorted(queues.OTHERS))
def test_a_refusal_for_others_is_raised_somewhere(code):
    stages = [path for path in files(".py") if "/tests/" not in path.as_posix()]

    raising = [path for path in stages if "queues" not in path.name]

    assert any(
        "Refused(" in (text := path.read_text("utf-8")) and f'"{code}"' in text for path in raising
    )
