"""How pages of several desks say what was ordered."""

from __future__ import annotations

from django import template

from teyue.desks.casefile.wording import how_much, what

register = template.Library()

register.filter("how_much", how_much)
register.filter("what", what)
