"""Two entries that are one person: found, compared, made one, taken apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from careteam.access.guard import require
from careteam.access.permissions import Permission
from careteam.domain.importing.twins import likely_twins, likely_twins_of
from careteam.domain.importing.words import fold
from careteam.features.directory.catalogue import country
from careteam.features.directory.details import Details, details_of
from careteam.features.directory.filters import Filters
from careteam.features.directory.models import Practitioner
from careteam.features.directory.queries import (
    find_practitioner,
    get_practitioner,
    list_known,
    list_perhaps_same,
    list_practitioners,
)
from careteam.features.directory.saying import LABELS, in_words
from careteam.features.imports import merging, telling_apart
from careteam.features.imports.merging_queries import told_apart
from careteam.kit.errors import Conflict, NotFound
from careteam.kit.paging import Page, page_number
from careteam.kit.telephones import read_telephone
from careteam.kit.text import clean
from careteam.web.directory.room import room
from careteam.web.frame.forms import SHORT, page
from careteam.web.frame.sending import done

PAIRS_A_PAGE = 50
MOST_FOUND = 20
MERGE = "/practitioners/<uuid:practitioner_id>/merge"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing the entries say: `kept` and `gone` now, and `then` afterwards."""

    label: str
    kept: str
    gone: str
    then: str


@room.get("/practitioners/duplicates", access=Permission.READ_DIRECTORY)
def duplicate_list() -> ResponseReturnValue:
    pairs = likely_twins(list_known(g.actor), told_apart(g.actor))
    number = page_number(request.args.get("page"))
    first = (number - 1) * PAIRS_A_PAGE
    items = pairs[first : first + PAIRS_A_PAGE]
    return page(
        "directory/duplicate_list.html", pairs=Page(items, number, PAIRS_A_PAGE, len(pairs))
    )


@room.get(MERGE, access=Permission.READ_DIRECTORY)
def merge_show(practitioner_id: UUID) -> ResponseReturnValue:
    kept = _standing(practitioner_id)
    other_id = request.args.get("with")
    gone = find_practitioner(g.actor, _key(other_id)) if other_id else None
    if gone is not None and gone.id != kept.id:
        return _compare_page(kept, gone)
    return _choose_page(kept)


def _standing(practitioner_id: UUID) -> Practitioner:
    """Raises `NotFound` for an entry that was taken out, `Forbidden` where it is not ours."""
    entry = get_practitioner(g.actor, practitioner_id)
    if entry.retired_at is not None:
        raise NotFound
    require(g.actor, Permission.MERGE_PRACTITIONER, entry)
    return entry


def _key(typed: str | None) -> UUID | None:
    try:
        return UUID(typed or "")
    except ValueError:
        return None


def _choose_page(kept: Practitioner) -> ResponseReturnValue:
    typed = clean(request.args.get("q", "")[:SHORT]) or ""
    filters = Filters(words=typed)
    found = list_practitioners(g.actor, filters, size=MOST_FOUND + 1) if fold(typed) else None
    others = [each.entry for each in found.items if each.entry.id != kept.id] if found else []
    known = list_perhaps_same(g.actor, kept)
    return page(
        "directory/merge_choose.html",
        kept=kept,
        likely=likely_twins_of(str(kept.id), known, told_apart(g.actor)),
        typed=typed,
        found=others[:MOST_FOUND],
        has_more=found is not None and found.total > len(found.items),
    )


def _compare_page(kept: Practitioner, gone: Practitioner) -> ResponseReturnValue:
    reason = merging.why_not(kept, gone)
    return page(
        "directory/merge_show.html",
        kept=kept,
        gone=gone,
        reason=reason,
        lines=_lines(kept, gone),
        other_way=not merging.why_not(gone, kept),
        are_apart=frozenset((str(kept.id), str(gone.id))) in told_apart(g.actor),
    )


def _lines(kept: Practitioner, gone: Practitioner) -> list[Line]:
    then = Details(**merging.joined(kept, gone).values)
    said = [_said(each) for each in (details_of(kept), details_of(gone), then)]
    return [
        Line(label, *(each[name] for each in said))
        for name, label in LABELS.items()
        if any(each.get(name) for each in said)
    ]


def _said(details: Details) -> dict[str, Any]:
    words: dict[str, Any] = in_words(details)
    return words | {"phone": read_telephone(words["phone"], country()).display}


@room.post(MERGE, access=Permission.READ_DIRECTORY)
def merge_do(practitioner_id: UUID) -> ResponseReturnValue:
    kept = get_practitioner(g.actor, practitioner_id)
    gone = find_practitioner(g.actor, _key(request.form.get("other")))
    if gone is None:
        raise NotFound
    if gone.merged_into_id == kept.id:
        return done("directory.practitioner_show", practitioner_id=kept.id)
    try:
        merging.merge_practitioners(actor=g.actor, kept=kept, gone=gone)
    except Conflict as error:
        return _refused(kept.id, error)
    return done(
        "directory.practitioner_show",
        f"{kept.name} is one entry now. What was noted with the other one stands here.",
        undo=url_for("directory.merge_undo", practitioner_id=gone.id),
        practitioner_id=kept.id,
    )


@room.post("/practitioners/<uuid:practitioner_id>/two-people", access=Permission.READ_DIRECTORY)
def merge_tell_apart(practitioner_id: UUID) -> ResponseReturnValue:
    one, other = _pair(practitioner_id)
    telling_apart.tell_apart(actor=g.actor, one=one, other=other)
    return done(
        "directory.duplicate_list",
        f"{one.name} and {other.name} are two people. They are not offered again.",
        undo=url_for("directory.merge_offer_again", practitioner_id=one.id),
        undo_fields={"other": str(other.id)},
    )


@room.post("/practitioners/<uuid:practitioner_id>/one-person", access=Permission.READ_DIRECTORY)
def merge_offer_again(practitioner_id: UUID) -> ResponseReturnValue:
    one, other = _pair(practitioner_id)
    telling_apart.offer_again(actor=g.actor, one=one, other=other)
    return done("directory.duplicate_list", "They are offered again.")


def _pair(practitioner_id: UUID) -> tuple[Practitioner, Practitioner]:
    """The entry and the one named in the form. Raises `NotFound`."""
    one = get_practitioner(g.actor, practitioner_id)
    other = find_practitioner(g.actor, _key(request.form.get("other")))
    if other is None or other.id == one.id:
        raise NotFound
    return one, other


@room.post("/practitioners/<uuid:practitioner_id>/part", access=Permission.READ_DIRECTORY)
def merge_undo(practitioner_id: UUID) -> ResponseReturnValue:
    gone = get_practitioner(g.actor, practitioner_id)
    kept = find_practitioner(g.actor, gone.merged_into_id)
    if kept is not None:
        try:
            merging.part_practitioners(actor=g.actor, kept=kept, gone=gone)
        except Conflict as error:
            return _refused(gone.id, error)
    return done(
        "directory.practitioner_show",
        "These are two entries again.",
        practitioner_id=gone.id,
    )


def _refused(practitioner_id: UUID, error: Conflict) -> ResponseReturnValue:
    return done(
        "directory.practitioner_show", error.message, kind="alert", practitioner_id=practitioner_id
    )
