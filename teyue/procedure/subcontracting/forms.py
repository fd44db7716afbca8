"""What is filled in about a firm, and the words that their list understands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from teyue.procedure.subcontracting.models import FirmItem
from teyue.register.estate.naming import plain
from teyue.web.paging import Listing, Order, one_of


class SuspendForm(forms.Form):
    """Why a firm is stopped, and with which item; without one with all that it does."""

    item = forms.ChoiceField(label=_("暂停哪个项目"), required=False)
    reason = forms.CharField(label=_("暂停原因"), max_length=200)

    def __init__(self, *args: Any, items: Iterable[FirmItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(one.item_code, one.item.name if one.item else one.item_code) for one in items]
        choices = [("", _("全部在做的项目")), *known]
        self.fields["item"].choices = choices  # type: ignore[attr-defined]


def _state(word: str) -> Q:
    state = one_of(word, FirmItem.State.values)
    return Q(pk__in=FirmItem.objects.filter(state=state).values("firm"))


LIST = Listing(
    title=_("分包方"),
    orders={"newest": Order(_("最新"), descending=True)},
    filters={"state": _state},
    search=lambda typed: Q(name__icontains=plain(typed)) | Q(uscc__startswith=plain(typed).upper()),
)
