"""How the desk calls what an import adds."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ADDS = {
    "building": _("楼栋"),
    "unit": _("房屋"),
    "household": _("住户"),
    "person": _("人员"),
    "member": _("住户成员"),
    "inquiry": _("待询问事项"),
    "department": _("部门"),
    "staff": _("员工"),
    "certificate": _("证书"),
    "duty": _("值班时段"),
    "post": _("岗位任命"),
    "proposed_post": _("待总经理签发的任命"),
    "firm": _("候选分包方"),
    "firmitem": _("分包项目"),
}

STATES = {
    "previewed": ("wait", _("待确认")),
    "imported": ("done", _("已导入")),
    "undone": ("late", _("已撤销")),
}
