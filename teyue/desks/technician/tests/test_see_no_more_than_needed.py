from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import MORNING, TOMORROW, offer
from tests.stories import CONFIRMED_AT, DISPATCHED_AT, record_of, visit_of
from teyue.desks.demo import course
from teyue.desks.technician.tests.test_do_a_job import photo
from teyue.foundation import pen
from teyue.foundation.files.models import Attachment
from teyue.procedure.dispatch import queries as dispatch
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.service.models import Record
from teyue.procedure.service.queries import records
from teyue.procedure.subcontracting.models import Firm
from teyue.register.people import operations as people
from teyue.register.people.facts import TokenWish
from teyue.register.people.models import Account, Post

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.2.5")]
DAY = timedelta(hours=24)
DONE_AT = TOMORROW + timedelta(hours=1)


@pytest.fixture
def seen(register, signed_in, at_time) -> Callable[[str, Visit], set[int]]:
    """Return the statuses with which page, prints, photo and API answer somebody."""

    def ask(login: str, visit: Visit) -> set[int]:
        headers = {"Authorization": f"Bearer {token_of(login)}"}
        record, browser = record_of(visit.order), signed_in(login)
        pages = [browser.get(one).status_code for one in addresses(visit, record)]
        papers = (f"visits/{visit.number}", f"records/{record.number}")
        api = [Client().get(f"/api/v1/{one}", headers=headers).status_code for one in papers]
        return {*pages, *api}

    def token_of(login: str) -> str:
        account = Account.objects.select_related("person").get(username=login)
        wish = TokenWish(label="test", expires_at=DONE_AT + DAY * 5)
        return people.issue_token(account, wish=wish, actor=register.actor(login), at=MORNING)[1]

    return ask


def addresses(visit: Visit, record: Record) -> list[str]:
    """Return where somebody who is signed in could see the home."""
    kept = Attachment.objects.get(owner_id=visit.pk, kind="service.photo")
    pages = [f"/jobs/{visit.number}/", f"/jobs/{visit.number}/word/", f"/files/{kept.pk}/"]
    sheets = [f"/prints/F-10/{visit.number}.pdf", f"/prints/F-12/{record.number}.pdf"]
    return pages + sheets


def end_posts(person: int) -> None:
    with pen.held(Post):
        Post.objects.filter(person=person).update(state=Post.State.ENDED)


@pytest.fixture
def of_staff(started, st, signed_in, at_time) -> Visit:
    """What 王磊 did at 3-2-1102, with a photo, confirmed."""
    visit = visit_of(started())
    at_time(CONFIRMED_AT)
    signed_in("st").post(f"/jobs/{visit.number}/files/photo/", {"file": photo()})
    photos = (Attachment.objects.get().pk,)
    course.recorded(visit, work_done="更换龙头", photos=photos, actor=st, at=CONFIRMED_AT)
    course.confirmed(record_of(visit.order), actor=st, at=CONFIRMED_AT)
    return visit_of(visit.order)


@pytest.fixture
def of_firm(paid, firm, worker, su, rc, signed_in, at_time) -> Visit:
    """What 段文杰 of the first firm did, with a photo, confirmed at ``DONE_AT``."""
    order = paid(offer=offer(firm.office_id, "QX-01", "挂机"), wish_from=None)
    course.dispatched(order, worker, starts=TOMORROW, actor=rc, at=DISPATCHED_AT)
    visit = course.started(visit_of(order), actor=su, at=TOMORROW)
    at_time(DONE_AT)
    signed_in("su").post(f"/jobs/{visit.number}/files/photo/", {"file": photo()})
    photos = (Attachment.objects.get().pk,)
    course.recorded(visit, work_done="清洗挂机", photos=photos, actor=su, at=DONE_AT)
    course.confirmed(record_of(order), actor=su, at=DONE_AT)
    return visit_of(order)


def test_a_technician_sees_the_own_visit_in_the_post(of_staff, seen, at_time):
    at_time(CONFIRMED_AT + DAY * 3)

    assert seen("st", of_staff) == {200}


def test_a_former_technician_sees_no_home(of_staff, seen, st):
    end_posts(st.id)

    assert seen("st", of_staff) == {404}


def test_a_firm_sees_the_visit_until_a_day_after_the_confirmation(of_firm, seen, at_time):
    at_time(DONE_AT + DAY - timedelta(minutes=1))

    assert seen("su", of_firm) == {200}


def test_a_firm_sees_nothing_afterwards(of_firm, seen, at_time):
    at_time(DONE_AT + DAY)

    assert seen("su", of_firm) == {404}


def withdraw(visit: Visit) -> None:
    with pen.held(Firm):
        Firm.objects.filter(visits=visit).update(state=Firm.State.REMOVED)


@pytest.mark.parametrize("end", [withdraw, lambda visit: end_posts(visit.performer_id)])
def test_a_withdrawn_firm_sees_nothing(of_firm, seen, end: Callable[[Visit], None], register):
    end(of_firm)

    assert seen("su", of_firm) == {404}
    actor = register.actor("su", at=DONE_AT)
    assert not dispatch.seen_by(actor).exists() and not records.seen_by(actor).exists()
