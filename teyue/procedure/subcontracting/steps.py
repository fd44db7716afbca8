"""The steps by which a firm becomes known and is stopped (4.2.6); evaluation and trial later."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from teyue.foundation.lifecycle import Step, reason_missing
from teyue.procedure.subcontracting.models import Firm, FirmItem
from teyue.register.importing.models import ImportRun
from teyue.register.importing.steps import in_use

SUSPEND = Step(
    name="subcontracting.suspend",
    label=gettext_lazy("暂停分包方"),
    clause="4.2.6",
    document=FirmItem,
    source=FirmItem.MAY_SERVE,
    target=FirmItem.State.SUSPENDED,
    unless=(reason_missing,),
)
IMPORT_FIRMS = Step(
    name="subcontracting.import_firms",
    part_of="importing.confirm",
    label=gettext_lazy("导入候选分包方"),
    clause="4.2.6",
    document=Firm,
    target="candidate",
    writes=(FirmItem,),
)
WITHDRAW_FIRMS = Step(
    name="subcontracting.withdraw_firms",
    part_of="importing.undo",
    label=gettext_lazy("撤回导入的候选分包方"),
    clause="4.2.6",
    document=ImportRun,
    source=("previewed", "imported"),
    target=None,
    unless=(in_use,),
    writes=(Firm, FirmItem),
)
