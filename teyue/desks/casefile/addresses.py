"""On which page a step is taken, and by what that page calls its paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.urls import NoReverseMatch, reverse

from teyue.desks.casefile.dossier import Dossier
from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import Document, Step
from teyue.register.people.models import Role

Key = Callable[[Document, Dossier], dict[str, str | int]]
Pages = Mapping[str, tuple[str, Key]]


def _of_order(paper: Document, dossier: Dossier) -> dict[str, str | int]:
    return {"number": dossier.order.number or ""}


def _of_paper(paper: Document, dossier: Dossier) -> dict[str, str | int]:
    return {"number": paper.number or ""}


def _of_visit(paper: Document, dossier: Dossier) -> dict[str, str | int]:
    visit = dossier.visit
    return {"number": visit.number or "" if visit else ""}


def _of_record(paper: Document, dossier: Dossier) -> dict[str, str | int]:
    record = dossier.record
    return {"number": record.number or "" if record else ""}


def _by_id(paper: Document, dossier: Dossier) -> dict[str, str | int]:
    return {"pk": paper.pk or 0}


# Steps with a page that is not called like them; whole stages stand by their first word.
PAGES: dict[str, tuple[str, Key]] = {
    "cashier": ("receipt", _of_paper),
    "cashier.collect": ("settlement-settle", _of_order),
    "cashier.approve_transfer": ("transfer", _of_order),
    "cashier.reject_transfer": ("transfer", _of_order),
    "cashier.request_transfer": ("transfer", _of_order),
    "cashier.receive": ("cashier-receive", _of_order),
    "dispatch.accept": ("job", _of_visit),
    "dispatch.arrive": ("job", _of_visit),
    "dispatch.decline": ("job", _of_visit),
    "dispatch.depart": ("job", _of_visit),
    "dispatch.redeem": ("till-redeem", _of_order),
    "dispatch.report_absent": ("job", _of_visit),
    "dispatch.reschedule": ("dispatch-reschedule", _of_visit),
    "dispatch.report_no_show": ("dispatch-report-no-show", _of_visit),
    "dispatch.withdraw": ("dispatch-withdraw", _of_visit),
    "dispute.resolve": ("dispute", _by_id),
    "refund": ("refund", _by_id),
    "refund.request": ("refund-request", _of_order),
    "service": ("job", _of_visit),
    "service.accept_change": ("my-change", _by_id),
    "service.refuse_change": ("my-change", _by_id),
    "service.confirm": ("my-confirmation", _of_paper),
    "service.confirm_alternatively": ("service-confirm-alternatively", _of_paper),
    "service.conclude": ("service-conclude", _of_paper),
    "service.continue_order": ("service-continue-order", _of_order),
    "service.terminate": ("service-terminate", _of_visit),
    "settlement.collect_fee": ("till-redeem", _of_order),
    "settlement.request_reversal": ("settlement", _of_paper),
    "settlement.reverse": ("settlement", _of_paper),
    "settlement.decline_reversal": ("settlement", _of_paper),
}


# Where residents do the same, on the telephone and for their own household only.
AT_HOME: dict[str, tuple[str, Key]] = {
    "booking.accept": ("my-booking", _of_order),
    "booking.cancel": ("my-booking-cancel", _of_order),
    "dispatch.accept_late": ("my-booking", _of_order),
    "dispute.open": ("my-confirmation", _of_record),
    "settlement.cancel": ("my-booking-cancel", _of_order),
}


def pages_for(actor: Actor) -> Pages:
    """Return the pages of somebody: residents have their own."""
    return PAGES | AT_HOME if actor.roles == {Role.RS} else PAGES


def page_of(step: Step, paper: Document, dossier: Dossier, *, pages: Pages) -> str:
    """Return the address of the page of a step, '' when it has none.

    A page that is called like its step, ``booking-correct``, is named by the number of the order.
    """
    stage, _, verb = step.name.partition(".")
    own = (f"{stage}-{verb.replace('_', '-')}", _of_order)
    name, key = pages.get(step.name) or pages.get(stage) or own
    try:
        return reverse(name, kwargs=key(paper, dossier))
    except NoReverseMatch:
        return ""
