from __future__ import annotations

import pytest

from teyue.foundation.tests.cast import AT, LIN
from teyue.foundation.tests.paperwork import operations
from teyue.foundation.tests.paperwork.models import Folder, Slip


@pytest.fixture
def folder(db: None) -> Folder:
    return operations.begin(actor=LIN, at=AT)


@pytest.fixture
def slip(folder: Folder) -> Slip:
    return operations.write(folder, actor=LIN, at=AT)
