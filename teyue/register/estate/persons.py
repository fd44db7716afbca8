"""A person is an office, a name and a phone."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from teyue.foundation.refusal import Refused
from teyue.foundation.secrets import blind
from teyue.register.company.models import Office
from teyue.register.estate.models import Person
from teyue.register.estate.naming import pinyin_keys, plain

MOBILE = re.compile(r"1[3-9]\d{9}")
COUNTRY = re.compile(r"^(?:\+|00)?86(?=1[3-9]\d{9}$)")
SIGNS = re.compile(r"[\s\-()（）.]")
NAME_LENGTH = 40
PINYIN_LENGTH = 120
INITIALS_LENGTH = 20


def normal_phone(text: str) -> str:
    """Return a mobile number as eleven digits, '' for none.

    :raises Refused: ``phone_unreadable``.
    """
    digits = COUNTRY.sub("", SIGNS.sub("", plain(text)))
    if digits and not MOBILE.fullmatch(digits):
        message = _("电话须为 11 位手机号码，请您核对后再填。")
        raise Refused("phone_unreadable", message, field="phone")
    return digits


def phone_keys(phone: str) -> tuple[str, str]:
    """Return the blind indexes of a normal phone: of all of it, and of its last four digits."""
    return blind(phone, purpose="phone"), blind(phone[-4:], purpose="tail")


def new_person(office: Office | None, name: str, phone: str) -> Person:
    """Return a person who is not kept yet, with all search keys.

    :raises Refused: ``name_missing``, ``phone_unreadable``.
    """
    person = Person(office=office)
    name_person(person, name, phone)
    return person


def name_person(person: Person, name: str, phone: str) -> None:
    """Give a person a name and a phone, and the keys to be found by.

    :raises Refused: ``name_missing``, ``phone_unreadable``.
    """
    person.name = plain(name)[:NAME_LENGTH]
    if not person.name:
        raise Refused("name_missing", _("请您填写姓名。"), field="name")
    person.phone = normal_phone(phone)
    person.phone_index, person.tail_index = phone_keys(person.phone)
    syllables, initials = pinyin_keys(person.name)
    person.pinyin, person.initials = syllables[:PINYIN_LENGTH], initials[:INITIALS_LENGTH]


def known_person(office: Office | None, name: str, phone: str) -> Person | None:
    """Return who has this name and phone in an office; a name alone says nothing there.

    :raises Refused: ``phone_unreadable``.
    """
    digits = normal_phone(phone)
    if not digits and office is not None:
        return None
    index = phone_keys(digits)[0]
    people = Person.objects.filter(office=office, name=plain(name), phone_index=index)
    return people.filter(voided_at=None).first()


def person_for(office: Office | None, name: str, phone: str) -> Person:
    """Return the person with this name and phone, kept now if nobody is known by them.

    :raises Refused: ``name_missing``, ``phone_unreadable``.
    :raises WrittenWithoutPen: outside a step that names persons among its writes.
    """
    known = known_person(office, name, phone)
    if known:
        return known
    person = new_person(office, name, phone)
    Person.objects.bulk_create([person])
    return person
