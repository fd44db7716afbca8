"""The work, the owner's word and the audit."""

from __future__ import annotations

from datetime import timedelta

from tests.properties.world import Move, Scene
from teyue.foundation.money import Money
from teyue.procedure.audit import operations as audit
from teyue.procedure.audit.facts import Findings
from teyue.procedure.audit.models import CHECKS
from teyue.procedure.booking.models import Order, Quote, Standing
from teyue.procedure.booking.queries import orders
from teyue.procedure.dispatch.facts import Assignment
from teyue.procedure.pricing.formulas import Material
from teyue.procedure.service import operations as service
from teyue.procedure.service.facts import Broken, Cause, Consent, Ending, Extra, Report, Word
from teyue.procedure.service.models import Change, Confirmation, Record
from teyue.procedure.service.queries.records import confirmation_code

WINDOW = timedelta(hours=2)
METHODS = (
    Confirmation.Method.DEVICE,
    Confirmation.Method.PAPER,
    Confirmation.Method.CODE,
)


def start(scene: Scene) -> object:
    shown = scene.mostly(True, False)
    return service.start(scene.visit(), identity_shown=shown, actor=scene.actor, at=scene.at)


def record(scene: Scene) -> object:
    visit = scene.visit()
    report = _report(scene, visit.order)
    return service.record(visit, report=report, actor=scene.actor, at=scene.at)


def revise(scene: Scene) -> object:
    written = scene.record()
    report = _report(scene, written.order)
    return service.revise(written, report=report, actor=scene.actor, at=scene.at)


def terminate(scene: Scene) -> object:
    visit = scene.visit()
    planned = visit.order.qty_x100
    broken = Broken(
        cause=scene.pick(*Cause),
        done_x100=scene.mostly(planned // 2, 0, planned),
        report=_report(scene, visit.order),
    )
    return service.terminate(visit, broken=broken, actor=scene.actor, at=scene.at)


def offer_change(scene: Scene) -> object:
    extra = Extra(reason=scene.words("另换一只角阀"), labor=Money(scene.mostly(2_000, 0, -100)))
    return service.offer_change(scene.visit(), extra=extra, actor=scene.actor, at=scene.at)


def accept_change(scene: Scene) -> object:
    consent = Consent(method=Quote.Method.SIGN, evidence=scene.words("签字"))
    return service.accept_change(_change(scene), consent=consent, actor=scene.actor, at=scene.at)


def refuse_change(scene: Scene) -> object:
    return service.refuse_change(_change(scene), actor=scene.actor, at=scene.at)


def confirm(scene: Scene) -> object:
    written = scene.record()
    return service.confirm(written, word=_word(scene, written), actor=scene.actor, at=scene.at)


def confirm_alternatively(scene: Scene) -> object:
    written = scene.record()
    word = Word(
        digest=written.content_digest,
        method=Confirmation.Method.EVIDENCE,
        member=None,
        evidence=scene.words("门禁记录"),
    )
    return service.confirm_alternatively(written, word=word, actor=scene.actor, at=scene.at)


def continue_order(scene: Scene) -> object:
    starts, (staff, worker) = scene.soon(), scene.hands()
    assignment = Assignment(
        appoint_from=starts, appoint_to=starts + WINDOW, staff=staff, worker=worker
    )
    return service.continue_order(
        scene.visit(), assignment=assignment, actor=scene.actor, at=scene.at
    )


def conclude(scene: Scene) -> object:
    ending = Ending(cause=scene.pick(*Cause), reason=scene.words("住户不再需要"))
    return service.conclude(scene.record(), ending=ending, actor=scene.actor, at=scene.at)


def approve(scene: Scene) -> object:
    written = scene.any_record()
    return audit.approve(
        written, findings=_findings(scene, written), actor=scene.actor, at=scene.at
    )


def send_back(scene: Scene) -> object:
    written = scene.any_record()
    return audit.send_back(
        written, findings=_findings(scene, written), actor=scene.actor, at=scene.at
    )


def readmit(scene: Scene) -> object:
    written = scene.record()
    return audit.readmit(
        written, findings=_findings(scene, written), actor=scene.actor, at=scene.at
    )


def _report(scene: Scene, order: Order) -> Report:
    points = {str(point["no"]): True for point in order.standard.steps}
    materials = scene.mostly((), (Material("角阀", 100, Money(1_800)),))
    return Report(
        work_done=scene.words("更换并试水"),
        minutes=scene.pick(30, 60, 150),
        qty_x100=scene.mostly(_part(scene, order), order.qty_x100 * 2, 0, -100),
        more_visits=scene.pick(False, True),
        checklist=scene.mostly(points, {}),
        materials=materials,
        photos=scene.mostly((1,), ()),
        invoices=(2,) if materials else (),
    )


def _part(scene: Scene, order: Order) -> int:
    """Return how much of an order is done on one visit: all, or a part when there are several."""
    half = max(order.qty_x100 // 2, 1)
    return scene.pick(half, half, 0) if order.delivered else scene.pick(order.qty_x100, half)


def _word(scene: Scene, written: Record) -> Word:
    method = scene.pick(*METHODS)
    order = written.order
    member = orders.members_of(order.household_id).filter(person=order.requester_id).first()
    code = method == Confirmation.Method.CODE
    proof = confirmation_code(order) if code else "现场签名"
    return Word(
        digest=scene.mostly(written.content_digest, "0" * 64),
        method=method,
        member=scene.mostly(member, None),
        evidence=scene.words(proof),
        rating=scene.mostly(5, None, 9),
        remark=scene.pick("", "稍晚到"),
    )


def _findings(scene: Scene, written: Record) -> Findings:
    return Findings(
        digest=scene.mostly(written.content_digest, "0" * 64),
        checks=scene.mostly(dict.fromkeys(CHECKS, True), {}),
        comment=scene.words("票据未贴"),
    )


def _change(scene: Scene) -> Change:
    return scene.last(Change, "visit")


_S = Standing
_HANDS = ("performer",)
_AT_HOME = (_S.IN_SERVICE, _S.DISPATCHED)
_SIGNERS = ("household", "household:st", "household:rc")

MOVES = (
    Move("start", _HANDS, (_S.DISPATCHED,), start),
    Move("record", _HANDS, _AT_HOME, record),
    Move("revise", _HANDS, (_S.TO_CONFIRM,), revise),
    Move("terminate", ("ds", "cs"), _AT_HOME, terminate),
    Move("offer_change", _HANDS, _AT_HOME, offer_change),
    Move("accept_change", _SIGNERS, _AT_HOME, accept_change),
    Move("refuse_change", _SIGNERS, _AT_HOME, refuse_change),
    Move("confirm", _SIGNERS, (_S.TO_CONFIRM,), confirm),
    Move("confirm_alternatively", ("om",), (_S.TO_CONFIRM,), confirm_alternatively),
    Move("continue_order", ("ds", "cs"), (_S.IN_SERVICE,), continue_order),
    Move("conclude", ("ds", "cs"), (_S.IN_SERVICE, _S.READY, _S.DISPATCHED), conclude),
    Move("approve", ("cs",), (_S.TO_AUDIT,), approve),
    Move("send_back", ("cs",), (_S.TO_AUDIT,), send_back),
    Move("readmit", ("cs",), (_S.TO_CONFIRM,), readmit),
)
