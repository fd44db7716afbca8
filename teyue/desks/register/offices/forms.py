from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from teyue.foundation.actors import Evidence
from teyue.register.company.models import Department
from teyue.register.company.operations import Address


class OfficeForm(forms.Form):
    """A new office."""

    code = forms.CharField(
        label=_("编号"),
        max_length=8,
        help_text=_("2 至 8 位字母或数字，印在单号里，设立后不能改。"),
    )
    name = forms.CharField(label=_("名称"), max_length=40)


class AddressForm(forms.Form):
    """What an office is called, and where it is found."""

    name = forms.CharField(label=_("名称"), max_length=40)
    address = forms.CharField(label=_("地址"), max_length=120, required=False)
    phone = forms.CharField(label=_("电话"), max_length=20, required=False)

    def facts(self) -> Address:
        """Return what was filled in."""
        return Address(**self.cleaned_data)


class DepartmentForm(forms.Form):
    """A new department."""

    name = forms.CharField(label=_("名称"), max_length=40)
    kind = forms.ChoiceField(label=_("类别"), choices=Department.Kind.choices)


class LegalPersonForm(forms.Form):
    """Who is the legal person now, by which document."""

    name = forms.CharField(label=_("法定代表人"), max_length=40)
    reference = forms.CharField(
        label=_("凭据"),
        max_length=120,
        help_text=_("换发的营业执照或登记机关的变更通知书，写明文号和日期。"),
    )

    def evidence(self) -> Evidence:
        """Return the document as evidence."""
        return Evidence("licence", self.cleaned_data["reference"])
