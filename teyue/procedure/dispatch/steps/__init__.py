"""The steps of clause 4.2.5 and of emergencies (4.4.2), and who may take them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from teyue.foundation.actors import Power
from teyue.foundation.lifecycle import Step, reason_missing
from teyue.procedure.booking.models import Order, Quote, Reservation, Standing
from teyue.procedure.booking.steps import KEY as BOOKING_KEY
from teyue.procedure.booking.steps import (
    acceptance_unproven,
    quote_expired,
    quote_of_strangers,
)
from teyue.procedure.cashier.models import Receipt
from teyue.procedure.dispatch.models import Override, Visit
from teyue.procedure.dispatch.steps import objections

KEY = Power("service.key", gettext_lazy("代服务人员录入纸单"))
BEFORE_WORK = Visit.BEFORE_WORK
EMERGENCY = (Standing.READY, Standing.DISPATCHED, Standing.IN_SERVICE)

OVERRIDE = Step(
    name="dispatch.override",
    label=gettext_lazy("应急先行"),
    clause="4.4.2",
    event="O6",
    document=Override,
    target=Override.State.APPROVED,
    when=(Standing.REGISTERED, Standing.QUOTED, Standing.AWAITING_PAYMENT),
    standing=(Standing.READY,),
    unless=(
        objections.not_urgent,
        objections.home_of_approver,
        objections.approver_involved,
        objections.earlier_unpaid,
        objections.emergency_unsound,
    ),
)

ASSIGN = Step(
    name="dispatch.assign",
    label=gettext_lazy("派工"),
    clause="4.2.5",
    event="O7",
    document=Visit,
    source=("", Visit.State.SCHEDULED),
    target=Visit.State.ASSIGNED,
    when=(Standing.READY,),
    standing=(Standing.DISPATCHED,),
    unless=(objections.home_of_dispatcher, objections.nobody_named, objections.unfit),
    writes=(Reservation,),
)

ACCEPT = Step(
    name="dispatch.accept",
    label=gettext_lazy("接单"),
    clause="4.2.5",
    event="V2",
    document=Visit,
    source=(Visit.State.ASSIGNED,),
    target=Visit.State.ACCEPTED,
    when=(Standing.DISPATCHED,),
    unless=(objections.not_performer,),
    keyed_by=(KEY,),
)

DECLINE = Step(
    name="dispatch.decline",
    label=gettext_lazy("拒单"),
    clause="4.2.5",
    event="O7r",
    document=Visit,
    source=(Visit.State.ASSIGNED, Visit.State.ACCEPTED),
    target=Visit.State.SCHEDULED,
    when=(Standing.DISPATCHED,),
    standing=(Standing.READY,),
    unless=(objections.not_performer, reason_missing),
    writes=(Reservation,),
)

DEPART = Step(
    name="dispatch.depart",
    label=gettext_lazy("出发"),
    clause="4.2.5",
    event="V3",
    document=Visit,
    source=(Visit.State.ACCEPTED,),
    target=Visit.State.EN_ROUTE,
    when=(Standing.DISPATCHED,),
    unless=(objections.not_performer,),
    keyed_by=(KEY,),
)

ARRIVE = Step(
    name="dispatch.arrive",
    label=gettext_lazy("到达"),
    clause="4.2.5",
    event="V4",
    document=Visit,
    source=(Visit.State.EN_ROUTE,),
    target=Visit.State.ARRIVED,
    when=(Standing.DISPATCHED,),
    unless=(objections.not_performer,),
    keyed_by=(KEY,),
)

RESCHEDULE = Step(
    name="dispatch.reschedule",
    label=gettext_lazy("改期"),
    clause="4.2.5",
    event="O7r",
    document=Visit,
    source=(Visit.State.SCHEDULED, *BEFORE_WORK),
    target=Visit.State.SCHEDULED,
    when=(Standing.READY, Standing.DISPATCHED),
    standing=(Standing.READY,),
    unless=(objections.home_of_dispatcher, objections.moved_too_often),
    writes=(Reservation,),
)

REPORT_ABSENT = Step(
    name="dispatch.report_absent",
    label=gettext_lazy("登记未遇"),
    clause="4.2.5",
    event="O7r",
    document=Visit,
    source=(Visit.State.ARRIVED,),
    target=Visit.State.FAILED,
    when=(Standing.DISPATCHED,),
    standing=(Standing.READY,),
    unless=(objections.not_performer, objections.too_early_to_leave),
    writes=(Reservation,),
)

REPORT_NO_SHOW = Step(
    name="dispatch.report_no_show",
    label=gettext_lazy("登记未到场"),
    clause="4.2.5",
    event="O7r",
    document=Visit,
    source=(Visit.State.ASSIGNED, Visit.State.ACCEPTED, Visit.State.EN_ROUTE),
    target=Visit.State.FAILED,
    when=(Standing.DISPATCHED,),
    standing=(Standing.READY,),
    unless=(objections.home_of_dispatcher, objections.not_overdue),
    writes=(Reservation,),
)

QUOTE_LATE = Step(
    name="dispatch.quote_late",
    label=gettext_lazy("应急补报价"),
    clause="4.4.2",
    document=Quote,
    target=Quote.State.OFFERED,
    when=EMERGENCY,
    unless=(objections.quoted_already, objections.late_price_unsound),
    writes=(Quote,),
)

ACCEPT_LATE = Step(
    name="dispatch.accept_late",
    label=gettext_lazy("应急补确认报价"),
    clause="4.4.2",
    document=Quote,
    source=(Quote.State.OFFERED,),
    target=Quote.State.ACCEPTED,
    when=EMERGENCY,
    unless=(objections.quoted_already, quote_of_strangers, quote_expired, acceptance_unproven),
    keyed_by=(BOOKING_KEY, KEY),
    writes=(Order,),
)

REDEEM = Step(
    name="dispatch.redeem",
    label=gettext_lazy("应急补交"),
    clause="4.4.2",
    document=Override,
    source=(Override.State.APPROVED,),
    target=Override.State.PAID,
    instead=(objections.paid_up,),
    unless=(objections.unpaid_still,),
    writes=(Order, Receipt),
)

CLEAR_ARREARS = Step(
    name="dispatch.clear_arrears",
    part_of="settlement.settle",
    label=gettext_lazy("应急款随结算结清"),
    clause="4.4.2",
    document=Override,
    source=(Override.State.APPROVED,),
    target=Override.State.PAID,
    writes=(Order,),
)

CANCEL_VISIT = Step(
    name="dispatch.cancel_visit",
    part_of="settlement.cancel",
    label=gettext_lazy("取消上门"),
    clause="4.2.5",
    event="V9",
    document=Visit,
    source=(Visit.State.SCHEDULED, *BEFORE_WORK, Visit.State.WORKING),
    target=Visit.State.CANCELLED,
    keyed_by=(BOOKING_KEY,),
)

WITHDRAW = Step(
    name="dispatch.withdraw",
    label=gettext_lazy("收回派工"),
    clause="4.2.5",
    event="O7r",
    document=Visit,
    source=BEFORE_WORK,
    target=Visit.State.SCHEDULED,
    when=(Standing.DISPATCHED,),
    standing=(Standing.READY,),
    unless=(objections.home_of_dispatcher, reason_missing),
    writes=(Reservation,),
)

GIVE_BACK = Step(
    name="dispatch.give_back",
    label=gettext_lazy("分包方暂停退回"),
    clause="4.2.6",
    event="O7r",
    document=Visit,
    source=BEFORE_WORK,
    target=Visit.State.SCHEDULED,
    when=(Standing.DISPATCHED,),
    standing=(Standing.READY,),
    unless=(objections.firm_serves,),
    writes=(Reservation,),
)
