"""Who some rows speak of: looked up at once by the blind index of the phone."""

from __future__ import annotations

from collections.abc import Iterable

from teyue.register.company.models import Office
from teyue.register.estate.models import Person
from teyue.register.estate.naming import plain
from teyue.register.estate.persons import new_person, phone_keys


class Persons:
    """The persons of an office by name and phone; whoever is not known is new."""

    def __init__(self, office: Office, pairs: Iterable[tuple[str, str]]) -> None:
        """Look up pairs of name and phone in one statement."""
        self.office = office
        self.new: list[Person] = []
        self._keys = {pair: (plain(pair[0]), phone_keys(pair[1])[0]) for pair in pairs}
        indexes = {index for _, index in self._keys.values()}
        known = Person.objects.filter(office=office, voided_at=None, phone_index__in=indexes)
        unread = known.defer("phone", "identity_number")
        self._found = {(person.name, person.phone_index): person for person in unread}

    def find(self, name: str, phone: str) -> Person | None:
        """Return a person who is in the register or was added here."""
        return self._found.get(self._keys[name, phone])

    def get(self, name: str, phone: str) -> Person:
        """Return the person, a new one if nobody is known by this name and phone."""
        known = self.find(name, phone)
        if known is None:
            known = new_person(self.office, name, phone)
            self._found[self._keys[name, phone]] = known
            self.new.append(known)
        return known

    def known_ids(self) -> list[int]:
        """Return the ids of those who were in the register before."""
        return [person.pk for person in self._found.values() if person.pk]
