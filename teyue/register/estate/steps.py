from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.foundation.actors import Actor
from teyue.foundation.clock import local_day
from teyue.foundation.lifecycle import Step
from teyue.foundation.pen import KeptQuerySet
from teyue.foundation.refusal import Refused
from teyue.register.company.models import Office
from teyue.register.estate.facts import MemberFacts, Occupancy, UnitFacts
from teyue.register.estate.models import Building, Consent, Household, Inquiry, Member, Person, Unit
from teyue.register.estate.persons import known_person


def known_unit(
    office: Office, actor: Actor, at: datetime, asked: UnitFacts | None
) -> Refused | None:
    if asked is None:
        return None
    room = asked.room
    units = Unit.objects.filter(building__office=office, building__key=room.building)
    if not units.filter(unit_key=room.unit, room_key=room.room, voided_at=None).exists():
        return None
    text = _("房屋 %(room)s 已在册，请您直接使用，不必重复登记。")
    return Refused("unit_known", text % {"room": room.short}, field="room")


def no_area(office: Office, actor: Actor, at: datetime, asked: UnitFacts | None) -> Refused | None:
    if asked is None or asked.area_x100 > 0:
        return None
    return Refused("area_missing", _("请您填写大于 0 的建筑面积。"), field="area")


def occupied(household: Household, actor: Actor, at: datetime, asked: Occupancy) -> Refused | None:
    """I-58: the household before must have moved out."""
    others = Household.objects.filter(unit_id=household.unit_id, state=Household.State.OPEN)
    if not others.exists():
        return None
    text = _("%(room)s 已有在住住户，请您先为原住户办理迁出。")
    return Refused("unit_occupied", text % {"room": household.label}, field="room")


def not_yet_opened(
    household: Household, actor: Actor, at: datetime, asked: Occupancy | None
) -> Refused | None:
    if asked is None or asked.opened_on <= local_day(at):
        return None
    return Refused("date_ahead", _("入住日期不能晚于今天，请您核对。"), field="opened_on")


def member_already(
    household: Household, actor: Actor, at: datetime, asked: MemberFacts | None
) -> Refused | None:
    known = known_person(household.office, asked.name, asked.phone) if asked else None
    if known is None or not _present(household).filter(person=known).exists():
        return None
    text = _("%(name)s 已是本户成员，请您直接修改其身份。")
    return Refused("member_known", text % {"name": known.name}, field="name")


def second_owner(
    household: Household, actor: Actor, at: datetime, asked: MemberFacts | None
) -> Refused | None:
    """A unit has one owner; others who own it are co-owners."""
    if asked is None or asked.relation != Member.Relation.OWNER:
        return None
    if not _present(household).filter(relation=Member.Relation.OWNER).exists():
        return None
    return Refused("owner_known", _("本户已有业主，其他产权人请登记为共有人。"), field="relation")


def moves_out_before_moving_in(
    household: Household, actor: Actor, at: datetime, asked: object
) -> Refused | None:
    if household.opened_on is None or household.opened_on <= local_day(at):
        return None
    return Refused("date_ahead", _("入住日期在今天之后，不能办理迁出，请您核对。"))


def _present(household: Household) -> KeptQuerySet[Member]:
    return Member.objects.filter(household=household, voided_at=None, to_on=None)


ADD_UNIT = Step(
    name="estate.add_unit",
    label=gettext_lazy("登记房屋"),
    clause="4.2.4",
    document=Office,
    source=("open",),
    target=None,
    unless=(no_area, known_unit),
    writes=(Building, Unit),
)
ADD_HOUSEHOLD = Step(
    name="estate.add_household",
    label=gettext_lazy("登记住户"),
    clause="4.2.4",
    document=Household,
    target="open",
    unless=(occupied, not_yet_opened),
    writes=(Unit, Member, Person),
)
ADD_MEMBER = Step(
    name="estate.add_member",
    label=gettext_lazy("登记住户成员"),
    clause="4.2.4",
    document=Household,
    source=("open",),
    target=None,
    unless=(member_already, second_owner),
    writes=(Member, Person),
)
CHANGE_MEMBER = Step(
    name="estate.change_member",
    label=gettext_lazy("修改住户成员"),
    clause="4.2.4",
    document=Household,
    source=("open",),
    target=None,
    writes=(Member, Person),
)
END_MEMBER = Step(
    name="estate.end_member",
    label=gettext_lazy("住户成员离开"),
    clause="4.2.4",
    document=Household,
    source=("open",),
    target=None,
    writes=(Member,),
)
ANNOTATE = Step(
    name="estate.annotate",
    label=gettext_lazy("填写上门提示"),
    clause="4.2.4",
    document=Household,
    source=("open",),
    target=None,
)
MOVE_OUT = Step(
    name="estate.move_out",
    label=gettext_lazy("办理迁出"),
    clause="4.2.4",
    document=Household,
    source=("open",),
    target="closed",
    unless=(moves_out_before_moving_in,),
    writes=(Member, Unit),
)
VOID_HOUSEHOLD = Step(
    name="estate.void_household",
    label=gettext_lazy("作废住户登记"),
    clause="4.2.4",
    document=Household,
    source=("open",),
    target="void",
    writes=(Member, Unit),
)
ASK_CONSENT = Step(
    name="estate.ask_consent",
    label=gettext_lazy("待征得同意"),
    clause="4.2.4",
    document=Inquiry,
    target="open",
)
ANSWER_INQUIRY = Step(
    name="estate.answer_inquiry",
    label=gettext_lazy("登记住户答复"),
    clause="4.2.4",
    document=Inquiry,
    source=("open",),
    target="answered",
    writes=(Consent,),
)
