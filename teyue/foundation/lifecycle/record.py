"""How a step that was taken becomes an entry of the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from teyue.foundation.journal.models import Entry

if TYPE_CHECKING:
    from teyue.foundation.lifecycle.steps import Step
    from teyue.foundation.lifecycle.turns import Turn


def entry_for(step: Step, turn: Turn, *, before: str) -> Entry:
    """Return the entry of a step, still without what is known only when it is written."""
    actor, document = turn.actor, turn.document
    evidence = actor.evidence
    entry = Entry(
        at=turn.at,
        scope=document.scope,
        step=step.name,
        clause=step.clause,
        document_kind=document.kind,
        before=before,
        actor=actor.id,
        keyed_by=actor.keyed_by.id if actor.keyed_by else None,
        evidence=f"{evidence.kind}:{evidence.reference}" if evidence else "",
        note=turn.notes,
    )
    entry.document, entry.case = document, document.case
    return entry
