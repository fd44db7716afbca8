from __future__ import annotations

import re
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.foundation.actors import Actor, Power
from teyue.foundation.lifecycle import Step
from teyue.foundation.refusal import Refused
from teyue.register.company.models import Company, Department, Office

CODE = re.compile(r"[A-Z0-9]{2,8}")

KEY = Power("company.key", gettext_lazy("代录法定代表人变更"))


def second_company(document: Company, actor: Actor, at: datetime, asked: object) -> Refused | None:
    if not Company.objects.exists():
        return None
    text = _("本系统已设有公司，演示公司也不能改为正式公司。请您另装一套系统后再设立。")
    return Refused("company_exists", text)


def unreadable_code(document: Office, actor: Actor, at: datetime, asked: object) -> Refused | None:
    if CODE.fullmatch(document.code):
        return None
    text = _("管理处编号须为 2 至 8 位大写字母或数字，请您修改后再试。")
    return Refused("office_code_unreadable", text, field="code")


def taken_code(document: Office, actor: Actor, at: datetime, asked: object) -> Refused | None:
    if not Office.objects.filter(code=document.code).exists():
        return None
    text = _("管理处编号 %(code)s 已在使用，请您换一个编号。")
    return Refused("office_code_taken", text % {"code": document.code}, field="code")


def nameless(
    document: Company | Office, actor: Actor, at: datetime, asked: object
) -> Refused | None:
    if asked is None or str(getattr(asked, "name", asked)).strip():
        return None
    return Refused("name_missing", _("请您填写名称或姓名。"), field="name")


FOUND = Step(
    name="company.found",
    label=gettext_lazy("设立公司"),
    clause="3.0",
    document=Company,
    target="open",
    unless=(second_company,),
)
OPEN_OFFICE = Step(
    name="company.open_office",
    label=gettext_lazy("设立管理处"),
    clause="3.0",
    document=Office,
    target="open",
    unless=(unreadable_code, taken_code),
)
ADD_DEPARTMENT = Step(
    name="company.add_department",
    label=gettext_lazy("设立部门"),
    clause="3.0",
    document=Office,
    source=("open",),
    target=None,
    writes=(Department,),
)
CHANGE_LEGAL_PERSON = Step(
    name="company.change_legal_person",
    label=gettext_lazy("变更法定代表人"),
    clause="3.0",
    document=Company,
    source=("open",),
    target=None,
    unless=(nameless,),
    keyed_by=(KEY,),
)
DESCRIBE_OFFICE = Step(
    name="company.describe_office",
    label=gettext_lazy("修改管理处资料"),
    clause="3.0",
    document=Office,
    source=("open",),
    target=None,
    unless=(nameless,),
)
