"""The few pictures that the documents show, and what is done before each is taken."""

from __future__ import annotations

SCREENS: tuple = ()
