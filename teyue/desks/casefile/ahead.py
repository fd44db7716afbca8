"""What is next and for whom: the steps that lead on from the papers of a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.utils.translation import gettext as _

from teyue.desks.casefile.addresses import page_of
from teyue.desks.casefile.dossier import Dossier
from teyue.desks.casefile.holders import who_may
from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import Allowed, Document, Step
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import Standing
from teyue.register.people import access
from teyue.web.allowed import next_steps

PERFORMERS = frozenset({"ST", "SU"})
# Taken together with another step, never by themselves.
COMPANIONS = frozenset(
    {
        "dispatch.cancel_visit",
        "dispute.agree",
        "dispute.contest",
        "dispute.contest_visit",
        "dispute.end_order",
        "dispute.finish_visit",
        "dispute.show_again",
        "service.close_visit",
    }
)
AFTER_EMERGENCY = frozenset({"dispatch.quote_late", "dispatch.accept_late", "dispatch.redeem"})
MAIN = {
    Standing.REGISTERED: ("booking.quote", "booking.quote_on_site"),
    Standing.QUOTED: ("booking.accept",),
    Standing.AWAITING_PAYMENT: ("cashier.receive",),
    Standing.READY: ("dispatch.assign",),
    Standing.DISPATCHED: (
        "service.start",
        "dispatch.arrive",
        "dispatch.depart",
        "dispatch.accept",
    ),
    Standing.IN_SERVICE: ("service.accept_change", "service.record", "service.finish"),
    Standing.TO_CONFIRM: ("service.confirm",),
    Standing.TO_AUDIT: ("audit.approve",),
    Standing.TO_SETTLE: ("settlement.settle",),
    Standing.DISPUTED: ("dispute.resolve",),
    Standing.SETTLED: (
        "refund.review",
        "refund.approve",
        "refund.endorse",
        "refund.cosign",
        "refund.pay",
        "refund.reconcile",
    ),
}
WAYS_OUT = ("cancel", "void", "call_off")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """A step that leads on: why it is grey, on which page it is taken, who could take it."""

    step: Step
    refusal: Refused | None
    url: str
    who: str

    @property
    def powerless(self) -> bool:
        """Tell whether this person could not take it whatever the papers say."""
        return self.refusal is not None and self.refusal.code == "no_power"

    @property
    def is_way_out(self) -> bool:
        """Tell whether it ends the order instead of leading it on."""
        return self.step.name.rpartition(".")[2].startswith(WAYS_OUT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """The step that the procedure waits for; what else is open to this person, what is closed to
    this person and why; what others may do."""

    main: Ahead | None
    open: list[Ahead]
    closed: list[Ahead]
    others: list[Ahead]

    @property
    def title(self) -> str:
        """Name what comes next."""
        if self.main is None:
            return _("下一步")
        return _("下一步：%(step)s") % {"step": self.main.step.label}


def ahead(dossier: Dossier, *, actor: Actor, at: datetime) -> Next:
    """Return the steps that fit where the papers stand; forbidden ones say why."""
    known = {one.step.name: one for one in _seen(dossier, actor, at)}
    wanted = MAIN.get(Standing(dossier.order.standing), ())
    fitting = [known[name] for name in wanted if name in known]
    open_ones = [one for one in fitting if one.refusal is None]
    main = next(iter([*open_ones, *fitting]), None)
    rest = [one for one in known.values() if one is not main]
    return Next(
        main=main,
        open=sorted((one for one in rest if one.refusal is None), key=attrgetter("is_way_out")),
        closed=[one for one in rest if one.refusal and not one.powerless],
        others=[one for one in rest if one.powerless],
    )


def _seen(dossier: Dossier, actor: Actor, at: datetime) -> Iterator[Ahead]:
    for paper in dossier.current() if dossier.whole else dossier.current()[1:]:
        for seen in next_steps(paper, actor=actor, at=at):
            if _is_shown(seen.step, dossier):
                yield _described(seen, paper, dossier, at)


def _is_shown(step: Step, dossier: Dossier) -> bool:
    if step.name in COMPANIONS or access.roles_of(step.name) == {"SYS"}:
        return False
    return step.name not in AFTER_EMERGENCY or bool(dossier.overrides)


def _described(seen: Allowed, paper: Document, dossier: Dossier, at: datetime) -> Ahead:
    step = seen.step
    url = page_of(step, paper, dossier)
    return Ahead(step=step, refusal=seen.refusal, url=url, who=_who(step, dossier, at))


def _who(step: Step, dossier: Dossier, at: datetime) -> str:
    roles = access.roles_of(step.name)
    visit = dossier.visit
    if roles <= PERFORMERS and visit and visit.performer:
        return visit.performer.name
    if roles == {"RS"}:
        return _("住户%(name)s") % {"name": dossier.order.requester.name}
    return who_may(step, dossier.order.office_id, at=at)
