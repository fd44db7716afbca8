"""Defaults of warranty, follow-up, complaints, firms, targets and retention."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from teyue.register.parameters.kinds import Kind, Parameter

DESIGN = _("设计默认值")
TRADE = _("行业惯例")
PUBLIC = _("物业行业公开资料")

QUALITY = (
    Parameter("warranty.repair_d", Kind.DAYS, 30, "4.4.1", TRADE, _("维修安装质保天数")),
    Parameter("warranty.cleaning_h", Kind.HOURS, 24, "4.4.1", TRADE, _("保洁质保小时数")),
    Parameter("warranty.appliance_d", Kind.DAYS, 7, "4.4.1", TRADE, _("家电清洗质保天数")),
    Parameter("rf.oneoff_d", Kind.DAYS, 3, "4.5.1", PUBLIC, _("单次服务结算后回访期限"), minimum=1),
    Parameter(
        "rf.oneoff_hard_d", Kind.DAYS, 7, "4.5.1", PUBLIC, _("单次服务回访最迟期限"), minimum=1
    ),
    Parameter("rf.oneoff_bp", Kind.BP, 3000, "4.5.1", PUBLIC, _("单次服务回访率")),
    Parameter("rf.oneoff_least", Kind.INT, 5, "4.5.1", DESIGN, _("单次服务每项目每月最少回访数")),
    Parameter("rf.repair_d", Kind.DAYS, 1, "4.5.1", PUBLIC, _("有偿维修首次回访期限")),
    Parameter("rf.repair_bp", Kind.BP, 3000, "4.5.1", PUBLIC, _("有偿维修回访率")),
    Parameter(
        "rf.repair.durable_from_d", Kind.DAYS, 30, "4.5.1", PUBLIC, _("维修耐久回访最早天数")
    ),
    Parameter("rf.repair.durable_to_d", Kind.DAYS, 60, "4.5.1", PUBLIC, _("维修耐久回访最迟天数")),
    Parameter("rf.agreement.mid_bp", Kind.BP, 5000, "4.5.1", PUBLIC, _("协议中期回访的进度点")),
    Parameter(
        "rf.agreement.mid_window_d", Kind.DAYS, 7, "4.5.1", DESIGN, _("协议中期回访的前后天数")
    ),
    Parameter(
        "rf.agreement.end_d", Kind.DAYS, 7, "4.5.1", PUBLIC, _("协议结束后回访期限"), minimum=1
    ),
    Parameter("rf.agreement_bp", Kind.BP, 10_000, "4.5.1", PUBLIC, _("协议回访率")),
    Parameter(
        "rf.agreement.quarter_bp", Kind.BP, 5000, "4.5.1", DESIGN, _("半年以上协议的季度回访率")
    ),
    Parameter("rf.complaint_d", Kind.DAYS, 3, "4.5.1", PUBLIC, _("投诉关闭后回访期限"), minimum=1),
    Parameter("rf.complaint_bp", Kind.BP, 10_000, "4.5.1", PUBLIC, _("投诉回访率"), minimum=10_000),
    Parameter("rf.verify_d", Kind.DAYS, 5, "4.5.1", PUBLIC, _("征询不满意项的核实期限"), minimum=1),
    Parameter("rf.routine_bp", Kind.BP, 5000, "4.5.1", PUBLIC, _("例行回访每年覆盖的住户比例")),
    Parameter(
        "rf.full_above_fen", Kind.FEN, 50_000, "4.5.1", DESIGN, _("达到此金额的服务单全部回访")
    ),
    Parameter("rf.reserve_bp", Kind.BP, 5000, "4.5.1", DESIGN, _("回访备选名单占样本的比例")),
    Parameter("rf.door_bp", Kind.BP, 2000, "4.5.1", DESIGN, _("上门回访占比")),
    Parameter("rf.attempts", Kind.INT, 3, "4.5.1", DESIGN, _("回访联系次数"), minimum=1),
    Parameter(
        "rf.attempt_days", Kind.INT, 2, "4.5.1", DESIGN, _("回访联系须分布的天数"), minimum=1
    ),
    Parameter(
        "rf.review_wd",
        Kind.WORKING_DAYS,
        1,
        "4.5.1",
        DESIGN,
        _("客服中心主管复核回访的期限"),
        minimum=1,
    ),
    Parameter("rf.super_bp", Kind.BP, 1000, "4.5.1", PUBLIC, _("客服中心主管亲自回访的比例")),
    Parameter("rf.manager_bp", Kind.BP, 500, "4.5.1", PUBLIC, _("管理处经理亲自回访的比例")),
    Parameter("ds.spotcheck_bp", Kind.BP, 1000, "3.3", PUBLIC, _("部门主管每周抽查完工单的比例")),
    Parameter("cp.log_min", Kind.MINUTES, 10, "4.5.2", DESIGN, _("投诉记录期限"), minimum=1),
    Parameter(
        "cp.transfer_min", Kind.MINUTES, 20, "4.5.2", PUBLIC, _("投诉转交责任部门的期限"), minimum=1
    ),
    Parameter("cp.classify_h", Kind.HOURS, 1, "4.5.2", DESIGN, _("投诉判定期限"), minimum=1),
    Parameter(
        "cp.L1.reply_h", Kind.HOURS, 24, "4.5.2", PUBLIC, _("轻微投诉首次答复期限"), minimum=1
    ),
    Parameter("cp.L1.resolve_d", Kind.DAYS, 2, "4.5.2", TRADE, _("轻微投诉办结期限"), minimum=1),
    Parameter(
        "cp.L2.report_h",
        Kind.HOURS,
        1,
        "4.5.2",
        TRADE,
        _("重要投诉报告管理处经理的期限"),
        minimum=1,
    ),
    Parameter(
        "cp.L2.reply_h", Kind.HOURS, 24, "4.5.2", PUBLIC, _("重要投诉首次答复期限"), minimum=1
    ),
    Parameter("cp.L2.resolve_d", Kind.DAYS, 3, "4.5.2", TRADE, _("重要投诉办结期限"), minimum=1),
    Parameter(
        "cp.L3.report_min",
        Kind.MINUTES,
        0,
        "4.5.3",
        TRADE,
        _("重大投诉报告管理处经理的期限（0 为立即）"),
    ),
    Parameter(
        "cp.L3.report_gm_d", Kind.DAYS, 0, "4.5.3", TRADE, _("重大投诉报告总经理的期限（0 为当日）")
    ),
    Parameter("cp.L3.answer_d", Kind.DAYS, 2, "4.5.3", TRADE, _("重大投诉明确答复期限"), minimum=1),
    Parameter("cp.L3.resolve_d", Kind.DAYS, 10, "4.5.3", TRADE, _("重大投诉办结期限"), minimum=1),
    Parameter(
        "cp.auto_major_d",
        Kind.DAYS,
        30,
        "4.5.3",
        PUBLIC,
        _("未办结投诉自动升为重大的天数"),
        minimum=1,
    ),
    Parameter(
        "cp.reopen_d", Kind.DAYS, 30, "4.5.2", DESIGN, _("住户可要求重开投诉的天数"), minimum=1
    ),
    Parameter("cp.progress_d", Kind.DAYS, 2, "4.5.2", DESIGN, _("向住户通报进展的间隔"), minimum=1),
    Parameter(
        "cp.warn_bp", Kind.BP, 8000, "4.5.2", DESIGN, _("期限用去多少时提醒承办人"), minimum=1
    ),
    Parameter(
        "cp.repeat_d", Kind.DAYS, 30, "4.5.3", DESIGN, _("同户同因重复投诉的计算天数"), minimum=1
    ),
    Parameter("cp.group_d", Kind.DAYS, 7, "4.5.3", DESIGN, _("群体投诉的计算天数"), minimum=1),
    Parameter("cp.group_households", Kind.INT, 3, "4.5.3", DESIGN, _("群体投诉的户数"), minimum=2),
    Parameter("cp.damage_h", Kind.HOURS, 1, "4.5.2", DESIGN, _("损坏事件报告期限"), minimum=1),
    Parameter(
        "cp.major_damage_fen", Kind.FEN, 200_000, "4.5.3", DESIGN, _("视为重大投诉的损失金额")
    ),
    Parameter("cp.remedy.cs_fen", Kind.FEN, 20_000, "4.5.3", DESIGN, _("客服中心主管的补救权限")),
    Parameter("cp.remedy.om_fen", Kind.FEN, 200_000, "4.5.3", DESIGN, _("管理处经理的补救权限")),
    Parameter(
        "integrity.report_h",
        Kind.HOURS,
        24,
        "4.4.6",
        DESIGN,
        _("收受赏赐或私下结算的报告期限"),
        minimum=1,
    ),
    Parameter("sc.candidates", Kind.INT, 3, "4.2.6", DESIGN, _("候选分包方最少家数"), minimum=1),
    Parameter("sc.assessors", Kind.INT, 3, "4.2.6", DESIGN, _("评分人最少人数"), minimum=1),
    Parameter("sc.trial_d", Kind.DAYS, 30, "4.2.6", DESIGN, _("试用天数"), minimum=1),
    Parameter("sc.trial_visits", Kind.INT, 10, "4.2.6", DESIGN, _("试用次数"), minimum=1),
    Parameter("sc.trial_score", Kind.INT, 70, "4.2.6", DESIGN, _("准予试用的分数"), maximum=100),
    Parameter("sc.admit", Kind.INT, 75, "4.2.6", PUBLIC, _("列入合格名录的分数"), maximum=100),
    Parameter("sc.keep", Kind.INT, 70, "4.2.6", PUBLIC, _("保留资格的分数"), maximum=100),
    Parameter("sc.grade.a", Kind.INT, 90, "4.2.6", PUBLIC, _("甲等分数线"), maximum=100),
    Parameter("sc.grade.b", Kind.INT, 80, "4.2.6", PUBLIC, _("乙等分数线"), maximum=100),
    Parameter("sc.cure_d", Kind.DAYS, 30, "4.2.6", DESIGN, _("限期整改天数"), minimum=1),
    Parameter(
        "sc.monthly_wd",
        Kind.WORKING_DAYS,
        5,
        "4.2.6",
        DESIGN,
        _("月度评价完成期限（每月第几个工作日）"),
        minimum=1,
    ),
    Parameter(
        "sc.annual_month", Kind.INT, 12, "4.2.6", PUBLIC, _("年度评价的月份"), minimum=1, maximum=12
    ),
    Parameter(
        "sc.objection_wd",
        Kind.WORKING_DAYS,
        3,
        "4.2.6",
        DESIGN,
        _("分包方对月度评价的异议期"),
        minimum=1,
    ),
    Parameter(
        "sc.cert_alert_d",
        Kind.DAYS_LIST,
        (60, 30, 7),
        "4.2.6",
        DESIGN,
        _("证照到期提醒的天数"),
        minimum=1,
    ),
    Parameter("sc.retention_bp", Kind.BP, 500, "4.2.6", DESIGN, _("质量保留金比例")),
    Parameter("sc.retention_d", Kind.DAYS, 30, "4.2.6", DESIGN, _("质量保留金保留天数")),
    Parameter(
        "sc.insurance_fen", Kind.FEN, 50_000_000, "4.2.6", DESIGN, _("分包方每次事故责任险最低保额")
    ),
    Parameter("kpi.on_time_bp", Kind.BP, 9500, "4.4.2", TRADE, _("准时率目标")),
    Parameter("kpi.first_pass_bp", Kind.BP, 9700, "4.4.1", TRADE, _("一次合格率目标")),
    Parameter("kpi.satisfaction_bp", Kind.BP, 9000, "4.5.4", PUBLIC, _("满意率目标")),
    Parameter("kpi.complaint_in_time_bp", Kind.BP, 9500, "4.5.3", DESIGN, _("投诉及时办结率目标")),
    Parameter("kpi.complaint_closed_bp", Kind.BP, 10_000, "4.5.3", DESIGN, _("投诉关闭率目标")),
    Parameter("eval.cycle_months", Kind.MONTHS, 3, "4.5.4", DESIGN, _("质量评价周期"), minimum=1),
    Parameter(
        "eval.issue_wd", Kind.WORKING_DAYS, 10, "4.5.4", DESIGN, _("质量评价出具期限"), minimum=1
    ),
    Parameter(
        "appraisal.objection_wd",
        Kind.WORKING_DAYS,
        5,
        "4.5.4",
        DESIGN,
        _("对评价提出异议的期限"),
        minimum=1,
    ),
    Parameter("stat.small_n", Kind.INT, 5, "4.5.4", DESIGN, _("样本不足的界限"), minimum=1),
    Parameter("stat.shrink_m", Kind.INT, 20, "4.5.4", DESIGN, _("修正满意率的先验样本量")),
    Parameter("stat.prior_bp", Kind.BP, 9200, "4.5.4", DESIGN, _("修正满意率的先验值")),
    Parameter(
        "retention.order_years",
        Kind.YEARS,
        3,
        "4.2.4",
        _("民法典 第188条诉讼时效；北京市预付卡记录保存要求"),
        _("服务单关闭后的保存年限"),
        minimum=3,
    ),
    Parameter(
        "retention.followup_years",
        Kind.YEARS,
        3,
        "4.5.1",
        TRADE,
        _("回访记录的保存年限"),
        minimum=3,
    ),
    Parameter(
        "retention.complaint_years",
        Kind.YEARS,
        3,
        "4.5.2",
        TRADE,
        _("投诉记录的保存年限"),
        minimum=3,
    ),
    Parameter(
        "retention.invoice_years",
        Kind.YEARS,
        5,
        "3.5",
        _("发票管理办法 第28条"),
        _("发票存根的保存年限"),
        minimum=5,
    ),
    Parameter(
        "retention.voucher_years", Kind.YEARS, 30, "3.5", TRADE, _("会计凭证的保存年限"), minimum=30
    ),
    Parameter(
        "retention.recording_months",
        Kind.MONTHS,
        6,
        "4.2.4",
        DESIGN,
        _("通话录音的保存月数（有争议的除外）"),
    ),
    Parameter(
        "retention.photo_years",
        Kind.YEARS,
        1,
        "4.2.4",
        DESIGN,
        _("室内照片的保存年限（有争议的除外）"),
    ),
    Parameter(
        "retention.lock_register_years",
        Kind.YEARS,
        3,
        "4.2.4",
        PUBLIC,
        _("开锁登记的保存年限"),
        minimum=1,
    ),
)
