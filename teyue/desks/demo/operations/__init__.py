"""Set the demo up. Outside a company of kind demo all of it refuses."""

from __future__ import annotations

from teyue.desks.demo.operations.founding import found_demo, open_firm_account
from teyue.desks.demo.operations.small_set import approve_small_set

__all__ = ["approve_small_set", "found_demo", "open_firm_account"]
