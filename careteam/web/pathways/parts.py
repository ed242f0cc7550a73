"""A draft edited on the screen: one part of it, one entry of the part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import g, request
from flask.typing import ResponseReturnValue

from careteam.access.permissions import Permission
from careteam.features.pathways import operations
from careteam.features.pathways.content import load_content
from careteam.features.pathways.drafting import values_of
from careteam.features.pathways.models import OwnPathway
from careteam.features.pathways.parts import (
    EMPTY,
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
from careteam.features.pathways.placing import Placed, placed_problems
from careteam.features.pathways.queries import get_own_pathway
from careteam.kit.errors import Conflict
from careteam.web.frame.forms import Form, attempt, conflict_rows, merged, page, shown
from careteam.web.frame.sending import done
from careteam.web.pathways.entry_forms import entry_form
from careteam.web.pathways.part_forms import EntryForm
from careteam.web.pathways.room import room
from careteam.web.pathways.rule_forms import rule_line

STEWARD = Permission.MANAGE_PATHWAYS


CHANGED = "The draft was changed meanwhile. Look at it again, then remove."
TO_MEND = "The draft is saved. What is told here keeps it from being published."
MORE = "more"
"""The button that shows a form anew with what follows from the choices made; nothing is saved."""


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
        context["line_of"] = self.line_of
        return page(template, form, status, **context)

    def label_of(self, entry: Values) -> str:
        """What a list calls the entry."""
        name, catalogue = str(entry.get(self.part.named_by, "")), load_content().catalogue
        if self.part.key == "roles" and name in catalogue.disciplines:
            return catalogue.disciplines[name].label
        if self.part.key == "outcome_measures" and name in catalogue.measures:
            return catalogue.measures[name].name
        if self.part.key == "rules":
            return rule_line(self.draft, entry)[0]
        return name

    def line_of(self, entry: Values) -> str:
        """What stands under it."""
        if self.part.key == "rules":
            return rule_line(self.draft, entry)[1]
        if self.part.key == "phases":
            return f"Weeks {entry.get('start_week')} to {entry.get('end_week')}. {entry.get('aim')}"
        if self.part.key == "milestones":
            return f"Day {entry.get('target_day')}. {entry.get('criterion')}"
        said = ("purpose", "action", "guidance_says", "until", "why")
        return next((str(entry[name]) for name in said if entry.get(name)), "")


def _place(own_id: UUID, key: str) -> Place:
    own, part = get_own_pathway(g.actor, own_id), get_part(key)
    return Place(own, part, values_of(own.source), entries_of(own.source, part))


@room.get("/pathways/own/<uuid:own_id>/parts/<part>", access=STEWARD)
def part_list(own_id: UUID, part: str) -> ResponseReturnValue:
    place = _place(own_id, part)
    problems = placed_problems(place.own.pathway, place.own.source)
    return place.page("pathways/part_list.html", entries=place.entries, problems=problems)


@room.get("/pathways/own/<uuid:own_id>/parts/<part>/new", access=STEWARD)
def entry_new(own_id: UUID, part: str) -> ResponseReturnValue:
    place = _place(own_id, part)
    return place.page("pathways/entry_new.html", entry_form(place.part, place.draft, {}))


@room.post("/pathways/own/<uuid:own_id>/parts/<part>/new", access=STEWARD)
def entry_create(own_id: UUID, part: str) -> ResponseReturnValue:
    place = _place(own_id, part)
    form = entry_form(place.part, place.draft)
    if MORE in request.form:
        return place.page("pathways/entry_new.html", form, 200)
    if any(_says(place.part, each, form) for each in place.entries):
        return _answer(place, "It is in the draft.")
    saved = attempt(form, lambda: place.save(with_new(place.part, place.entries, form.values)))
    if saved is None:
        return place.page("pathways/entry_new.html", form)
    return _answer(place, "It is in the draft.")


def _answer(place: Place, words: str, kind: str = "good") -> ResponseReturnValue:
    return done("pathways.part_list", words, kind=kind, own_id=place.own.id, part=place.part.key)


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
    here = _problems_at(place, name)
    context = {"name": name, "entry": entry, "was": was, "here": here, **more}
    return place.page("pathways/entry_edit.html", form, status, **context)


def _problems_at(place: Place, name: str) -> list[Placed]:
    found = placed_problems(place.own.pathway, place.own.source)
    return [each for each in found if each.stands_at(place.part.key, name)]


@room.post("/pathways/own/<uuid:own_id>/parts/<part>/<entry>", access=STEWARD)
def entry_save(own_id: UUID, part: str, entry: str) -> ResponseReturnValue:
    """What somebody else changed meanwhile in other fields stays; in the same field both show."""
    place = _place(own_id, part)
    form = entry_form(place.part, place.draft)
    stored = flat(place.part, get_entry(place.entries, place.part, entry))
    if MORE in request.form:
        return _edit_page(place, entry, form)

    def save() -> OwnPathway:
        changes = merged(form.version, place.own.version, stored, _comparable(form, stored))
        return place.save(with_changed(place.part, place.entries, entry, changes))

    try:
        saved = attempt(form, save)
    except Conflict as error:
        if not error.theirs:
            raise
        labels = {field.name: field.label.text for field in form}
        rows = conflict_rows(error, labels)
        if place.part.key == "rules":
            _say_rules(place, rows, error, form.values, stored)
        return _edit_page(place, entry, form, 409, conflicts=rows)
    if saved is None:
        return _edit_page(place, entry, form)
    if _problems_at(place, entry):
        here: dict[str, Any] = {"own_id": own_id, "part": part, "entry": entry}
        return done("pathways.entry_edit", TO_MEND, kind="wait", **here)
    return _answer(place, "The draft is saved.")


def _say_rules(
    place: Place, rows: list[dict[str, Any]], error: Conflict, yours: Values, theirs: Values
) -> None:
    """Conditions and effects in words instead of as they are stored."""
    for row, name in zip(rows, error.theirs, strict=True):
        if name in ("when", "then"):
            at = 0 if name == "when" else 1
            row["label"] = "When" if name == "when" else "Then"
            row["yours"] = rule_line(place.draft, yours)[at]
            row["theirs"] = rule_line(place.draft, theirs)[at]


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
    return _plainly(stored) == _plainly(sent) or (stored in EMPTY and sent in EMPTY)


def _plainly(value: Any) -> Any:
    """Words that were ticked have no order; conditions and effects keep theirs."""
    if isinstance(value, dict):
        return {key: _plainly(each) for key, each in value.items()}
    if isinstance(value, list) and not any(isinstance(each, dict) for each in value):
        return sorted(map(str, value))
    return [_plainly(each) for each in value] if isinstance(value, list) else value


@room.post("/pathways/own/<uuid:own_id>/parts/<part>/<entry>/move", access=STEWARD)
def entry_move(own_id: UUID, part: str, entry: str) -> ResponseReturnValue:
    place = _place(own_id, part)
    by = -1 if request.form.get("to") == "earlier" else 1
    place.save(moved(place.part, place.entries, entry, by))
    return _answer(place, "It is moved.")


@room.post("/pathways/own/<uuid:own_id>/parts/<part>/<entry>/remove", access=STEWARD)
def entry_remove(own_id: UUID, part: str, entry: str) -> ResponseReturnValue:
    """Nobody removes what they have not seen: with a draft that was changed since, nothing goes."""
    place = _place(own_id, part)
    left = without(place.part, place.entries, entry)
    if Form().version != place.own.version:
        return _answer(place, CHANGED, kind="alert")
    place.save(left)
    return _answer(place, "It is out of the draft.")
