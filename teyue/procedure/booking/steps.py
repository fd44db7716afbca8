"""The steps of clauses 4.2.3–4.2.4 up to payment, and who may take them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.foundation import collisions
from teyue.foundation.actors import Actor, Power
from teyue.foundation.lifecycle import Step, reason_missing
from teyue.foundation.money import NOTHING
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.facts import Acceptance, Correction, Pricing, Registration
from teyue.procedure.booking.models import Order, OwnerConsent, Quote, Reservation, Standing
from teyue.procedure.booking.queries import orders
from teyue.procedure.planning.models import Item
from teyue.procedure.pricing.models import PriceLine
from teyue.register.estate.models import Household, Member
from teyue.register.parameters.queries import value

KEY = Power("booking.key", gettext_lazy("代住户录入预约与确认"))
OWNERS = (Member.Relation.OWNER, Member.Relation.CO_OWNER)


def item_closed(order: Order, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-12, E-01: only what is offered now may be ordered."""
    if order.item.state == Item.State.ACTIVE:
        return None
    text = _("“%(item)s”目前没有开展，不能登记。可请住户改选其他项目，或记为需求线索。")
    return Refused("item_not_active", text % {"item": order.item.name}, field="item")


def nothing_in_force(
    order: Order, actor: Actor, at: datetime, asked: Registration | None
) -> Refused | None:
    """I-12, E-35: a price list and a standard must be in force."""
    if not order.line.in_force(at):
        text = _("这个项目没有在用的价目，不能登记。请联系管理处经理先公布价目。")
        return Refused("no_price_in_force", text, field="item")
    if order.standard_id is None:
        text = _("这个项目没有在用的服务标准，不能登记。请联系管理处经理。")
        return Refused("no_standard_in_force", text, field="item")
    return None


def household_closed(order: Order, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-58: a household that moved out orders nothing."""
    if order.household.state == Household.State.OPEN:
        return None
    return Refused(
        "household_closed", _("这户已迁出，不能登记。请按房号重新查找现住户。"), field="household"
    )


def requester_may_not(
    order: Order, actor: Actor, at: datetime, asked: Registration | None
) -> Refused | None:
    """E-19: who orders is a member with that right."""
    if asked is None or asked.requester.can_order:
        return None
    text = _("%(name)s 不能为这户预约服务。请由业主、租户或家属预约，或先在住户卡上授权。")
    return Refused(
        "requester_may_not_order", text % {"name": asked.requester.person.name}, field="requester"
    )


def consent_missing(
    order: Order, actor: Actor, at: datetime, asked: Registration | None
) -> Refused | None:
    """E-19: some services need the owner's consent when somebody else orders."""
    if asked is None or not order.item.requires_owner_consent or asked.owner_consent:
        return None
    if asked.requester.relation in OWNERS:
        return None
    text = _("“%(item)s”须业主同意。请先联系业主，填写同意的方式后再登记。")
    return Refused("owner_consent_missing", text % {"item": order.item.name}, field="owner_consent")


def in_arrears(
    order: Order, actor: Actor, at: datetime, asked: Registration | None
) -> Refused | None:
    """E-18, C-05b: what a household owes blocks further orders that are no emergency."""
    if asked is None or order.urgency == Order.Urgency.URGENT:
        return None
    if not any(known.in_arrears for known in asked.known):
        return None
    text = _("这户有未补交的应急费用或取消费，补交前不能再登记一般预约。请先到收银台补交。")
    return Refused("household_in_arrears", text)


def duplicate_unanswered(
    order: Order, actor: Actor, at: datetime, asked: Registration | None
) -> Refused | None:
    """I-67, E-03: a possible duplicate needs the registrar's answer."""
    if asked is None or asked.duplicate_reason:
        return None
    within = timedelta(hours=value("order.dup_window_h", office=order.office_id, at=at))
    found = orders.duplicates(
        list(asked.known), item=order.item, wish_from=asked.wish_from, at=at, within=within
    )
    if not found:
        return None
    text = _("这户已有同类预约 %(number)s。若确是另一次服务，请填写理由；若是重复，请不要再登记。")
    return Refused(
        "duplicate_unanswered", text % {"number": found[0].number}, field="duplicate_reason"
    )


def own_household(order: Order, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-35, E-49: staff do not act as staff for their own household, even if they live there."""
    if order.household_id not in actor.tied("household"):
        return None
    text = _("这是您自己家的单，请由同事办理。")
    return Refused("own_household", text)


def own_household_as_staff(
    order: Order, actor: Actor, at: datetime, asked: object
) -> Refused | None:
    """I-35, E-49: who lives there may order and cancel as a resident, nobody else of the staff."""
    if "RS" in actor.roles:
        return None
    return own_household(order, actor, at, asked)


def not_of_household(order: Order, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """Residents act for their own household only."""
    if "RS" not in actor.roles or order.household_id in actor.tied("household"):
        return None
    return Refused("not_of_household", _("您不是这户的成员，不能为它办理。"))


def quote_of_strangers(quote: Quote, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """Residents accept for their own household only."""
    return not_of_household(quote.order, actor, at, asked)


def priced_on_site(
    quote: Quote, actor: Actor, at: datetime, asked: Pricing | None
) -> Refused | None:
    """O2: a range price is named by a supervisor who has seen the place."""
    if quote.order.line.price_mode != PriceLine.Mode.RANGE:
        return None
    text = _("这个项目要现场看过才能报价，请转部门主管或客服主管现场报价。")
    return Refused("needs_site_quote", text)


def not_priced_on_site(
    quote: Quote, actor: Actor, at: datetime, asked: Pricing | None
) -> Refused | None:
    """O2: only range prices are named on site; listed prices come from the list."""
    if quote.order.line.price_mode != PriceLine.Mode.RANGE:
        return Refused("price_is_listed", _("这个项目有明码标价，请直接按价目报价。"))
    if asked is not None and asked.on_site_price is None:
        return Refused("no_site_price", _("请填写现场看过后的单价。"), field="on_site_price")
    return None


def quote_expired(quote: Quote, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """O3: a quote holds until its time."""
    if quote.valid_until > at:
        return None
    return Refused("quote_expired", _("这份报价已过有效期，请重新报价后再请住户确认。"))


def acceptance_unproven(
    quote: Quote, actor: Actor, at: datetime, asked: Acceptance | None
) -> Refused | None:
    """O3: what somebody else typed needs the call number, the scan or the code."""
    if asked is None or actor.keyed_by is None or asked.evidence:
        return None
    return Refused(
        "evidence_missing",
        _("请填写住户同意的凭据：通话录音号、签字扫描件或验证码。"),
        field="evidence",
    )


def something_to_prepay(order: Order, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """O4p: only what costs nothing goes on without payment."""
    if order.required == NOTHING and order.line.unit_price == NOTHING:
        return None
    return Refused("prepayment_required", _("这单须先预交，请住户到收银台交款。"))


def correction_unfounded(
    order: Order, actor: Actor, at: datetime, asked: Correction | None
) -> Refused | None:
    """E-02, I-35, I-58: an order moves, with a reason, to a household that lives in the office."""
    if asked is None:
        return None
    if asked.household.pk in actor.tied("household"):
        return Refused("own_household", _("这是您自己家的单，请由同事办理。"))
    if not asked.members or asked.household.office_id != order.office_id:
        text = _("那户没有在住的成员，不能把单移过去。请按房号重新查找现住户。")
        return Refused("household_closed", text, field="household")
    return reason_missing(order, actor, at, asked.reason)


collisions.say(
    "no_double_booking",
    "person_busy",
    gettext_lazy("这位服务人员在这个时段刚被派给另一单，请改派别人或换个时段。"),
)
collisions.say(
    "no_double_sending",
    "person_busy",
    gettext_lazy("分包方这位人员在这个时段刚被派给另一单，请改派别人或换个时段。"),
)

REGISTER = Step(
    name="booking.register",
    label=gettext_lazy("登记"),
    clause="4.2.4",
    event="O1",
    document=Order,
    target=Order.State.OPEN,
    standing=(Standing.REGISTERED,),
    unless=(
        not_of_household,
        item_closed,
        nothing_in_force,
        household_closed,
        requester_may_not,
        own_household_as_staff,
        consent_missing,
        in_arrears,
        duplicate_unanswered,
    ),
    writes=(Reservation, OwnerConsent),
    keyed_by=(KEY,),
)

CORRECT = Step(
    name="booking.correct",
    label=gettext_lazy("更正登记"),
    clause="4.2.4",
    document=Order,
    source=(Order.State.OPEN,),
    target=None,
    when=(Standing.REGISTERED, Standing.QUOTED, Standing.AWAITING_PAYMENT),
    unless=(own_household, household_closed, correction_unfounded),
)

QUOTE = Step(
    name="booking.quote",
    label=gettext_lazy("报价"),
    clause="4.2.4",
    event="O2",
    document=Quote,
    target=Quote.State.OFFERED,
    when=(Standing.REGISTERED, Standing.QUOTED),
    standing=(Standing.QUOTED,),
    unless=(priced_on_site,),
    writes=(Quote,),
)

QUOTE_ON_SITE = Step(
    name="booking.quote_on_site",
    label=gettext_lazy("现场报价"),
    clause="4.2.4",
    event="O2",
    document=Quote,
    target=Quote.State.OFFERED,
    when=(Standing.REGISTERED, Standing.QUOTED),
    standing=(Standing.QUOTED,),
    unless=(not_priced_on_site,),
    writes=(Quote,),
)

ACCEPT = Step(
    name="booking.accept",
    label=gettext_lazy("接受报价"),
    clause="4.2.4",
    event="O3",
    document=Quote,
    source=(Quote.State.OFFERED,),
    target=Quote.State.ACCEPTED,
    when=(Standing.QUOTED,),
    standing=(Standing.AWAITING_PAYMENT,),
    unless=(quote_of_strangers, quote_expired, acceptance_unproven),
    keyed_by=(KEY,),
)

WAIVE = Step(
    name="booking.waive",
    label=gettext_lazy("免预交"),
    clause="4.3.1",
    event="O4p",
    document=Order,
    source=(Order.State.OPEN,),
    target=None,
    when=(Standing.AWAITING_PAYMENT,),
    standing=(Standing.READY,),
    unless=(something_to_prepay,),
)

CANCEL = Step(
    name="booking.cancel",
    label=gettext_lazy("住户取消"),
    clause="4.2.4",
    event="O18",
    document=Order,
    source=(Order.State.OPEN,),
    target=Order.State.CANCELLED,
    when=(Standing.REGISTERED, Standing.QUOTED),
    standing=(Standing.CANCELLED,),
    unless=(not_of_household, own_household_as_staff, reason_missing),
    keyed_by=(KEY,),
    writes=(Reservation,),
)
