from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teyue.desks.register import fields
from teyue.foundation.actors import Actor
from teyue.register.estate import queries, steps
from teyue.register.estate.facts import MemberFacts, Occupancy, Rights, UnitFacts
from teyue.register.estate.models import Consent, Household, Member, Unit
from teyue.register.estate.naming import parse_room
from teyue.web import formats

SUBJECTS = (
    ("elderly", _("老人情况")),
    ("disability", _("残疾情况")),
    ("health", _("健康情况")),
    ("minor", _("未成年人情况")),
    ("hardship", _("生活困难情况")),
    ("other_sensitive", _("其他敏感信息")),
    ("review", _("看不懂的备注")),
)
METHODS = (("paper", _("书面签字")), ("counter", _("当面口头")), ("call_recorded", _("电话录音")))
RELATIONS = Member.Relation.choices


class UnitForm(forms.Form):
    """A flat or shop."""

    office = fields.OfficeField()
    room = forms.CharField(label=_("房号"), max_length=24, help_text=_("例如 3-2-1102。"))
    area = forms.DecimalField(
        label=_("建筑面积（㎡）"), max_digits=8, decimal_places=2, max_value=Decimal(99_999)
    )
    kind = forms.ChoiceField(label=_("类别"), choices=Unit.Kind.choices)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].offer(actor, steps.ADD_UNIT.power)  # type: ignore[attr-defined]

    def clean_room(self) -> Any:
        room = parse_room(self.cleaned_data["room"])
        if room is None:
            raise forms.ValidationError(_("房号没有看懂，请您写成 栋-单元-室，例如 3-2-1102。"))
        return room

    def facts(self) -> UnitFacts:
        """Return what was filled in."""
        data = self.cleaned_data
        return UnitFacts(data["room"], int(data["area"] * 100), Unit.Kind(data["kind"]))


class MemberForm(forms.Form):
    """A person of a household and what that person may do for it."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    phone = forms.CharField(label=_("手机号码"), max_length=20, required=False)
    relation = forms.ChoiceField(label=_("身份"), choices=RELATIONS)
    can_order = forms.BooleanField(label=_("可以预约服务"), required=False, initial=True)
    can_confirm = forms.BooleanField(label=_("可以确认验收"), required=False, initial=True)
    is_primary = forms.BooleanField(label=_("主要联系人"), required=False)

    def facts(self) -> MemberFacts:
        """Return what was filled in."""
        data = self.cleaned_data
        return MemberFacts(**{**data, "relation": Member.Relation(data["relation"])})

    def rights(self) -> Rights:
        """Return what the member may do."""
        data = self.cleaned_data
        named = {name: data[name] for name in ("can_order", "can_confirm", "is_primary")}
        return Rights(relation=Member.Relation(data["relation"]), **named)


class HouseholdForm(MemberForm):
    """A household that moves in, with its first member."""

    opened_on = fields.day(_("入住日期"))
    size = forms.IntegerField(label=_("家庭人口"), min_value=1, max_value=30, required=False)
    visit_note = forms.CharField(label=_("上门提示"), max_length=120, required=False)

    field_order = ("opened_on", "size", "name", "phone", "relation")

    def occupancy(self) -> Occupancy:
        """Return how the household begins."""
        data = self.cleaned_data
        return Occupancy(**{name: data[name] for name in ("opened_on", "size", "visit_note")})

    def first(self) -> MemberFacts:
        """Return its first member."""
        data = self.cleaned_data
        names = ("name", "phone", "can_order", "can_confirm", "is_primary")
        relation = Member.Relation(data["relation"])
        return MemberFacts(**{name: data[name] for name in names}, relation=relation)


class NoteForm(forms.Form):
    """What a visitor must know at the door."""

    note = forms.CharField(
        label=_("上门提示"),
        max_length=120,
        required=False,
        help_text=_("只写养狗、勿按门铃一类；健康、老人、未成年人等情况须先征得同意。"),
    )


class AskForm(forms.Form):
    """What is to be asked of a household."""

    subject = forms.ChoiceField(label=_("询问内容"), choices=SUBJECTS)


class MemberField(fields.Choice[Member]):
    """Who of the household answered."""

    def label_from_instance(self, member: Member) -> str:
        return formats.in_brackets(member.person.name, member.get_relation_display())


class AnswerForm(forms.Form):
    """What a household answered: who, how, and to which uses it consents."""

    member = MemberField(Member.objects.none(), label=_("答复人"), empty_label=_("请您选择"))
    method = forms.ChoiceField(label=_("方式"), choices=METHODS)
    purposes = forms.MultipleChoiceField(
        label=_("同意"),
        choices=Consent.Purpose.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("都不同意就一项也不勾，照样登记为已询问。"),
    )

    def __init__(self, *args: Any, household: Household, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = queries.live_members(household.pk)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]
