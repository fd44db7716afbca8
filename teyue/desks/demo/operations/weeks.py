"""A day of more than a week ago, whose orders have come to rest: served, settled, closed."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from teyue.desks.demo import course, desk
from teyue.desks.demo.desk import ONE_DAY, Desk, Wanted
from teyue.foundation.clock import local_day
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.dispute.jobs import close_rested

TUESDAY, RESTED_DAYS = 1, 9


def live_a_week_before(*, at: datetime) -> None:
    """Serve and settle the orders of a Tuesday, verify its shift, and close them in time."""
    tuesday = _tuesday(at - timedelta(days=RESTED_DAYS))
    day = partial(desk.on_day, tuesday)
    here = desk.opened(opens=day(8, 30), at=at)
    _complete(here, Wanted("WX-02", "玄关吸顶灯闪烁"), day(10), home_is_known=True)
    _complete(here, Wanted("WX-01", "厨房角阀渗水", 200), day(13, 30))
    _complete(here, Wanted("BJ-04", "客厅落地窗", 3000), day(14))
    desk.close_shift(here, at=day(17, 35))
    cashier.verify(here.shift, actor=here.people["fn"], at=day(9) + ONE_DAY)
    close_rested(at - ONE_DAY)


def _complete(here: Desk, wanted: Wanted, starts: datetime, *, home_is_known: bool = False) -> None:
    home = here.resident if home_is_known else None
    visit = desk.sent(here, wanted, starts, home=home)
    record = desk.served(visit, done=f"{wanted.description}，已修好，当面试用")
    ends = record.recorded_at
    desk.signed(record, rating=4, at=ends + timedelta(minutes=4))
    course.audited(record, actor=here.people["cs"], at=ends + timedelta(minutes=15))
    settled_at = ends + timedelta(minutes=30)
    course.settled(record.order, shift=here.shift, actor=here.people["ca"], at=settled_at)


def _tuesday(at: datetime) -> datetime:
    """Return the last Tuesday, when everybody is on duty."""
    return at - timedelta(days=(local_day(at).weekday() - TUESDAY) % 7)
