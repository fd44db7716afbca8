from __future__ import annotations

from datetime import timedelta

import pytest

from teyue.foundation import sitting
from teyue.foundation.actors import Evidence
from teyue.foundation.journal.models import Entry
from teyue.foundation.lifecycle import Step
from teyue.foundation.refusal import Refused
from teyue.foundation.tests.cast import AT, GUEST, LATER, LIN, TYPIST, ZHAO
from teyue.foundation.tests.paperwork import operations, steps
from teyue.foundation.tests.paperwork.models import Folder, Leaf, Slip


def refused(code: str, take) -> None:
    """Refused with this code and clause, and nothing happened."""
    before = list(Slip.objects.values_list("pk", "state", "row_version"))
    entries = Entry.objects.count()
    with pytest.raises(Refused) as caught:
        take()
    assert (caught.value.code, caught.value.clause) == (code, "4.2.4")
    assert list(Slip.objects.values_list("pk", "state", "row_version")) == before
    assert Entry.objects.count() == entries


def test_a_step_moves_the_paper_its_case_and_the_journal(slip: Slip):
    operations.sign(slip, actor=ZHAO, at=LATER)

    found = Slip.objects.select_related("folder").get()
    assert (found.state, found.updated_by, found.state_since) == ("signed", ZHAO.id, LATER)
    assert (found.folder.standing, found.folder.standing_since) == ("signed", LATER)
    entry = Entry.objects.latest("pk")
    assert (entry.step, entry.before, entry.after) == ("paperwork.sign", "written", "signed")
    assert (entry.document_id, entry.case_id) == (found.pk, found.folder_id)


def test_who_lacks_the_power_is_refused(slip: Slip):
    refused("no_power", lambda: operations.sign(slip, actor=GUEST, at=AT))


def test_what_is_refused_in_the_middle_of_a_step_cites_its_clause(slip: Slip):
    def take() -> None:
        with steps.SIGN.take(slip, actor=ZHAO, at=AT):
            raise Refused("slot_full", "请您改约。")

    refused("slot_full", take)


def test_an_objection_of_the_step_is_heard(slip: Slip):
    refused("own_writing", lambda: operations.sign(slip, actor=LIN, at=AT))


def test_a_step_may_say_more_than_that_the_paper_stands_elsewhere(slip: Slip):
    telling = steps.replaced(steps.SIGN, instead=(steps.signed_before,))
    operations.sign(slip, actor=ZHAO, at=AT)

    found = telling.objection(slip, actor=ZHAO, at=LATER)

    guest = telling.objection(slip, actor=GUEST, at=LATER)
    assert (found and found.code, found and found.clause) == ("already_signed", "4.2.4")
    assert guest and guest.code == "no_power"


def test_a_paper_is_judged_as_it_is_in_the_database(slip: Slip):
    stale = Slip.objects.get(pk=slip.pk)
    operations.sign(slip, actor=ZHAO, at=AT)

    refused("wrong_state", lambda: operations.sign(stale, actor=ZHAO, at=AT))


def test_a_case_is_judged_as_it_is_in_the_database(slip: Slip):
    stale = Slip.objects.select_related("folder").get(pk=slip.pk)
    operations.sign(slip, actor=ZHAO, at=AT, leaving="refused")

    with pytest.raises(Refused) as caught:
        operations.write(stale.folder, actor=LIN, at=LATER)

    assert caught.value.code == "wrong_state"
    assert Folder.objects.get().standing == "refused"


def test_a_case_moves_through_its_locked_copy_only(slip: Slip):
    with sitting.opened() as room:
        operations.sign(slip, actor=ZHAO, at=AT)

        assert room.locked[Folder, slip.folder_id] is slip.folder


def test_who_types_for_another_needs_leave(slip: Slip):
    paper = Evidence("scan", "17")

    refused("may_not_key", lambda: operations.sign(slip, actor=ZHAO.typed_by(LIN, paper), at=AT))
    operations.sign(slip, actor=ZHAO.typed_by(TYPIST, paper), at=AT)

    entry = Entry.objects.latest("pk")
    assert (entry.actor, entry.keyed_by, entry.evidence) == (ZHAO.id, TYPIST.id, "scan:17")


def test_a_case_is_left_only_as_the_step_allows(slip: Slip):
    with pytest.raises(ValueError, match="may not leave"):
        operations.sign(slip, actor=ZHAO, at=AT, leaving="lost")

    assert Slip.objects.get().state == "written"


def test_rows_that_are_kept_come_after_their_paper(folder: Folder):
    slip = Slip(folder=folder)

    with steps.WRITE.take(slip, on=(folder,), actor=LIN, at=AT) as turn:
        turn.keep(Leaf(slip=slip, text="附页"))

    assert Leaf.objects.get().slip_id == slip.pk


def test_a_new_row_is_noted_by_its_id_and_never_by_its_text(folder: Folder):
    slip = operations.write(folder, actor=LIN, at=AT, text="林女士的电话")

    entry = Entry.objects.get(step="paperwork.write")
    assert entry.note == {"slip": str(slip.pk)}


def test_a_form_that_somebody_else_overtook_is_refused(slip: Slip):
    shown = slip.row_version
    operations.sign(slip, actor=ZHAO, at=AT)

    with pytest.raises(Refused) as caught:
        slip.still(shown)
    assert caught.value.code == "moved_meanwhile"


def test_a_deadline_goes_with_the_standing(folder: Folder):
    slip = Slip(folder=folder)

    with steps.WRITE.take(slip, on=(folder,), actor=LIN, at=AT) as turn:
        turn.leave("written", due=AT + timedelta(days=1))

    assert Folder.objects.get().due_at == AT + timedelta(days=1)


def test_two_steps_do_not_share_a_name():
    step = Step(name="paperwork.twin", label="双", clause="4.2.3", document=Slip, target=None)

    with pytest.raises(ValueError, match="two steps"):
        Step(name=step.name, label="双", clause="4.2.3", document=Slip, target=None)
    steps.forgotten(step)
