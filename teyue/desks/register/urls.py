from __future__ import annotations

from django.urls import path
from ninja import Router

from teyue.desks.register.accounts import api as accounts_api
from teyue.desks.register.accounts import views as accounts
from teyue.desks.register.calendar import api as calendar_api
from teyue.desks.register.calendar import views as calendar
from teyue.desks.register.households import api as households_api
from teyue.desks.register.households import units
from teyue.desks.register.households import views as households
from teyue.desks.register.offices import api as offices_api
from teyue.desks.register.offices import views as offices
from teyue.desks.register.parameters import api as parameters_api
from teyue.desks.register.parameters import views as parameters
from teyue.desks.register.posts import api as posts_api
from teyue.desks.register.posts import views as posts
from teyue.desks.register.staff import api as staff_api
from teyue.desks.register.staff import views as staff

router = Router()
for part in (
    offices_api,
    staff_api,
    accounts_api,
    posts_api,
    calendar_api,
    parameters_api,
    households_api,
):
    router.add_router("", part.router)

pages = [
    path("people/", staff.people, name="staff"),
    path("people.xlsx", staff.people_book, name="staff-book"),
    path("people/hire/", staff.hire, name="hire"),
    path("people/admit/", staff.admit, name="admit"),
    path("people/<int:number>/", staff.person, name="person"),
    path("people/<int:number>/account/", accounts.open_account, name="open-account"),
    path("accounts/<int:number>/close/", accounts.close_account, name="close-account"),
    path("accounts/<int:number>/code/", accounts.print_reset_code, name="print-reset-code"),
    path(
        "accounts/<int:number>/second-factor/",
        accounts.remove_second_factor,
        name="remove-second-factor",
    ),
    path("staff/<int:number>/release/", staff.release, name="release"),
    path("staff/<int:number>/certificates/", staff.add_certificate, name="add-certificate"),
    path("staff/<int:number>/leaves/", staff.request_leave, name="request-leave"),
    path("staff/<int:number>/duty/", staff.set_duty, name="set-duty"),
    path("certificates/<int:number>/void/", staff.void_certificate, name="void-certificate"),
    path("leaves/<int:number>/void/", staff.void_leave, name="void-leave"),
    path("posts/", posts.posts, name="posts"),
    path("posts/staffing/", posts.covered, name="staffing"),
    path("posts/appoint/", posts.appoint, name="appoint"),
    path("posts/general-manager/", posts.appoint_general_manager, name="general-manager"),
    path("posts/<int:number>/", posts.post, name="post"),
    path("posts/<int:number>/sign/", posts.sign_appointment, name="sign-appointment"),
    path("posts/<int:number>/refuse/", posts.refuse_appointment, name="refuse-appointment"),
    path("posts/<int:number>/end/", posts.end_post, name="end-post"),
    path("grants/", posts.grants, name="grants"),
    path("grants/new/", posts.delegate, name="delegate"),
    path("grants/<int:number>/revoke/", posts.revoke_delegation, name="revoke-delegation"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/seed/", calendar.seed, name="calendar-seed"),
    path("calendar/<str:code>/quiet-hours/", calendar.preset, name="choose-preset"),
    path("calendar/<str:code>/<str:day>/", calendar.day, name="calendar-day"),
    path("calendar/<str:code>/<str:day>/close/", calendar.close_day, name="close-day"),
    path("calendar/<str:code>/<str:day>/reopen/", calendar.reopen_day, name="reopen-day"),
    path("parameters/", parameters.parameters, name="parameters"),
    path("parameters/<int:number>/approve/", parameters.approve, name="approve-parameter"),
    path("parameters/<int:number>/reject/", parameters.reject, name="reject-parameter"),
    path("parameters/<str:key>/", parameters.parameter, name="parameter"),
    path("units/", units.units, name="units"),
    path("units.xlsx", units.units_book, name="units-book"),
    path("units/new/", units.add_unit, name="add-unit"),
    path("units/<int:unit>/household/", households.add_household, name="add-household"),
    path("households/", households.households, name="households"),
    path("households.xlsx", households.households_book, name="households-book"),
    path("households/<int:number>/", households.household, name="household"),
    path("households/<int:number>/members/", households.add_member, name="add-member"),
    path(
        "households/<int:number>/members/<int:member>/",
        households.change_member,
        name="change-member",
    ),
    path(
        "households/<int:number>/members/<int:member>/end/",
        households.end_member,
        name="end-member",
    ),
    path("households/<int:number>/note/", households.annotate, name="annotate"),
    path("households/<int:number>/ask/", households.ask_consent, name="ask-consent"),
    path("households/<int:number>/move-out/", households.move_out, name="move-out"),
    path("households/<int:number>/void/", households.void_household, name="void-household"),
    path("inquiries/<int:number>/", households.answer_inquiry, name="answer-inquiry"),
    path("offices/", offices.offices, name="offices"),
    path("offices/new/", offices.open_office, name="open-office"),
    path("offices/<str:code>/", offices.office, name="office"),
    path("offices/<str:code>/data/", offices.describe_office, name="describe-office"),
    path("offices/<str:code>/departments/", offices.add_department, name="add-department"),
    path("company/legal-person/", offices.change_legal_person, name="change-legal-person"),
]
