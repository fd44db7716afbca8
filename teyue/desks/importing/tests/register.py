"""What the register holds, and ways into it that the tests take."""

from __future__ import annotations

from datetime import datetime

from teyue.desks.importing import operations
from teyue.desks.importing.examination import examine
from teyue.foundation.actors import Actor
from teyue.foundation.journal.models import Entry
from teyue.procedure.subcontracting.models import Firm, FirmItem
from teyue.register.company.models import Department, Office
from teyue.register.estate.models import Building, Household, Inquiry, Member, Person, Unit
from teyue.register.importing.models import Batch, ImportRun
from teyue.register.people.models import Certificate, Duty, Post, Staff

VOIDABLE = (Unit, Person, Member, Certificate)
PAPERS = (Household, Inquiry, Staff, Post, Firm, FirmItem)
LASTING = (Building, Department, Duty)
TRACES = (ImportRun, Batch, Entry)


def rows() -> dict[str, int]:
    """Count the rows of all tables that an import writes, the journal included."""
    return {
        model.__name__: model.objects.count() for model in (*VOIDABLE, *PAPERS, *LASTING, *TRACES)
    }


def alive() -> dict[str, int]:
    """Count the rows that are not void."""
    rest = {model.__name__: model.objects.filter(voided_at=None).count() for model in VOIDABLE}
    gone = ("void", "ended")
    return rest | {
        model.__name__: model.objects.exclude(state__in=gone).count() for model in PAPERS
    }


def bring(office: Office, workbook: bytes, *, actor: Actor, at: datetime) -> ImportRun:
    """Take a workbook in from upload to the last row."""
    found = examine(office, workbook, actor=actor, at=at)
    run = operations.upload(found, name="名册.xlsx", actor=actor, at=at)
    return operations.import_all(run, actor=actor, at=at)
