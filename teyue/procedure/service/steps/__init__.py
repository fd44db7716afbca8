"""The steps of clause 4.3.1 in the home, and who may take them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from teyue.foundation.actors import Power
from teyue.foundation.lifecycle import Step
from teyue.procedure.booking.models import Order, Reservation, Standing
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.dispatch.steps import KEY
from teyue.procedure.dispatch.steps.objections import (
    home_of_dispatcher,
    nobody_named,
    not_performer,
    unfit,
    unpaid,
)
from teyue.procedure.service.models import Change, Confirmation, Record
from teyue.procedure.service.steps import objections

WITNESS = Power("service.witness", gettext_lazy("现场请住户确认"))

START = Step(
    name="service.start",
    label=gettext_lazy("开工"),
    clause="4.3.1",
    event="O8",
    document=Visit,
    source=(Visit.State.ARRIVED,),
    target=Visit.State.WORKING,
    when=(Standing.DISPATCHED,),
    standing=(Standing.IN_SERVICE,),
    unless=(not_performer, objections.identity_hidden, unpaid),
    keyed_by=(KEY,),
)

FINISH = Step(
    name="service.finish",
    part_of="service.record",
    label=gettext_lazy("完工"),
    clause="4.3.1",
    event="V7",
    document=Visit,
    source=(Visit.State.ARRIVED, Visit.State.WORKING),
    target=Visit.State.FINISHED,
    when=(Standing.DISPATCHED, Standing.IN_SERVICE),
    keyed_by=(KEY,),
)

RECORD = Step(
    name="service.record",
    label=gettext_lazy("完工登记"),
    clause="4.3.1",
    event="O9",
    document=Record,
    target=Record.State.RECORDED,
    when=(Standing.IN_SERVICE,),
    standing=(Standing.TO_CONFIRM,),
    unless=(
        objections.not_by_performer,
        objections.record_incomplete,
        objections.photo_missing,
        objections.change_unanswered,
    ),
    keyed_by=(KEY,),
)

OFFER_CHANGE = Step(
    name="service.offer_change",
    label=gettext_lazy("增项报价"),
    clause="4.3.1",
    document=Change,
    target=Change.State.OFFERED,
    when=(Standing.IN_SERVICE, Standing.DISPATCHED),
    unless=(
        objections.change_not_performer,
        objections.visit_over,
        objections.extra_unsound,
    ),
    keyed_by=(KEY,),
    writes=(Visit,),
)

ACCEPT_CHANGE = Step(
    name="service.accept_change",
    label=gettext_lazy("同意增项"),
    clause="4.3.1",
    document=Change,
    source=(Change.State.OFFERED,),
    target=Change.State.ACCEPTED,
    when=(Standing.IN_SERVICE, Standing.DISPATCHED),
    unless=(
        objections.change_of_strangers,
        objections.visit_over,
        objections.consent_unproven,
    ),
    keyed_by=(WITNESS,),
    writes=(Order,),
)

REFUSE_CHANGE = Step(
    name="service.refuse_change",
    label=gettext_lazy("不同意增项"),
    clause="4.3.1",
    document=Change,
    source=(Change.State.OFFERED,),
    target=Change.State.REFUSED,
    when=(Standing.IN_SERVICE, Standing.DISPATCHED),
    unless=(objections.change_of_strangers,),
    keyed_by=(WITNESS,),
)

CONFIRM = Step(
    name="service.confirm",
    label=gettext_lazy("业主确认"),
    clause="4.3.1",
    event="O10",
    document=Record,
    source=(Record.State.RECORDED,),
    target=Record.State.CONFIRMED,
    when=(Standing.TO_CONFIRM,),
    standing=(Standing.TO_AUDIT, Standing.IN_SERVICE),
    unless=(
        objections.may_not_confirm,
        objections.shown_differently,
        objections.word_unproven,
        objections.rating_out_of_range,
    ),
    keyed_by=(WITNESS,),
    writes=(Confirmation,),
)

CONFIRM_ALTERNATIVELY = Step(
    name="service.confirm_alternatively",
    label=gettext_lazy("替代确认"),
    clause="4.3.1",
    event="O11",
    document=Record,
    source=(Record.State.RECORDED,),
    target=Record.State.CONFIRMED,
    when=(Standing.TO_CONFIRM,),
    standing=(Standing.TO_AUDIT, Standing.IN_SERVICE),
    unless=(objections.home_of_supervisor, objections.shown_differently, objections.not_reminded),
    writes=(Confirmation,),
)

CLOSE_VISIT = Step(
    name="service.close_visit",
    part_of="service.confirm",
    label=gettext_lazy("上门已确认"),
    clause="4.3.1",
    event="V8",
    document=Visit,
    source=(Visit.State.FINISHED,),
    target=Visit.State.CONFIRMED,
    keyed_by=(WITNESS,),
)

CONTINUE_ORDER = Step(
    name="service.continue_order",
    label=gettext_lazy("续作"),
    clause="4.3.1",
    event="O9m",
    document=Visit,
    target=Visit.State.ASSIGNED,
    when=(Standing.IN_SERVICE,),
    standing=(Standing.DISPATCHED,),
    unless=(home_of_dispatcher, objections.nothing_left_to_do, nobody_named, unfit),
    writes=(Reservation,),
)

TERMINATE = Step(
    name="service.terminate",
    label=gettext_lazy("终止（部分完成）"),
    clause="4.3.1",
    event="O22",
    document=Record,
    target=Record.State.RECORDED,
    when=(Standing.DISPATCHED, Standing.IN_SERVICE),
    standing=(Standing.TO_CONFIRM,),
    unless=(objections.home_of_supervisor, objections.broken_unsound),
)

CONCLUDE = Step(
    name="service.conclude",
    label=gettext_lazy("不再上门"),
    clause="4.3.1",
    event="O22",
    document=Record,
    source=(Record.State.CONFIRMED,),
    target=Record.State.RECORDED,
    when=(Standing.IN_SERVICE, Standing.READY, Standing.DISPATCHED),
    standing=(Standing.TO_CONFIRM,),
    unless=(
        objections.home_of_supervisor,
        objections.nothing_to_conclude,
        objections.ending_unsound,
    ),
    writes=(Reservation,),
)

REVISE = Step(
    name="service.revise",
    label=gettext_lazy("更正服务记录"),
    clause="4.3.1",
    document=Record,
    source=(Record.State.RECORDED,),
    target=None,
    when=(Standing.TO_CONFIRM,),
    unless=(
        objections.not_by_performer,
        objections.record_incomplete,
        objections.photo_missing,
        objections.goes_on_after_end,
    ),
    keyed_by=(KEY,),
)
