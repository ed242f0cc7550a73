"""Whether a row is somebody who is already there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from careteam.domain.importing.values import Draft, Known, Outcome
from careteam.domain.importing.words import are_alike, fold


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of the directory or an earlier row; one of `id` and `row` is set."""

    id: str
    row: int
    name: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(slots=True)
class Register:
    """Everybody known so far, by e-mail, telephone and name."""

    _by_contact: dict[str, list[_Entry]] = field(default_factory=lambda: defaultdict(list))
    _by_name: dict[str, list[_Entry]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, known: Iterable[Known]) -> "Register":
        """Return the register of the directory's entries."""
        register = cls()
        for entry in known:
            register._add(_Entry(entry.id, 0, entry.name, entry.emails, entry.phones, entry.places))
        return register

    def judged(self, draft: Draft) -> Draft:
        """Return the draft as new, or the same as somebody, and remember it when it is new.

        Same: an equal e-mail or telephone and a name that can be one person's, or an equal name
        and place. A shared telephone alone is not enough: a practice has one for everybody.
        """
        notes = []
        for contact in (*draft.emails, *draft.phones):
            for entry in self._by_contact[contact.casefold()]:
                if are_alike(entry.name, draft.name):
                    return _same(draft, entry, f"has the same contact {contact}")
                notes.append(f"Shares {contact} with {entry.name}")
        namesakes = self._by_name[fold(draft.name)]
        for entry in namesakes:
            if draft.place and fold(draft.place) in map(fold, entry.places):
                return _same(draft, entry, f"has the same name in {draft.place}")
            notes.append(f"{entry.name} has the same name; please check that this is another")
        has_namesakes = bool(namesakes)
        self._add(_Entry("", draft.row, draft.name, draft.emails, draft.phones, (draft.place,)))
        notes = [*draft.notes, *dict.fromkeys(notes)]
        return replace(draft, notes=tuple(notes), is_perhaps_same=has_namesakes)

    def _add(self, entry: _Entry) -> None:
        for contact in (*entry.emails, *entry.phones):
            self._by_contact[contact.casefold()].append(entry)
        self._by_name[fold(entry.name)].append(entry)


def _same(draft: Draft, entry: _Entry, reason: str) -> Draft:
    where = "in the directory" if entry.id else f"in row {entry.row}"
    return replace(
        draft,
        outcome=Outcome.SAME,
        same_as=entry.id,
        same_row=entry.row,
        why=f"{entry.name} {where} {reason}.",
    )
