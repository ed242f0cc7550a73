"""A draft edited on the screen: one part of it, one entry of the part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import g, request
from flask.typing import ResponseReturnValue

from careteam.access.permissions import Permission
from careteam.features.pathways import operations
from careteam.features.pathways.content import load_content
from careteam.features.pathways.drafting import problems_of, values_of
from careteam.features.pathways.models import OwnPathway
from careteam.features.pathways.parts import (
    Part,
    Values,
    entries_of,
    flat,
    get_entry,
    get_part,
    moved,
    with_changed,
    with_new,
    without,
)
from careteam.features.pathways.queries import get_own_pathway
from careteam.kit.errors import Conflict
from careteam.web.frame.forms import attempt, conflict_rows, merged, page, shown
from careteam.web.frame.sending import done
from careteam.web.pathways.part_forms import EntryForm, entry_form
from careteam.web.pathways.room import room

STEWARD = Permission.MANAGE_PATHWAYS
EMPTY: tuple[Any, ...] = (None, "", [])


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a draft."""

    own: OwnPathway
    part: Part
    draft: Values
    entries: list[Values]

    def save(self, entries: Sequence[Values]) -> OwnPathway:
        return operations.change_parts(
            actor=g.actor, own=self.own, parts={self.part.key: list(entries)}
        )

    def page(self, template: str, form: Any = None, status: int = 200, **more: Any) -> Any:
        context = {"own": self.own, "part": self.part, "label_of": self.label_of, **more}
        return page(template, form, status, **context)

    def label_of(self, entry: Values) -> str:
        """What a list calls the entry."""
        name, catalogue = str(entry.get(self.part.named_by, "")), load_content().catalogue
        if self.part.key == "roles" and name in catalogue.disciplines:
            return catalogue.disciplines[name].label
        if self.part.key == "outcome_measures" and name in catalogue.measures:
            return catalogue.measures[name].name
        return name


def _place(own_id: UUID, key: str) -> Place:
    own, part = get_own_pathway(g.actor, own_id), get_part(key)
    return Place(own, part, values_of(own.source), entries_of(own.source, part))


@room.get("/pathways/own/<uuid:own_id>/parts/<part>", access=STEWARD)
def part_list(own_id: UUID, part: str) -> ResponseReturnValue:
    place = _place(own_id, part)
    problems = problems_of(place.own.pathway, place.own.source)
    return place.page("pathways/part_list.html", entries=place.entries, problems=problems)


@room.get("/pathways/own/<uuid:own_id>/parts/<part>/new", access=STEWARD)
def entry_new(own_id: UUID, part: str) -> ResponseReturnValue:
    place = _place(own_id, part)
    return place.page("pathways/entry_new.html", entry_form(place.part, place.draft, {}))


@room.post("/pathways/own/<uuid:own_id>/parts/<part>/new", access=STEWARD)
def entry_create(own_id: UUID, part: str) -> ResponseReturnValue:
    place = _place(own_id, part)
    form = entry_form(place.part, place.draft)
    if any(_says(place.part, each, form) for each in place.entries):
        return _answer(place, "It is in the draft.")
    saved = attempt(form, lambda: place.save(with_new(place.part, place.entries, form.values)))
    if saved is None:
        return place.page("pathways/entry_new.html", form)
    return _answer(place, "It is in the draft.")


def _answer(place: Place, words: str) -> ResponseReturnValue:
    return done("pathways.part_list", words, own_id=place.own.id, part=place.part.key)


@room.get("/pathways/own/<uuid:own_id>/parts/<part>/<entry>", access=STEWARD)
def entry_edit(own_id: UUID, part: str, entry: str) -> ResponseReturnValue:
    place = _place(own_id, part)
    stored = flat(place.part, get_entry(place.entries, place.part, entry))
    return _edit_page(place, entry, entry_form(place.part, place.draft, stored))


def _edit_page(
    place: Place, name: str, form: EntryForm, status: int = 200, **more: Any
) -> ResponseReturnValue:
    entry = get_entry(place.entries, place.part, name)
    was = shown(flat(place.part, entry))
    return place.page(
        "pathways/entry_edit.html", form, status, name=name, entry=entry, was=was, **more
    )


@room.post("/pathways/own/<uuid:own_id>/parts/<part>/<entry>", access=STEWARD)
def entry_save(own_id: UUID, part: str, entry: str) -> ResponseReturnValue:
    """What somebody else changed meanwhile in other fields stays; in the same field both show."""
    place = _place(own_id, part)
    form = entry_form(place.part, place.draft)
    stored = flat(place.part, get_entry(place.entries, place.part, entry))

    def save() -> OwnPathway:
        changes = merged(form.version, place.own.version, stored, _comparable(form, stored))
        return place.save(with_changed(place.part, place.entries, entry, changes))

    try:
        saved = attempt(form, save)
    except Conflict as error:
        if not error.theirs:
            raise
        labels = {field.name: field.label.text for field in form}
        return _edit_page(place, entry, form, 409, conflicts=conflict_rows(error, labels))
    if saved is None:
        return _edit_page(place, entry, form)
    return _answer(place, "The draft is saved.")


def _comparable(form: EntryForm, stored: Values) -> Values:
    """What was sent, with what says the same as it is stored: empty is empty, and ticks have no
    order.
    """
    return {
        name: stored[name] if _is_same(stored[name], value) else value
        for name, value in form.values.items()
    }


def _says(part: Part, entry: Values, form: EntryForm) -> bool:
    """Whether an entry says just what was sent: the same form was sent a moment ago."""
    if not form.validate_on_submit():
        return False
    stored = flat(part, entry)
    return all(_is_same(stored[name], value) for name, value in form.values.items())


def _is_same(stored: Any, sent: Any) -> bool:
    if isinstance(stored, list) and isinstance(sent, list):
        return sorted(map(str, stored)) == sorted(map(str, sent))
    return stored == sent or (stored in EMPTY and sent in EMPTY)


@room.post("/pathways/own/<uuid:own_id>/parts/<part>/<entry>/move", access=STEWARD)
def entry_move(own_id: UUID, part: str, entry: str) -> ResponseReturnValue:
    by = -1 if request.form.get("to") == "earlier" else 1
    return _rearranged(own_id, part, lambda p: moved(p.part, p.entries, entry, by), "It is moved.")


@room.post("/pathways/own/<uuid:own_id>/parts/<part>/<entry>/remove", access=STEWARD)
def entry_remove(own_id: UUID, part: str, entry: str) -> ResponseReturnValue:
    return _rearranged(
        own_id, part, lambda p: without(p.part, p.entries, entry), "It is out of the draft."
    )


def _rearranged(
    own_id: UUID, part: str, change: Callable[[Place], list[Values]], words: str
) -> ResponseReturnValue:
    place = _place(own_id, part)
    place.save(change(place))
    return _answer(place, words)
