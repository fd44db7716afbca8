"""What is next and for whom: the steps that lead on from the papers of a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from teyue.desks.casefile.addresses import page_of, pages_for
from teyue.desks.casefile.dossier import Dossier
from teyue.desks.casefile.holders import who_may
from teyue.desks.casefile.inline import inline_of
from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import Allowed, Document, Step
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.forms import VersionedForm
from teyue.procedure.booking.models import Standing
from teyue.procedure.cashier.models import Receipt
from teyue.procedure.dispute import queries as disputes
from teyue.procedure.dispute.steps import REWORK
from teyue.procedure.service.models import Record
from teyue.procedure.service.steps import FINISH, TERMINATE
from teyue.procedure.service.steps.objections import paper_barred
from teyue.register.people import access
from teyue.web.allowed import next_steps

PERFORMERS = frozenset({"ST", "SU"})
# Only where another visit was planned.
AFTER_A_VISIT = frozenset({"service.continue_order", "service.conclude"})
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
    Standing.IN_SERVICE: (
        "service.accept_change",
        "service.continue_order",
        "service.record",
        "service.finish",
    ),
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
REWORK_FROM = (Standing.SETTLED, Standing.CLOSED)
WAYS_OUT = ("cancel", "void", "call_off", "terminate", "conclude")


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """How a step is taken without leaving the case: where it is posted, what is asked."""

    slug: str
    url: str
    version: int
    form: VersionedForm
    ask: str | Promise

    @property
    def asks(self) -> bool:
        """Tell whether anything must be filled in."""
        return bool(self.form.visible_fields())


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """A step that leads on: why it is grey, how it is taken here or on which page, and by whom.

    ``about`` says on which of several papers of a kind.
    """

    step: Step
    refusal: Refused | None
    url: str
    who: str
    here: Here | None = None
    about: str = ""

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
    this person and why; what others may do; whether this person may copy a signed paper."""

    main: Ahead | None
    open: list[Ahead]
    closed: list[Ahead]
    others: list[Ahead]
    may_key: bool = False

    @property
    def title(self) -> str:
        """Name what comes next."""
        if self.main is None:
            return _("下一步")
        return _("下一步：%(step)s") % {"step": self.main.step.label}

    @property
    def taken_here(self) -> frozenset[str]:
        """Return how the forms are called that stand on this page."""
        shown = [*([self.main] if self.main else []), *self.open]
        return frozenset(one.here.slug for one in shown if one.here)


def ahead(dossier: Dossier, *, actor: Actor, at: datetime) -> Next:
    """Return the steps that fit where the papers stand; forbidden ones say why."""
    seen = [*_seen(dossier, actor, at), *_seen_before(dossier, actor, at)]
    known = {one.step.name: one for one in reversed(seen)}
    wanted = MAIN.get(Standing(dossier.order.standing), ())
    fitting = [known[name] for name in wanted if name in known]
    open_ones = [one for one in fitting if one.refusal is None]
    main = next(iter([*open_ones, *fitting]), None)
    rest = [one for one in seen if one is not main]
    return Next(
        main=main,
        open=sorted((one for one in rest if one.refusal is None), key=attrgetter("is_way_out")),
        closed=[one for one in rest if one.refusal and not one.powerless],
        others=[one for one in rest if one.powerless],
        may_key=dossier.visit is not None and paper_barred(dossier.visit, actor) is None,
    )


def _seen(dossier: Dossier, actor: Actor, at: datetime) -> Iterator[Ahead]:
    for paper in dossier.current() if dossier.whole else dossier.current()[1:]:
        for seen in next_steps(paper, actor=actor, at=at):
            if _is_shown(seen.step, dossier):
                yield _described(seen, paper, dossier, actor, at)
    if dossier.whole and dossier.order.standing in REWORK_FROM:
        again = disputes.blank_rework(dossier.order)
        yield _described(
            REWORK.seen_from(again, actor=actor, at=at), dossier.order, dossier, actor, at
        )


def _seen_before(dossier: Dossier, actor: Actor, at: datetime) -> Iterator[Ahead]:
    """Yield what may be done here with receipts before the last, whose steps are shown anyway."""
    for receipt in dossier.earlier_receipts:
        for seen in next_steps(receipt, actor=actor, at=at):
            if seen.refusal is None and inline_of(seen.step, receipt, dossier):
                yield _described(seen, receipt, dossier, actor, at)


def _is_shown(step: Step, dossier: Dossier) -> bool:
    if (step.part_of and step != FINISH) or access.roles_of(step.name) == {"SYS"}:
        return False
    if step.name in AFTER_A_VISIT:
        return _goes_on(dossier.record)
    if step is TERMINATE:
        return dossier.visit is not None and dossier.visit.state in FINISH.source
    return step.name not in AFTER_EMERGENCY or bool(dossier.overrides)


def _goes_on(record: Record | None) -> bool:
    """Tell whether another visit was planned after the last one that was confirmed."""
    confirmed = record is not None and record.state == Record.State.CONFIRMED
    return bool(record and confirmed and record.more_visits)


def _described(
    seen: Allowed, paper: Document, dossier: Dossier, actor: Actor, at: datetime
) -> Ahead:
    step = seen.step
    return Ahead(
        step=step,
        refusal=seen.refusal,
        url=page_of(step, paper, dossier, pages=pages_for(actor)),
        who=_who(step, dossier, at),
        here=_here(step, paper, dossier) if seen.refusal is None else None,
        about=_about(paper, dossier),
    )


def _about(paper: Document, dossier: Dossier) -> str:
    if not isinstance(paper, Receipt) or len(dossier.receipts) < 2:  # noqa: PLR2004
        return ""
    return f"No.{paper.serial or 0:07d}"


def _here(step: Step, paper: Document, dossier: Dossier) -> Here | None:
    known = inline_of(step, paper, dossier)
    if known is None:
        return None
    name = slug(step, paper.pk or 0, dossier)
    form = known.form(auto_id=f"{name}-%s")
    url = reverse("case-step", args=(dossier.order.number or "", step.name, paper.pk or 0))
    return Here(slug=name, url=url, version=paper.row_version, form=form, ask=known.ask)


def slug(step: Step, paper: int, dossier: Dossier) -> str:
    """Return how the form of a step on a paper is called on the page."""
    name = step.name.replace(".", "-").replace("_", "-")
    of_receipt = issubclass(step.document, Receipt)
    earlier = of_receipt and any(one.pk == paper for one in dossier.earlier_receipts)
    return f"{name}-{paper}" if earlier else name


def _who(step: Step, dossier: Dossier, at: datetime) -> str:
    roles = access.roles_of(step.name)
    visit = dossier.visit
    if roles <= PERFORMERS and visit and visit.performer:
        return visit.performer.name
    if roles == {"RS"}:
        return _("住户%(name)s") % {"name": dossier.order.requester.name}
    return who_may(step, dossier.order.office_id, at=at)
