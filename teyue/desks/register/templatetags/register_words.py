"""``{% load register_words %}``: states of the register."""

from __future__ import annotations

from django import template

from teyue.desks.register import words

register = template.Library()
register.filter("word", words.word_of)
register.filter("tone", words.tone_of)
