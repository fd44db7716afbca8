"""Every step that people take has a page where they click, and every page is known by name."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver

from tests.test_access import together
from teyue.config import doors
from teyue.foundation.lifecycle import all_steps
from teyue.register.people import access

# On which pages a step is taken, by the names of their addresses.
PAGES = {
    "audit.approve": {"audit-approve"},
    "audit.readmit": {"audit-readmit"},
    "audit.send_back": {"audit-send-back"},
    "booking.accept": {"booking-accept", "my-booking"},
    "booking.cancel": {"booking-cancel", "case-step", "my-booking-cancel"},
    "booking.correct": {"booking-correct"},
    "booking.quote": {"booking-quote", "case-step"},
    "booking.quote_on_site": {"booking-quote-on-site", "case-step"},
    "booking.register": {"reception", "service-book"},
    "calendar.choose_preset": {"choose-preset"},
    "calendar.close_day": {"close-day"},
    "calendar.reopen_day": {"reopen-day"},
    "calendar.seed": {"calendar-seed"},
    "calendar.set_day": {"calendar-day"},
    "cashier.approve_transfer": {"transfer-approve"},
    "cashier.close_shift": {"shift-close"},
    "cashier.count": {"shift-close"},
    "cashier.force_close": {"cashier-force-close"},
    "cashier.install_drawer": {"drawers"},
    "cashier.open_shift": {"shift-open"},
    "cashier.receive": {"cashier-receive"},
    "cashier.reject_transfer": {"transfer-reject"},
    "cashier.refuse_void": {"receipt-refuse-void", "case-step"},
    "cashier.reprint": {"receipt-reprint"},
    "cashier.request_transfer": {"transfer"},
    "cashier.request_void": {"receipt-request-void", "case-step"},
    "cashier.reverse": {"receipt-reverse", "case-step"},
    "cashier.verify": {"cashier-verify"},
    "cashier.void": {"receipt-void", "case-step"},
    "company.add_department": {"add-department"},
    "company.change_legal_person": {"change-legal-person"},
    "company.describe_office": {"describe-office"},
    "company.open_office": {"open-office"},
    "dispatch.accept": {"job-accept", "service-key-record"},
    "dispatch.accept_late": {"dispatch-accept-late", "my-booking"},
    "dispatch.arrive": {"job-arrive", "service-key-record"},
    "dispatch.assign": {"dispatch-assign"},
    "dispatch.decline": {"job-decline"},
    "dispatch.depart": {"job-depart", "service-key-record"},
    "dispatch.override": {"dispatch-override"},
    "dispatch.quote_late": {"dispatch-quote-late"},
    "dispatch.redeem": {"till-redeem"},
    "dispatch.report_absent": {"job-absent"},
    "dispatch.report_no_show": {"dispatch-report-no-show", "case-step"},
    "dispatch.reschedule": {"dispatch-reschedule"},
    "dispatch.withdraw": {"dispatch-withdraw", "case-step"},
    "dispute.open": {"dispute-open", "job-refuse", "resident-refuse"},
    "dispute.resolve": {"dispute", "dispute-resolve"},
    "dispute.rework": {"dispute-rework"},
    "estate.add_household": {"add-household"},
    "estate.add_member": {"add-member"},
    "estate.add_unit": {"add-unit"},
    "estate.annotate": {"annotate"},
    "estate.answer_inquiry": {"answer-inquiry"},
    "estate.ask_consent": {"ask-consent"},
    "estate.change_member": {"change-member"},
    "estate.end_member": {"end-member"},
    "estate.move_out": {"move-out"},
    "estate.void_household": {"void-household"},
    "importing.confirm": {"import-confirm"},
    "importing.undo": {"import-undo"},
    "importing.upload": {"imports"},
    "parameters.approve": {"approve-parameter"},
    "parameters.propose": {"parameter"},
    "parameters.reject": {"reject-parameter"},
    "people.add_certificate": {"add-certificate"},
    "people.admit": {"admit"},
    "people.appoint": {"appoint"},
    "people.appoint_general_manager": {"general-manager"},
    "people.close_account": {"close-account"},
    "people.delegate": {"delegate"},
    "people.end_post": {"end-post"},
    "people.hire": {"hire"},
    "people.issue_token": {"tokens"},
    "people.open_account": {"open-account"},
    "people.print_reset_code": {"print-reset-code"},
    "people.propose_appointment": {"appoint"},
    "people.refuse_appointment": {"refuse-appointment"},
    "people.release": {"release"},
    "people.remove_second_factor": {"remove-second-factor"},
    "people.request_leave": {"request-leave"},
    "people.reset_password": {"password-reset"},
    "people.revoke_delegation": {"revoke-delegation"},
    "people.revoke_token": {"token-revoke"},
    "people.set_duty": {"set-duty"},
    "people.set_password": {"password"},
    "people.sign_appointment": {"sign-appointment"},
    "people.void_certificate": {"void-certificate"},
    "people.void_leave": {"void-leave"},
    "refund.approve": {"refund-take", "case-step"},
    "refund.cosign": {"refund-take", "case-step"},
    "refund.endorse": {"refund-take", "case-step"},
    "refund.fail": {"refund-take", "case-step"},
    "refund.pay": {"refund-take"},
    "refund.reconcile": {"refund-take", "case-step"},
    "refund.reject": {"refund-take", "case-step"},
    "refund.request": {"refund-request"},
    "refund.retry": {"refund-take", "case-step"},
    "refund.review": {"refund-take", "case-step"},
    "service.accept_change": {"job-answer", "my-change", "resident-change"},
    "service.conclude": {"service-conclude"},
    "service.confirm": {"job-word", "resident-confirm", "service-key-record"},
    "service.confirm_alternatively": {"service-confirm-alternatively"},
    "service.continue_order": {"service-continue-order"},
    "service.offer_change": {"job-change"},
    "service.record": {"job-record", "service-key-record"},
    "service.refuse_change": {"job-answer", "my-change", "resident-change"},
    "service.revise": {"job-record"},
    "service.start": {"job-start", "service-key-record"},
    "service.terminate": {"service-terminate"},
    "settlement.call_off": {"settlement-call-off", "case-step"},
    "settlement.cancel": {"settlement-cancel", "my-booking-cancel"},
    "settlement.collect_fee": {"till-redeem"},
    "settlement.decline_reversal": {"settlement-decline-reversal", "case-step"},
    "settlement.request_reversal": {"settlement-request-reversal", "case-step"},
    "settlement.reverse": {"settlement-reverse-post", "case-step"},
    "settlement.settle": {"settlement-settle"},
    "settlement.void": {"settlement-void"},
    "subcontracting.suspend": {"firm-suspend"},
}
# Pages on which people look, or sign in and out.
LOOKS = {
    *("audits", "awaiting-prepayment", "board", "calendar", "case", "dispatch", "disputes", "file"),
    *(
        "firm",
        "firm-visits",
        "firms",
        "gallery",
        "grants",
        "home",
        "household",
        "households",
        "households-book",
    ),
    *("import", "import-faults", "job", "job-file", "jobs", "login", "login-code", "logout", "me"),
    *("my-bookings", "my-confirmation", "office", "offices", "orders", "orders-export"),
    *("parameters", "person", "post", "posts", "print", "reception-quote", "reception-slots"),
    *("receipt", "receipts", "reconciliations", "refund", "refund-approvals", "refund-cosigns"),
    *("refund-payments", "refund-reviews", "refunds", "registrations", "remittances", "reprints"),
    *("reversals", "search", "second-factor", "services", "set_language", "settled", "settlement"),
    *("settlements", "shift", "shift-verifications", "site-quotes", "staff", "staff-book"),
    *("staffing", "till", "units", "units-book", "unpaid-refunds", "workbench"),
}


def pages(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """Yield the pages of the house that have a name."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from pages(one.url_patterns)
        elif one.name:
            yield one


NAMED = {one.name for one in pages(doors.pages())}


def test_every_step_that_people_take_has_a_page_or_is_taken_with_another():
    by_people = {name for name in all_steps() if set(access.roles_of(name)) - {"SYS"}}

    assert by_people - PAGES.keys() == together()
    assert PAGES.keys() <= by_people


def test_every_page_takes_a_step_that_is_named_or_only_shows():
    taking = set().union(*PAGES.values())

    assert taking == NAMED - LOOKS
    assert LOOKS <= NAMED
