from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teyue.desks.register import fields
from teyue.foundation.actors import Actor, Evidence
from teyue.procedure.subcontracting.models import Firm
from teyue.register.company import queries as company
from teyue.register.estate.models import Person
from teyue.register.people import steps
from teyue.register.people.facts import Appointment, Authorization, Signature
from teyue.register.people.models import Role
from teyue.register.people.separation import DELEGABLE

APPOINTED = [(role.value, role.label) for role in Role if role not in (Role.RS, Role.GM)]
GIVEN = [(role.value, role.label) for role in Role if role in DELEGABLE]


class FirmField(fields.Choice[Firm]):
    """The firm for which an account of a subcontractor acts."""

    def label_from_instance(self, firm: Firm) -> str:
        return firm.name


class AppointForm(forms.Form):
    """Who shall hold which post, where and how long."""

    person = fields.PersonField(_("人员"))
    role = forms.ChoiceField(label=_("岗位"), choices=APPOINTED)
    office = fields.OfficeField(required=False, empty_label=_("全公司"))
    firm = FirmField(
        Firm.objects.none(),
        label=_("所属分包方"),
        empty_label=_("无"),
        required=False,
        help_text=_("只有“服务分包方”岗位要填。"),
    )
    from_on = fields.day(_("自何日起"))
    to_on = fields.day(_("至何日止"), required=False, help_text=_("不定期的不填。"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(actor)  # type: ignore[attr-defined]
        self.fields["office"].offer(actor, steps.APPOINT.power)  # type: ignore[attr-defined]
        offices = list(company.offices_where(actor, steps.APPOINT.power))
        if len(offices) == 1:
            self.fields["office"].initial = offices[0]
        firms = Firm.objects.filter(office__in=offices).order_by("name")
        self.fields["firm"].queryset = firms  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or {}
        first, last = facts.get("from_on"), facts.get("to_on")
        if first and last and last < first:
            self.add_error("to_on", _("止日不能早于起日，请您修改。"))
        if facts.get("role") == Role.SU and not facts.get("firm"):
            self.add_error("firm", _("请您选择所属分包方。"))
        return facts

    def appointment(self) -> Appointment:
        """Return what was filled in."""
        facts = self.cleaned_data
        firm = facts["firm"]
        return Appointment(
            facts["person"],
            Role(facts["role"]),
            facts["office"],
            facts["from_on"],
            facts["to_on"],
            firm.pk if firm and facts["role"] == Role.SU else None,
        )


class GeneralManagerForm(forms.Form):
    """Whom the legal person made general manager, and by which letter."""

    person = fields.PersonField(_("总经理人选"))
    from_on = fields.day(_("自何日起"))
    reference = forms.CharField(
        label=_("任命书"),
        max_length=120,
        help_text=_("任命书的文号和日期，例如 云栖〔2026〕8 号。"),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(actor)  # type: ignore[attr-defined]

    def appointment(self) -> Appointment:
        """Return what was filled in."""
        facts = self.cleaned_data
        return Appointment(facts["person"], Role.GM, None, facts["from_on"])

    def evidence(self) -> Evidence:
        """Return the letter as evidence."""
        return Evidence("letter", self.cleaned_data["reference"])


class SignForm(forms.Form):
    """The general manager's signature, with the decision that lets RC and CA meet."""

    decision = forms.CharField(label=_("书面决定文号"), max_length=60, required=False)

    def signature(self) -> Signature:
        """Return what was filled in."""
        return Signature(self.cleaned_data["decision"].strip())


class DelegateForm(forms.Form):
    """Who acts in whose post; who types it for another names the paper."""

    grantor = fields.PersonField(_("授权人"))
    grantee = fields.PersonField(_("代行人"))
    role = forms.ChoiceField(label=_("岗位"), choices=GIVEN)
    office = fields.OfficeField(required=False, empty_label=_("全公司"))
    from_on = fields.day(_("自何日起"))
    to_on = fields.day(_("至何日止"), help_text=_("最长 30 天，期满自动收回。"))
    reason = forms.CharField(label=_("事由"), max_length=120)
    reference = forms.CharField(
        label=_("书面授权"),
        max_length=120,
        help_text=_("代录须凭本人签字的授权书，请您填写文号和日期。"),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grantee"].offer(actor)  # type: ignore[attr-defined]
        self.fields["office"].queryset = company.offices_where(  # type: ignore[attr-defined]
            actor, company.READ
        )
        if actor.may_somewhere(steps.KEY):
            self.fields["grantor"].offer(actor)  # type: ignore[attr-defined]
            return
        del self.fields["grantor"], self.fields["reference"]
        own = [(role, label) for role, label in GIVEN if role in actor.roles]
        self.fields["role"].choices = own  # type: ignore[attr-defined]

    def authorization(self, actor: Actor) -> Authorization:
        """Return what was filled in; who is not typing for another gives the own post."""
        facts = self.cleaned_data
        return Authorization(
            facts.get("grantor") or Person.objects.get(pk=actor.id),
            facts["grantee"],
            Role(facts["role"]),
            facts["office"],
            facts["from_on"],
            facts["to_on"],
            facts["reason"],
        )


class RevokeForm(forms.Form):
    """The paper by which an authorization is taken back, where somebody else types it."""

    reference = forms.CharField(label=_("书面通知"), max_length=120)
