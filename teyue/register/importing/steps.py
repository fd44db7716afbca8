"""The steps that bring a workbook into the register (4.2.4, 3.4), and take it back."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import Step
from teyue.foundation.refusal import Refused
from teyue.register.company.models import Department
from teyue.register.estate.models import Building, Household, Inquiry, Member, Person, Unit
from teyue.register.importing import resting
from teyue.register.importing.models import Batch, ImportRun
from teyue.register.people import objections
from teyue.register.people.models import Certificate, Duty, Post, Staff


def in_use(run: ImportRun, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """What is rested upon stays: it may be ended in its own way, but not taken back."""
    what = resting.found(run)
    if not what:
        return None
    text = _("导入的%(what)s已有后续办理，不能整批撤销。请您到住户、员工或分包方页面逐项处理。")
    return Refused("in_use", text % {"what": what})


UPLOAD = Step(
    name="importing.upload",
    label=gettext_lazy("上传名册"),
    clause="4.2.4",
    document=ImportRun,
    target="previewed",
    writes=(Batch,),
)
IMPORT_HOUSEHOLDS = Step(
    name="importing.import_households",
    part_of="importing.confirm",
    label=gettext_lazy("导入住户"),
    clause="4.2.4",
    document=Household,
    target="open",
    writes=(Building, Unit, Person, Member, Inquiry),
)
ADD_MEMBERS = Step(
    name="importing.add_members",
    part_of="importing.confirm",
    label=gettext_lazy("导入住户成员"),
    clause="4.2.4",
    document=Household,
    source=("open",),
    target=None,
    writes=(Person, Member, Inquiry),
)
IMPORT_STAFF = Step(
    name="importing.import_staff",
    part_of="importing.confirm",
    label=gettext_lazy("导入员工"),
    clause="3.4",
    document=Staff,
    target="active",
    writes=(Department, Person, Certificate, Duty),
)
RESTORE_STAFF = Step(
    name="importing.restore_staff",
    part_of="importing.confirm",
    label=gettext_lazy("恢复已作废的员工"),
    clause="3.4",
    document=Staff,
    source=("void",),
    target="active",
    writes=(Certificate, Duty),
)
IMPORT_POSTS = Step(
    name="importing.import_posts",
    part_of="importing.confirm",
    label=gettext_lazy("导入任命"),
    clause="3.0",
    document=Post,
    target="active",
    unless=(
        objections.not_a_post,
        objections.only_by_legal_person,
        objections.own_appointment,
        objections.beyond_authority,
    ),
)
PROPOSE_POSTS = Step(
    name="importing.propose_posts",
    part_of="importing.confirm",
    label=gettext_lazy("导入待签发的任命"),
    clause="3.0",
    document=Post,
    target="proposed",
    unless=(objections.not_a_post, objections.own_appointment, objections.beyond_authority),
)
CONFIRM = Step(
    name="importing.confirm",
    label=gettext_lazy("确认导入"),
    clause="4.2.4",
    document=ImportRun,
    source=("previewed",),
    target="imported",
    writes=(Batch,),
)
UNDO = Step(
    name="importing.undo",
    label=gettext_lazy("撤销导入"),
    clause="4.2.4",
    document=ImportRun,
    source=("previewed", "imported"),
    target="undone",
    unless=(in_use,),
    writes=(Batch, Unit, Person, Household, Member, Inquiry, Staff, Certificate, Duty, Post),
)
