"""Which reaction hears which fact, what is swept every minute, and what `teyue check` asks."""

from __future__ import annotations

from datetime import datetime, timedelta

from teyue.desks.checks import table
from teyue.foundation.files import operations as files
from teyue.foundation.idempotency import operations as idempotency
from teyue.foundation.journal import sealing
from teyue.foundation.outbox import jobs, operations
from teyue.foundation.outbox.facts import Fact, Reaction
from teyue.foundation.outbox.jobs import Job, Sweep
from teyue.foundation.upkeep import invariants
from teyue.foundation.upkeep.checks import Check
from teyue.procedure.dispatch import reactions as dispatch
from teyue.procedure.dispute import jobs as dispute
from teyue.procedure.refund import jobs as refund
from teyue.procedure.settlement import jobs as settlement
from teyue.procedure.settlement import reactions as endings
from teyue.procedure.subcontracting.facts import FirmSuspended
from teyue.register.estate.facts import HouseholdMovedOut

REACTIONS: dict[type[Fact], tuple[Reaction, ...]] = {
    FirmSuspended: (dispatch.return_visits,),
    HouseholdMovedOut: (endings.cancel_orders,),
}

SWEEPS: tuple[Sweep, ...] = (
    refund.lapse_unpaid,
    settlement.settle_free,
    dispatch.return_stranded,
    endings.cancel_left_behind,
    dispute.close_rested,
    idempotency.forget,
    files.erase,
)

CHECKS: tuple[Check, ...] = (*invariants.CHECKS, *table.CHECKS)


def deliver(at: datetime) -> None:
    """Hand over the facts that are due."""
    operations.deliver(REACTIONS, at=at)


def seal(at: datetime) -> None:
    """Seal what is certain in the journal."""
    sealing.seal_all(at=at)


def sweep(at: datetime) -> None:
    """Do what time alone brings about."""
    jobs.sweep(SWEEPS, at)


JOBS = (
    Job("deliver", timedelta(seconds=2), deliver),
    Job("seal", timedelta(seconds=3), seal),
    Job("sweep", timedelta(minutes=1), sweep),
)
