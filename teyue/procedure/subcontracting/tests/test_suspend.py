from __future__ import annotations

import pytest
from django.urls import reverse

from tests.cast import MORNING
from teyue.foundation.journal.models import Entry
from teyue.foundation.outbox.models import Message
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.tests.doors import calling, morning, signed_in
from teyue.procedure.subcontracting import operations
from teyue.procedure.subcontracting.models import FirmItem

__all__ = ["calling", "morning", "signed_in"]

pytestmark = pytest.mark.clause("4.2.6")
REASON = "私下收费"


def states(firm) -> set[str]:
    return set(FirmItem.objects.filter(firm=firm).values_list("state", flat=True))


def nothing_happened(firm, before: int) -> bool:
    return "suspended" not in states(firm) and Entry.objects.count() == before


def test_a_supervisor_stops_a_firm_with_all_that_it_does(firm, cs):
    stopped = operations.suspend(firm, reason=REASON, actor=cs, at=MORNING)

    assert states(firm) == {"suspended"}
    assert {one.suspended_because for one in stopped} == {REASON}
    assert Message.objects.filter(fact="subcontracting.firm_suspended").count() == len(stopped)


def test_a_firm_is_stopped_with_one_item(firm, cs):
    first = firm.items.earliest("pk")

    operations.suspend(firm, item=first.item_code, reason=REASON, actor=cs, at=MORNING)

    suspended = FirmItem.objects.filter(firm=firm, state="suspended")
    assert [one.pk for one in suspended] == [first.pk]


def test_a_firm_on_trial_or_on_notice_is_stopped_as_well():
    assert set(FirmItem.MAY_SERVE) == {"trial", "qualified", "on_notice"}


def test_a_reason_is_given(firm, cs):
    before = Entry.objects.count()

    with pytest.raises(Refused) as refusal:
        operations.suspend(firm, reason=" ", actor=cs, at=MORNING)

    assert (refusal.value.code, refusal.value.clause) == ("reason_missing", "4.2.6")
    assert nothing_happened(firm, before)


def test_a_receptionist_stops_nobody(firm, rc):
    before = Entry.objects.count()

    with pytest.raises(Refused) as refusal:
        operations.suspend(firm, reason=REASON, actor=rc, at=MORNING)

    assert refusal.value.code == "no_power"
    assert nothing_happened(firm, before)


def test_what_is_stopped_cannot_be_stopped_again(firm, cs):
    operations.suspend(firm, reason=REASON, actor=cs, at=MORNING)
    before = Entry.objects.count()

    with pytest.raises(Refused) as refusal:
        operations.suspend(firm, reason=REASON, actor=cs, at=MORNING)

    assert refusal.value.code == "nothing_to_suspend"
    assert Entry.objects.count() == before


@pytest.mark.parametrize("door", ["page", "api"])
def test_both_doors_stop_a_firm(firm, calling, signed_in, door):
    if door == "page":
        address = reverse("firm-suspend", args=(firm.pk,))
        answer = signed_in("cs").post(address, {"reason": REASON, "item": ""})
    else:
        answer = calling("cs").post(f"/firms/{firm.pk}/suspend", reason=REASON)

    assert answer.status_code in (200, 302)
    assert states(firm) == {"suspended"}


def test_the_pages_show_what_a_firm_does_and_why_it_was_stopped(firm, cs, signed_in):
    operations.suspend(firm, reason=REASON, actor=cs, at=MORNING)
    browser = signed_in("cs")

    listed = browser.get(reverse("firms"), {"state": "suspended"}).content.decode()
    page = browser.get(reverse("firm", args=(firm.pk,))).content.decode()

    assert firm.name in listed
    assert REASON in page and "立即暂停" not in page


def test_the_list_is_for_who_may_read_it(firm, calling, signed_in):
    shown = calling("om").get(f"/firms/{firm.pk}").json()

    assert {one["state"] for one in shown["items"]} == {"qualified"}
    assert calling("rs").get("/firms").json()["items"] == []
    assert signed_in("ca").get(reverse("firms")).status_code == 403
