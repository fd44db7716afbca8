"""How every state of every paper looks: word, icon and tone, said once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Badge:
    """Where a paper is. ``tone`` is wait, run, done or disp; how late it is says the due chip."""

    word: StrOrPromise
    icon: str
    tone: str
    struck: str = ""


def _wait(word: StrOrPromise, icon: str = "circle") -> Badge:
    return Badge(word, icon, "wait")


def _run(word: StrOrPromise, icon: str = "record-circle") -> Badge:
    return Badge(word, icon, "run")


def _done(word: StrOrPromise, icon: str = "check-circle-fill") -> Badge:
    return Badge(word, icon, "done")


def _disp(word: StrOrPromise, icon: str = "exclamation-diamond-fill") -> Badge:
    return Badge(word, icon, "disp")


_VOID = Badge(_("已作废"), "slash-circle", "wait", "ty-struck")
_DRAFT = _wait(_("草稿"), "pencil")
_CANCELLED = _wait(_("已取消"), "x-circle")
_CLOSED = _wait(_("已关闭"), "archive")

STATES: dict[str, dict[str, Badge]] = {
    "order": {
        "registered": _wait(_("已登记")),
        "quoted": _run(_("已报价"), "chat-left-text"),
        "awaiting_payment": _run(_("待预交"), "wallet2"),
        "ready": _run(_("待派工"), "inbox"),
        "dispatched": _run(_("已派工"), "send"),
        "in_service": _run(_("服务中"), "tools"),
        "to_confirm": _run(_("待业主确认"), "pen"),
        "to_audit": _run(_("待主管审核"), "clipboard-check"),
        "to_settle": _run(_("待结算"), "calculator"),
        "settled": _done(_("已结算")),
        "closed": _CLOSED,
        "disputed": _disp(_("争议中")),
        "cancelled": _CANCELLED,
        "void": _VOID,
    },
    "visit": {
        "scheduled": _wait(_("已排期"), "calendar"),
        "assigned": _run(_("已派，待接单"), "send"),
        "accepted": _run(_("已接单"), "hand-thumbs-up"),
        "en_route": _run(_("已出发"), "bicycle"),
        "arrived": _run(_("已到达"), "geo-alt"),
        "working": _run(_("服务中"), "tools"),
        "finished": _run(_("已完工"), "check2-square"),
        "confirmed": _done(_("业主已确认")),
        "failed": _wait(_("未成"), "door-closed"),
        "disputed": _disp(_("争议中")),
        "rescheduled": _wait(_("已改期"), "calendar2-event"),
        "refused": _wait(_("已拒单"), "x-circle"),
        "cancelled": _CANCELLED,
    },
    "quote": {
        "draft": _DRAFT,
        "sent": _run(_("待住户接受"), "chat-left-text"),
        "accepted": _done(_("住户已接受")),
        "declined": _wait(_("住户未接受"), "x-circle"),
        "expired": _wait(_("已过期"), "hourglass-bottom"),
        "superseded": _wait(_("已被替换"), "arrow-left-right"),
    },
    "prepayment": {
        "due": _run(_("待交"), "wallet2"),
        "part_paid": _run(_("部分已交"), "pie-chart"),
        "held": _done(_("已预交")),
        "transferred": _wait(_("已转出"), "arrow-right-circle"),
        "applied": _done(_("已抵扣")),
        "refund_due": _run(_("应退"), "arrow-counterclockwise"),
        "refunded": _done(_("已退")),
    },
    "receipt": {
        "issued": _done(_("已开具"), "receipt"),
        "voided": _VOID,
        "reversed": Badge(_("已红冲"), "arrow-counterclockwise", "wait", "ty-struck"),
    },
    "transfer": {
        "requested": _run(_("待批准"), "inbox"),
        "approved": _done(_("已转移"), "arrow-left-right"),
        "rejected": _wait(_("未批准"), "x-circle"),
    },
    "settlement": {
        "draft": _DRAFT,
        "payable": _run(_("待收付"), "calculator"),
        "settled": _done(_("已结算")),
        "reversed": Badge(_("已冲销"), "arrow-counterclockwise", "wait", "ty-struck"),
    },
    "refund": {
        "requested": _run(_("待复核"), "inbox"),
        "reviewed": _run(_("待批准"), "clipboard-check"),
        "cosigning": _run(_("待会签"), "pen"),
        "cosigned": _run(_("已会签"), "pen"),
        "approved": _run(_("已批准，待付款"), "wallet2"),
        "paid": _done(_("已付款")),
        "closed": _CLOSED,
        "failed": Badge(_("付款失败"), "exclamation-circle", "disp"),
        "rejected": _wait(_("未批准"), "x-circle"),
        "cancelled": _CANCELLED,
    },
    "shift": {
        "open": _run(_("开班中"), "unlock-fill"),
        "counting": _run(_("盘点中"), "123"),
        "closed": _done(_("已日结"), "lock-fill"),
        "verified": _done(_("已核对"), "patch-check-fill"),
    },
    "dispute": {
        "open": _disp(_("争议中")),
        "proposed": _disp(_("待住户答复"), "chat-left-text"),
        "decided": _run(_("已决定"), "hammer"),
        "resolved": _done(_("已解决")),
        "closed": _CLOSED,
    },
    "complaint": {
        "received": _wait(_("已受理"), "inbox"),
        "classified": _run(_("已判定"), "tag"),
        "handling": _run(_("处理中"), "tools"),
        "proposed": _run(_("待住户同意"), "chat-left-text"),
        "executing": _run(_("落实中"), "hammer"),
        "replied": _run(_("已答复，待回访"), "telephone-outbound"),
        "followed_up": _run(_("已回访"), "telephone"),
        "explained": _wait(_("已解释"), "info-circle"),
        "closed": _CLOSED,
    },
    "agreement": {
        "draft": _DRAFT,
        "pending_sign": _run(_("待签字"), "pen"),
        "signed": _run(_("已签，待生效"), "hourglass"),
        "active": _done(_("履行中"), "play-circle-fill"),
        "suspended": _wait(_("暂停"), "pause-circle"),
        "terminating": _run(_("终止清算中"), "calculator"),
        "terminated": _wait(_("已终止"), "stop-circle"),
        "expired": _wait(_("已到期"), "calendar-x"),
        "closed": _CLOSED,
        "void": _VOID,
    },
    "item": {
        "draft": _wait(_("拟定"), "pencil"),
        "surveying": _run(_("调查中"), "ui-checks"),
        "evaluated": _run(_("已论证"), "clipboard-data"),
        "proposed": _run(_("待审批"), "inbox"),
        "approved": _run(_("已批准，待开通"), "patch-check"),
        "active": _done(_("开展中"), "play-circle-fill"),
        "suspended": _wait(_("暂停"), "pause-circle"),
        "stopping": _run(_("停止处理中"), "stop-circle"),
        "stopped": _wait(_("已停止"), "stop-circle"),
        "rejected": _wait(_("未通过"), "x-circle"),
    },
    "survey": {
        "draft": _DRAFT,
        "open": _run(_("调查中"), "ui-checks"),
        "closed": _run(_("已截止"), "lock"),
        "summarised": _run(_("已汇总"), "clipboard-data"),
        "reported": _done(_("已上报")),
        "cancelled": _CANCELLED,
    },
    "proposal": {
        "draft": _DRAFT,
        "submitted": _run(_("待审批"), "inbox"),
        "returned": _run(_("退回修改"), "arrow-return-left"),
        "approved": _run(_("已批准，待实施"), "patch-check"),
        "rejected": _wait(_("已否决"), "x-circle"),
        "implemented": _done(_("已实施")),
        "lapsed": _wait(_("已失效"), "hourglass-bottom"),
    },
    "announcement": {
        "draft": _DRAFT,
        "checked": _run(_("已核对，待发布"), "clipboard-check"),
        "published": _done(_("公告中"), "megaphone"),
        "superseded": _wait(_("已被替换"), "arrow-left-right"),
        "expired": _wait(_("已到期"), "calendar-x"),
        "withdrawn": _wait(_("已撤回"), "arrow-return-left"),
    },
    "firm": {
        "candidate": _wait(_("候选"), "person"),
        "evaluating": _run(_("评价中"), "clipboard-data"),
        "trial": _run(_("试用"), "hourglass"),
        "qualified": _done(_("合格")),
        "on_notice": _run(_("限期整改"), "exclamation-triangle"),
        "suspended": _wait(_("暂停"), "pause-circle"),
        "removed": _wait(_("已清退"), "x-circle"),
        "rejected": _wait(_("未通过"), "x-circle"),
    },
    "followup": {
        "planned": _wait(_("已计划"), "calendar"),
        "assigned": _run(_("待回访"), "telephone-outbound"),
        "attempted": _run(_("未接通，再联系"), "telephone-x"),
        "completed": _run(_("已回访，待复核"), "clipboard-check"),
        "reviewed": _done(_("已复核")),
        "unreachable": _wait(_("联系不上"), "telephone-x"),
    },
    "loss": {
        "detected": _wait(_("已发现"), "graph-down"),
        "raised": _run(_("已提出"), "inbox"),
        "analysing": _run(_("分析中"), "search"),
        "decided": _run(_("已决定"), "hammer"),
        "pending_gm": _run(_("待总经理批"), "clipboard-check"),
        "implementing": _run(_("落实中"), "tools"),
        "monitoring": _run(_("观察中"), "eye"),
        "closed_resolved": _done(_("已扭亏")),
        "closed_stopped": _wait(_("已停止项目"), "stop-circle"),
    },
    "evaluation": {
        "draft": _DRAFT,
        "issued": _run(_("已发出"), "send"),
        "objected": _disp(_("有异议"), "chat-left-quote"),
        "final": _done(_("已定稿")),
    },
    "appraisal": {
        "generated": _wait(_("已生成"), "file-earmark"),
        "confirmed": _run(_("已确认"), "clipboard-check"),
        "notified": _run(_("已告知本人"), "send"),
        "objected": _disp(_("有异议"), "chat-left-quote"),
        "final": _done(_("已定稿")),
        "exported": _wait(_("已导出"), "archive"),
    },
}


def badge_of(code: str, kind: str = "order") -> Badge:
    """Return the badge of a state, or a plain one with the code itself when none is written."""
    return STATES.get(kind, {}).get(code) or _wait(code)
