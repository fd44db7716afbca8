"""How each queue is called, what its button says, and what would appear in it while it is empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Caption:
    """Words of a queue; ``page`` is the url name of the page where all of it is worked off."""

    title: StrOrPromise
    verb: StrOrPromise
    empty: StrOrPromise
    page: str = ""


QUEUES: dict[str, Caption] = {
    "booking.quote": Caption(
        _("待报价"), _("报价"), _("登记后还没有报价的订单会出现在这里。"), "reception"
    ),
    "booking.quote_on_site": Caption(
        _("待现场报价"), _("报价"), _("要现场看过才能报价的订单会出现在这里。"), "site-quotes"
    ),
    "booking.accept": Caption(
        _("待您接受报价"), _("看报价"), _("管理处报价后，请您接受的报价会出现在这里。")
    ),
    "dispatch.override": Caption(
        _("待批应急先行"), _("批准"), _("要先服务后交款的急单会出现在这里。")
    ),
    "cashier.receive": Caption(
        _("待预交"), _("收款"), _("住户接受报价后，等收款的订单会出现在这里。"), "till"
    ),
    "cashier.void": Caption(
        _("待批作废"), _("审批"), _("收银员申请作废的收据会出现在这里。"), "reversals"
    ),
    "cashier.verify": Caption(
        _("待核对日结"), _("核对"), _("收银员日结后，班次会出现在这里。"), "shift-verifications"
    ),
    "cashier.count": Caption(
        _("未日结的班次"),
        _("盘点"),
        _("您开着的班次会出现在这里，下班前请盘点日结。"),
        "shift-close",
    ),
    "dispatch.assign": Caption(
        _("待派工"), _("派工"), _("住户预交后，等派人的订单会出现在这里。"), "board"
    ),
    "dispatch.accept": Caption(_("待接单"), _("接单"), _("派给您的上门服务会出现在这里。"), "jobs"),
    "dispatch.depart": Caption(_("待出发"), _("出发"), _("您接下的上门服务会出现在这里。"), "jobs"),
    "dispatch.arrive": Caption(_("路上"), _("到达"), _("您出发后的上门服务会出现在这里。"), "jobs"),
    "service.start": Caption(_("待开工"), _("开工"), _("您到场后的上门服务会出现在这里。"), "jobs"),
    "service.finish": Caption(_("服务中"), _("完工"), _("您正在做的服务会出现在这里。"), "jobs"),
    "service.record": Caption(
        _("待登记服务记录"), _("登记"), _("完工后要登记的服务会出现在这里。"), "jobs"
    ),
    "service.revise": Caption(
        _("退回待改正"), _("改正"), _("审核退回、要您改正的服务记录会出现在这里。"), "jobs"
    ),
    "service.confirm": Caption(
        _("待业主确认"), _("确认"), _("服务人员登记后，请业主确认的服务会出现在这里。")
    ),
    "service.confirm_alternatively": Caption(
        _("待替代确认"), _("处理"), _("业主多次联系不上、要凭证据确认的记录会出现在这里。")
    ),
    "service.accept_change": Caption(
        _("待您同意增项"), _("看增项"), _("服务中要增加的项目会出现在这里，您同意才做。")
    ),
    "dispatch.quote_late": Caption(
        _("应急待报价"), _("报价"), _("应急先行、还没有报价的单会出现在这里。")
    ),
    "service.continue_order": Caption(
        _("待再次上门"), _("派人"), _("一次上门确认后还要再去的单会出现在这里。"), "board"
    ),
    "audit.approve": Caption(
        _("待审核"), _("审核"), _("业主确认后，服务记录会出现在这里。"), "audits"
    ),
    "audit.readmit": Caption(
        _("退回待重新送审"), _("处理"), _("退回后内容没有改动的记录会出现在这里。"), "audits"
    ),
    "settlement.settle": Caption(
        _("待结算"), _("结算"), _("主管审核通过后，订单会出现在这里。"), "settlements"
    ),
    "settlement.reverse": Caption(
        _("待批冲销"), _("审批"), _("财务申请冲销的结算单会出现在这里。"), "settled"
    ),
    "refund.review": Caption(
        _("退款待复核"), _("复核"), _("取消、多交等退款申请会出现在这里。"), "refund-reviews"
    ),
    "refund.approve": Caption(
        _("退款待批准"), _("批准"), _("复核过、在您权限内的退款会出现在这里。"), "refund-approvals"
    ),
    "refund.endorse": Caption(
        _("退款待批准（须会签）"),
        _("批准"),
        _("须财务会签的退款会出现在这里。"),
        "refund-approvals",
    ),
    "refund.cosign": Caption(
        _("退款待会签"), _("会签"), _("经理批准、等财务会签的退款会出现在这里。"), "refund-cosigns"
    ),
    "refund.pay": Caption(
        _("待付退款"), _("付款"), _("批准了的退款会出现在这里。"), "refund-payments"
    ),
    "refund.retry": Caption(
        _("付款失败"), _("更正"), _("退款没有付成、要更正账户的会出现在这里。"), "refund-payments"
    ),
    "refund.reconcile": Caption(
        _("退款待对账"), _("对账"), _("付出的退款会出现在这里，次日前核对。"), "reconciliations"
    ),
    "dispute.resolve": Caption(
        _("争议待处理"), _("处理"), _("住户拒绝确认的订单会出现在这里。"), "disputes"
    ),
    "people.sign_appointment": Caption(
        _("任命待签发"), _("签发"), _("收银员、财务的任命会出现在这里，签发后生效。"), "posts"
    ),
    "parameters.approve": Caption(
        _("参数待批准"),
        _("批准"),
        _("管理处提议修改的参数会出现在这里，批准后生效。"),
        "parameters",
    ),
    "estate.answer_inquiry": Caption(
        _("待征询住户"), _("登记答复"), _("导入时发现的敏感备注会出现在这里，须问过住户才记。")
    ),
}


def caption_of(queue: str, label: StrOrPromise) -> Caption:
    """Return the words of a queue; one that nobody described is called like its step."""
    return QUEUES.get(queue) or Caption(label, label, "")
