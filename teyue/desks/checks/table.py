"""The invariants that data can show, for ``teyue check``."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from teyue.desks.checks import duties, money, orders, standing, times
from teyue.foundation.upkeep.checks import Check

CHECKS = (
    Check("I-05", "4.1.4", _("每一行都有收费标准"), orders.lines_without_standard),
    Check("I-13", "4.2.4", _("姓名、住址、项目齐全"), orders.orders_without_name),
    Check("I-14", "4.3.1", _("先交费后服务"), times.begun_unpaid),
    Check("I-16", "3.5", _("收据由当班收银员开具"), money.receipts_outside_a_shift),
    Check("I-17", "4.3.1", _("不超过已接受的金额"), orders.charged_above_agreed),
    Check("I-18", "4.3.1", _("每次上门一张记录单"), orders.visits_without_record),
    Check("I-19", "4.3.1", _("由住户确认"), orders.confirmed_by_strangers),
    Check("I-20", "4.3.1", _("已覆盖的不另收费"), orders.covered_but_charged),
    Check("I-21", "4.3.1", _("先确认、审核，后结算"), orders.settled_without_audit),
    Check("I-24", "4.4.1", _("持证上岗"), times.sent_without_certificate),
    Check("I-26", "4.3.1", _("余款不为负，结束即结清"), money.held_below_nothing),
    Check("I-28", "4.4.1", _("返工不收费"), orders.reworks_charged),
    Check("I-29", "3.5", _("不坐支现金"), money.cash_spent),
    Check("C-22", "3.5", _("上一班留下的现金由下一班接下"), money.cash_lost_between_shifts),
    Check("I-30", "4.3.1", _("四个环节不由同一人办理"), duties.two_duties),
    Check("I-32", "3.5", _("收银员不兼任"), duties.cashiers_with_another_post),
    Check("I-33", "4.3.1", _("经手人不审核"), duties.audited_by_party),
    Check("I-35", "4.3.1", _("不办自己家的单"), duties.acted_for_own_household),
    Check("I-36", "3.5", _("退款分人办理"), duties.refunds_by_too_few),
    Check("I-37", "3.5", _("作废由财务批准"), duties.voided_by_issuer),
    Check("I-38", "3.5", _("日结由财务核对"), duties.verified_by_cashier),
    Check("I-53", "4.3.1", _("应退款与单据相符"), money.liabilities_without_papers),
    Check("I-59", "4.3.1", _("退款不超过实收"), money.refunded_above_received),
    Check("I-60", "3.5", _("收据号连续"), money.serials_with_gaps),
    Check("I-63", "4.4.2", _("应急先行合规"), times.emergencies_unsound),
    Check("I-67", "4.2.4", _("疑似重复有说明"), orders.duplicates_unanswered),
    Check("I-70", "4.3.1", _("时间先后一致"), times.times_out_of_order),
    Check("I-74", "4.3.1", _("补收前出示清单"), money.topups_without_list),
    Check("H-06", "", _("进度与单据一致"), standing.standing_astray),
)
