"""Set the demo up. Nothing of it is possible in a company that is not of kind demo."""

from __future__ import annotations

from teyue.desks.demo.operations.day import live_a_day
from teyue.desks.demo.operations.founding import found_demo, open_firm_account
from teyue.desks.demo.operations.setting_up import set_up
from teyue.desks.demo.operations.small_set import approve_small_set

__all__ = ["approve_small_set", "found_demo", "live_a_day", "open_firm_account", "set_up"]
