"""Defaults of prepayment, refund, agreements, cash and losses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from teyue.register.parameters.kinds import Kind, Parameter

DESIGN = _("设计默认值")
PUBLIC = _("物业行业公开资料")

FINANCE = (
    Parameter(
        "prepay.full_below_fen", Kind.FEN, 20_000, "4.3.1", DESIGN, _("不超过此金额时全额预交")
    ),
    Parameter("prepay.ratio_bp", Kind.BP, 5000, "4.3.1", DESIGN, _("超过时的预交比例")),
    Parameter("prepay.round_fen", Kind.FEN, 100, "4.3.1", DESIGN, _("预交款进位单位"), minimum=1),
    Parameter("emergency.cap_fen", Kind.FEN, 50_000, "4.4.2", DESIGN, _("应急先行金额上限")),
    Parameter(
        "emergency.due_h",
        Kind.HOURS,
        24,
        "4.4.2",
        DESIGN,
        _("应急先行后补交的期限"),
        minimum=1,
        maximum=24,
    ),
    Parameter(
        "refund.pay_wd", Kind.WORKING_DAYS, 5, "4.3.1", DESIGN, _("退款批准后支付的期限"), minimum=1
    ),
    Parameter(
        "refund.pay_max.cooling_d",
        Kind.DAYS,
        5,
        "4.3.1",
        _("北京市单用途预付卡管理条例 第16条"),
        _("冷静期退款自申请起的最长天数"),
        minimum=1,
        maximum=5,
    ),
    Parameter(
        "refund.pay_max.other_d",
        Kind.DAYS,
        15,
        "4.3.1",
        _("北京市单用途预付卡管理条例 第17条"),
        _("其他退款自申请起的最长天数"),
        minimum=1,
        maximum=15,
    ),
    Parameter(
        "refund.limit.cs_fen", Kind.FEN, 20_000, "4.3.1", DESIGN, _("客服中心主管退款审批上限")
    ),
    Parameter(
        "refund.limit.om_fen", Kind.FEN, 200_000, "4.3.1", DESIGN, _("管理处经理退款审批上限")
    ),
    Parameter(
        "refund.limit.window_d", Kind.DAYS, 30, "4.3.1", DESIGN, _("退款累计计算的天数"), minimum=1
    ),
    Parameter("refund.cosign_fen", Kind.FEN, 50_000, "4.3.1", DESIGN, _("须财务会签的退款金额")),
    Parameter(
        "refund.by_audit_fen",
        Kind.FEN,
        20_000,
        "4.3.1",
        DESIGN,
        _("随审核一并批准的结算多余款上限"),
    ),
    Parameter(
        "refund.three_persons_fen", Kind.FEN, 20_000, "3.5", DESIGN, _("超过此金额须三人分办退款")
    ),
    Parameter(
        "refund.cash_max_fen", Kind.FEN, 50_000, "3.5", DESIGN, _("现金退款上限，超过的转账")
    ),
    Parameter(
        "refund.unclaimed_attempts",
        Kind.INT,
        3,
        "3.5",
        DESIGN,
        _("无人领取退款的联系次数"),
        minimum=1,
    ),
    Parameter(
        "refund.unclaimed_d",
        Kind.DAYS,
        90,
        "3.5",
        DESIGN,
        _("无人领取退款转入年度复核的天数"),
        minimum=1,
    ),
    Parameter(
        "agr.cap_fen",
        Kind.FEN,
        500_000,
        "4.3.1",
        _("单用途商业预付卡管理办法：记名卡限额"),
        _("协议预收金额上限"),
        maximum=500_000,
    ),
    Parameter(
        "agr.max_term_months",
        Kind.MONTHS,
        12,
        "4.2.3",
        DESIGN,
        _("预收协议最长期限"),
        minimum=1,
        maximum=12,
    ),
    Parameter(
        "agr.cooling_d",
        Kind.DAYS,
        7,
        "4.3.1",
        _("法释〔2025〕4号 第14条"),
        _("协议冷静期"),
        minimum=7,
    ),
    Parameter(
        "agr.cooling_goodwill",
        Kind.CHOICE,
        "granted",
        "4.3.1",
        DESIGN,
        _("未使用的协议不符合法定条件时可否仍予退款"),
        choices=(
            ("granted", _("准予")),
            ("withheld", _("不予")),
        ),
    ),
    Parameter("agr.booking_lead_h", Kind.HOURS, 24, "4.2.3", PUBLIC, _("协议服务预约提前量")),
    Parameter("agr.notice.household_d", Kind.DAYS, 7, "4.2.3", PUBLIC, _("住户终止协议的通知期")),
    Parameter(
        "agr.notice.company_d",
        Kind.DAYS,
        30,
        "4.2.3",
        DESIGN,
        _("公司终止协议的通知期"),
        minimum=30,
    ),
    Parameter("agr.notice.amend_d", Kind.DAYS, 7, "4.2.3", DESIGN, _("变更协议的通知期")),
    Parameter(
        "agr.suspend_max_d", Kind.DAYS, 60, "4.2.3", PUBLIC, _("每一协议期内可暂停的最长天数")
    ),
    Parameter("agr.suspend_notice_d", Kind.DAYS, 3, "4.2.3", DESIGN, _("暂停协议的通知期")),
    Parameter(
        "agr.renew_notice_d",
        Kind.DAYS_LIST,
        (30, 7),
        "4.2.3",
        DESIGN,
        _("到期前发出续签提醒的天数"),
        minimum=1,
    ),
    Parameter(
        "agr.overdue_suspend_d",
        Kind.DAYS,
        15,
        "4.3.1",
        DESIGN,
        _("欠费多少天后停止协议服务"),
        minimum=1,
    ),
    Parameter(
        "agr.deposit_topup_bp", Kind.BP, 5000, "4.3.1", DESIGN, _("押金余额低于此比例时请住户补足")
    ),
    Parameter(
        "agr.deposit_return_wd",
        Kind.WORKING_DAYS,
        5,
        "4.3.1",
        DESIGN,
        _("协议结清后退还押金的期限"),
        minimum=1,
    ),
    Parameter(
        "agr.interest.lpr_bp",
        Kind.BP,
        310,
        "4.3.1",
        _("一年期贷款市场报价利率，须按签约日核对"),
        _("公司原因退款的年利率"),
    ),
    Parameter(
        "agr.interest.deposit_bp",
        Kind.BP,
        150,
        "4.3.1",
        _("一年期存款基准利率，须按签约日核对"),
        _("住户原因退款的年利率"),
    ),
    Parameter("cash.max_overnight_fen", Kind.FEN, 100_000, "3.5", PUBLIC, _("隔夜库存现金上限")),
    Parameter("cash.stock_max_fen", Kind.FEN, 500_000, "3.5", PUBLIC, _("库存现金上限")),
    Parameter("cash.variance_report_fen", Kind.FEN, 1000, "3.5", DESIGN, _("长短款当日报告的起点")),
    Parameter(
        "cash.offline_entry_wd",
        Kind.WORKING_DAYS,
        1,
        "4.2.4",
        DESIGN,
        _("纸质单据补录期限"),
        minimum=1,
    ),
    Parameter(
        "loss.raise_wd", Kind.WORKING_DAYS, 3, "4.3.2", DESIGN, _("月结后提出亏损的期限"), minimum=1
    ),
    Parameter(
        "loss.decide_wd",
        Kind.WORKING_DAYS,
        5,
        "4.3.2",
        DESIGN,
        _("管理处经理决定措施的期限"),
        minimum=1,
    ),
    Parameter("loss.monitor_months", Kind.MONTHS, 3, "4.3.3", DESIGN, _("措施的监测期"), minimum=1),
    Parameter(
        "loss.streak_months",
        Kind.MONTHS,
        2,
        "4.3.2",
        DESIGN,
        _("连续亏损几个月视为亏损"),
        minimum=1,
    ),
    Parameter(
        "loss.quarter_floor_fen", Kind.FEN, 20_000, "4.3.2", DESIGN, _("近三个月亏损的金额界限")
    ),
    Parameter("loss.quarter_bp", Kind.BP, 500, "4.3.2", DESIGN, _("近三个月亏损占收入的界限")),
    Parameter("loss.month_floor_fen", Kind.FEN, 50_000, "4.3.2", DESIGN, _("单月亏损的金额界限")),
    Parameter("loss.month_bp", Kind.BP, 1000, "4.3.2", DESIGN, _("单月亏损占收入的界限")),
    Parameter(
        "loss.min_orders", Kind.INT, 5, "4.3.2", DESIGN, _("判定亏损所需的最少单数"), minimum=1
    ),
    Parameter("loss.warn_only_months", Kind.MONTHS, 3, "4.3.2", DESIGN, _("新项目只预警的月数")),
)
