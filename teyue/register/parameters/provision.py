"""Defaults from planning an item to settling an order."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from teyue.register.parameters.kinds import Kind, Parameter

DESIGN = _("设计默认值")
TRADE = _("行业惯例")
PUBLIC = _("物业行业公开资料")

PROVISION = (
    Parameter(
        "plan.meeting_wd",
        Kind.WORKING_DAYS,
        10,
        "4.1.2",
        DESIGN,
        _("设想提出后召开论证会的期限"),
        minimum=1,
    ),
    Parameter(
        "plan.emergency_item",
        Kind.CHOICE,
        "allowed",
        "4.1.2",
        DESIGN,
        _("紧急项目可否免调查"),
        choices=(
            ("allowed", _("允许（须写明理由并告知总经理）")),
            ("forbidden", _("不允许")),
        ),
    ),
    Parameter("survey.window_d", Kind.DAYS, 14, "4.1.2", DESIGN, _("需求调查开放天数"), minimum=1),
    Parameter("survey.extend_d", Kind.DAYS, 7, "4.1.2", DESIGN, _("回收不足时延长一次的天数")),
    Parameter(
        "survey.emergency_window_d",
        Kind.DAYS,
        3,
        "4.1.2",
        DESIGN,
        _("紧急项目的短期调查天数"),
        minimum=1,
    ),
    Parameter("survey.send_bp", Kind.BP, 3000, "4.1.2", PUBLIC, _("需求调查最低发放率")),
    Parameter("survey.return_bp", Kind.BP, 6000, "4.1.2", DESIGN, _("需求调查最低回收率")),
    Parameter("survey.send_all_below", Kind.INT, 30, "4.1.2", PUBLIC, _("不超过此户数时全部发放")),
    Parameter("survey.sat_send_bp", Kind.BP, 9000, "4.5.1", PUBLIC, _("满意度调查最低发放率")),
    Parameter("survey.sat_return_bp", Kind.BP, 8000, "4.5.1", PUBLIC, _("满意度调查最低回收率")),
    Parameter(
        "survey.summary_wd",
        Kind.WORKING_DAYS,
        5,
        "4.1.3",
        DESIGN,
        _("调查截止后提交归纳总结的期限"),
        minimum=1,
    ),
    Parameter(
        "survey.conversion_bp", Kind.BP, 5000, "4.1.3", DESIGN, _("有意愿住户实际下单的折算比例")
    ),
    Parameter(
        "proposal.submit_wd",
        Kind.WORKING_DAYS,
        5,
        "4.1.5",
        DESIGN,
        _("归纳总结后报批的期限"),
        minimum=1,
    ),
    Parameter(
        "proposal.gm_decide_wd", Kind.WORKING_DAYS, 5, "3.1", DESIGN, _("总经理审批期限"), minimum=1
    ),
    Parameter(
        "proposal.lapse_d", Kind.DAYS, 60, "4.1.6", DESIGN, _("批准后未实施的失效期限"), minimum=1
    ),
    Parameter(
        "item.suspend_om_d", Kind.DAYS, 15, "3.2", DESIGN, _("管理处经理可自行暂停项目的最长天数")
    ),
    Parameter(
        "announce.after_approval_wd",
        Kind.WORKING_DAYS,
        3,
        "4.2.1",
        DESIGN,
        _("批准后公告的期限"),
        minimum=1,
    ),
    Parameter("announce.lead.new_d", Kind.DAYS, 3, "4.2.1", DESIGN, _("新项目提前公告天数")),
    Parameter("announce.lead.raise_d", Kind.DAYS, 15, "4.2.1", DESIGN, _("涨价提前公告天数")),
    Parameter("announce.lead.cut_d", Kind.DAYS, 0, "4.2.1", DESIGN, _("降价提前公告天数")),
    Parameter(
        "announce.lead.stop_d",
        Kind.DAYS,
        30,
        "4.2.1",
        _("消费者权益保护法实施条例 第22条"),
        _("停止项目提前公告天数"),
        minimum=30,
    ),
    Parameter(
        "announce.photo_h", Kind.HOURS, 24, "4.2.2", DESIGN, _("张贴后上传照片的期限"), minimum=1
    ),
    Parameter(
        "announce.removal_h",
        Kind.HOURS,
        24,
        "4.2.2",
        _("明码标价和禁止价格欺诈规定 第6条"),
        _("旧公告撤除的期限"),
        minimum=1,
    ),
    Parameter(
        "price.review_months", Kind.MONTHS, 12, "4.1.4", DESIGN, _("价格复核周期"), minimum=1
    ),
    Parameter("margin.target_bp", Kind.BP, 500, "4.4.4", DESIGN, _("目标利润率")),
    Parameter("margin.band_low_bp", Kind.BP, 0, "4.4.4", TRADE, _("保本微利区间下限")),
    Parameter("margin.band_high_bp", Kind.BP, 1000, "4.4.4", TRADE, _("保本微利区间上限")),
    Parameter("service.opens", Kind.CLOCK, 480, "4.4.2", DESIGN, _("服务时段开始时刻")),
    Parameter("service.closes", Kind.CLOCK, 1200, "4.4.2", DESIGN, _("服务时段结束时刻")),
    Parameter(
        "quiet.neighbor_notice_h",
        Kind.HOURS,
        24,
        "4.4.3",
        DESIGN,
        _("气味、药剂类作业提前告知邻里的时间"),
        minimum=1,
    ),
    Parameter("order.register_min", Kind.MINUTES, 10, "4.2.4", PUBLIC, _("登记用时"), minimum=1),
    Parameter(
        "order.quote.fixed_min",
        Kind.MINUTES,
        30,
        "4.2.4",
        DESIGN,
        _("固定价项目报价期限"),
        minimum=1,
    ),
    Parameter(
        "order.quote.range_h", Kind.HOURS, 24, "4.2.4", DESIGN, _("现场报价项目报价期限"), minimum=1
    ),
    Parameter(
        "order.dispatch.normal_min",
        Kind.MINUTES,
        15,
        "4.2.5",
        PUBLIC,
        _("普通单派工期限（服务时段内）"),
        minimum=1,
    ),
    Parameter(
        "order.dispatch.urgent_min",
        Kind.MINUTES,
        5,
        "4.2.5",
        DESIGN,
        _("紧急单派工期限"),
        minimum=1,
    ),
    Parameter(
        "order.lapse.normal_h",
        Kind.HOURS,
        24,
        "4.3.1",
        DESIGN,
        _("普通单接受报价后未预交的失效时间"),
        minimum=1,
    ),
    Parameter(
        "order.lapse.urgent_min",
        Kind.MINUTES,
        30,
        "4.3.1",
        DESIGN,
        _("紧急单接受报价后未预交的失效时间"),
        minimum=1,
    ),
    Parameter(
        "order.lapse.before_slot_h",
        Kind.HOURS,
        2,
        "4.3.1",
        DESIGN,
        _("预约时段前停止等待预交的时间"),
    ),
    Parameter(
        "order.lapse.till_min",
        Kind.MINUTES,
        60,
        "4.3.1",
        DESIGN,
        _("失效前至少留给住户的收银开放时间"),
    ),
    Parameter("order.dup_window_h", Kind.HOURS, 24, "4.2.4", DESIGN, _("重复登记的检查范围")),
    Parameter("order.close_d", Kind.DAYS, 7, "4.3.1", DESIGN, _("结算后关闭服务单的最短天数")),
    Parameter(
        "visit.arrive.urgent_day_min",
        Kind.MINUTES,
        30,
        "4.4.2",
        PUBLIC,
        _("紧急单白天到场时限（自登记起）"),
        minimum=1,
    ),
    Parameter(
        "visit.arrive.urgent_night_min",
        Kind.MINUTES,
        45,
        "4.4.2",
        PUBLIC,
        _("紧急单夜间到场时限（自登记起）"),
        minimum=1,
    ),
    Parameter("visit.tolerance_min", Kind.MINUTES, 10, "4.4.2", DESIGN, _("约定时间的允许误差")),
    Parameter(
        "visit.unscheduled_h",
        Kind.HOURS,
        24,
        "4.4.2",
        PUBLIC,
        _("未约定时间的普通单上门时限"),
        minimum=1,
    ),
    Parameter(
        "visit.accept_min", Kind.MINUTES, 10, "4.2.5", DESIGN, _("服务人员接单时限"), minimum=1
    ),
    Parameter("visit.wait_min", Kind.MINUTES, 10, "4.4.2", PUBLIC, _("住户不在家时的等候时间")),
    Parameter("visit.wait_calls", Kind.INT, 2, "4.4.2", DESIGN, _("住户不在家时的拨打次数")),
    Parameter(
        "visit.alarm_min", Kind.MINUTES, 30, "4.4.2", DESIGN, _("超过预约时段后向主管报警的时间")
    ),
    Parameter(
        "visit.reassign.normal_min",
        Kind.MINUTES,
        30,
        "4.2.6",
        DESIGN,
        _("分包方失约后改派的期限"),
        minimum=1,
    ),
    Parameter(
        "visit.reassign.urgent_min",
        Kind.MINUTES,
        10,
        "4.2.6",
        DESIGN,
        _("紧急单分包方失约后改派的期限"),
        minimum=1,
    ),
    Parameter("visit.reschedule_max", Kind.INT, 2, "4.4.2", DESIGN, _("住户可改期的次数")),
    Parameter(
        "cancel.free.inhouse_h", Kind.HOURS, 4, "4.2.3", DESIGN, _("自营项目免费取消的提前量")
    ),
    Parameter("cancel.free.sub_h", Kind.HOURS, 24, "4.2.3", PUBLIC, _("分包项目免费取消的提前量")),
    Parameter(
        "cancel.fee_cap_fen", Kind.FEN, 2000, "4.3.1", DESIGN, _("空跑费上限"), maximum=2_000
    ),
    Parameter(
        "cancel.fee_bp", Kind.BP, 2000, "4.3.1", DESIGN, _("空跑费占报价的上限"), maximum=2_000
    ),
    Parameter("late.threshold_min", Kind.MINUTES, 30, "4.4.2", DESIGN, _("公司迟到多久起给予减免")),
    Parameter("late.credit_bp", Kind.BP, 1000, "4.4.2", DESIGN, _("公司迟到减免占人工费的比例")),
    Parameter("late.credit_cap_fen", Kind.FEN, 2000, "4.4.2", DESIGN, _("公司迟到减免上限")),
    Parameter(
        "confirm.remote_h", Kind.HOURS, 48, "4.3.1", DESIGN, _("远程确认的有效时间"), minimum=1
    ),
    Parameter(
        "confirm.remind_h",
        Kind.HOURS_LIST,
        (24, 48, 72),
        "4.3.1",
        DESIGN,
        _("催请确认的时间点"),
        minimum=1,
    ),
    Parameter(
        "confirm.alt_d", Kind.DAYS, 7, "4.3.1", DESIGN, _("可作替代确认的最早天数"), minimum=7
    ),
    Parameter(
        "confirm.contest_d",
        Kind.DAYS,
        30,
        "4.3.1",
        DESIGN,
        _("住户对替代确认提出异议的期限"),
        minimum=30,
    ),
    Parameter(
        "audit.limit_wd",
        Kind.WORKING_DAYS,
        1,
        "4.3.1",
        DESIGN,
        _("确认后主管审核的期限"),
        minimum=1,
    ),
    Parameter(
        "settle.limit_wd", Kind.WORKING_DAYS, 2, "4.3.1", DESIGN, _("审核后结算的期限"), minimum=1
    ),
)
