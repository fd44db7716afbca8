"""What is filled in at the door of a home, and the words that the list of records understands."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from teyue.procedure.service.models import Record
from teyue.web.paging import Listing, Order


def _state(word: str) -> Q:
    if word not in Record.State.values:
        raise ValueError(word)
    return Q(state=word)


LIST = Listing(
    title=_("服务记录"),
    orders={"newest": Order(_("最新登记"), descending=True)},
    filters={"state": _state, "order": lambda word: Q(order__number=word)},
    search=lambda typed: (
        Q(number__endswith=typed.upper()) | Q(order__household__label__startswith=typed)
    ),
)
