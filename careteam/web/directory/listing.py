"""Search of the directory. The whole state stands in the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from careteam.access.permissions import Permission
from careteam.domain.matching import WorkingWay
from careteam.features.directory.catalogue import country, label_of
from careteam.features.directory.filters import Filters
from careteam.features.directory.meant import meant_by
from careteam.features.directory.queries import (
    drops_for,
    find_own_looking_entry,
    has_entries,
    list_languages,
    list_practitioners,
)
from careteam.kit.languages import language_name
from careteam.kit.paging import page_number
from careteam.kit.places import Place, resolve
from careteam.web.directory.choices import WAYS, language_choices
from careteam.web.directory.forms import SearchForm
from careteam.web.directory.room import room
from careteam.web.frame.forms import page

USUAL_RADIUS = 25.0
PARAMETERS = {
    "words": ("q",),
    "discipline": ("discipline",),
    "within_km": ("place", "within"),
    "language": ("language",),
    "accepting": ("accepting",),
    "ways": ("ways",),
    "fee": ("fee",),
    "public_only": ("public",),
}
"""What each filter is called in the address."""


@room.get("/practitioners", access=Permission.READ_DIRECTORY)
def practitioner_list() -> ResponseReturnValue:
    form = SearchForm(request.args)
    # A language that nobody speaks any more may still stand in a kept address.
    asked = request.args.get("language", "")
    form.language.choices = language_choices((*list_languages(g.actor), asked))
    form.validate()
    search = _search(form)
    found = list_practitioners(g.actor, search.filters, page_number(request.args.get("page")))
    drops = drops_for(g.actor, search.filters) if not found.total else []
    return page(
        "directory/practitioner_list.html",
        search=form,
        found=found,
        near=search.filters.near,
        unknown_place=search.unknown_place,
        active=_chips(search.filters),
        meant=meant_by(search.filters.words) if search.filters.words and not found.total else (),
        drops=[_drop(search.filters, *each) for each in drops],
        is_empty=not (found.total or search.filters.used) and not has_entries(g.actor),
        looks_like_me=find_own_looking_entry(g.actor),
        address_of_page=_address_of_page,
    )


@dataclass(frozen=True, slots=True)
class Search:
    filters: Filters
    unknown_place: str = ""


def _search(form: SearchForm) -> Search:
    """What is asked for; a wrong value of one field counts as none."""
    right = {name: field.data for name, field in form._fields.items() if not field.errors}
    typed = right.get("place") or ""
    near = resolve(typed, country()) if typed else None
    words = " ".join(filter(None, (right.get("q"), "" if near else typed)))
    return Search(
        Filters(
            words=words,
            discipline=right.get("discipline") or "",
            near=near,
            within_km=_radius(right.get("within") or "") if near else None,
            language=right.get("language") or "",
            accepting=bool(right.get("accepting")),
            ways=frozenset(map(WorkingWay, right.get("ways") or ())),
            fee=right.get("fee"),
            public_only=bool(right.get("public")),
            retired=bool(right.get("retired")) and g.actor.is_steward,
        ),
        unknown_place="" if near else typed,
    )


def _radius(chosen: str) -> float | None:
    return None if chosen == "any" else float(chosen or USUAL_RADIUS)


def _chips(filters: Filters) -> list[dict[str, str]]:
    chips = [
        {"label": _words(filters, name), "href": address_without(*PARAMETERS[name])}
        for name in filters.used
    ]
    if filters.near is not None and filters.within_km is None:
        chips.append(
            {"label": f"Near {filters.near.name}", "href": address_without("place", "within")}
        )
    if filters.retired:
        chips.append({"label": "Taken out", "href": address_without("retired")})
    return chips


def _words(filters: Filters, name: str) -> str:
    """A filter as the chip says it."""
    near: Place | None = filters.near
    said = {
        "words": f"“{filters.words}”",
        "discipline": label_of(filters.discipline),
        "within_km": f"Within {filters.within_km or 0:g} km of {near.name if near else ''}",
        "language": f"Speaks {language_name(filters.language)}",
        "accepting": "Takes new clients",
        "ways": " or ".join(label for way, label in WAYS if WorkingWay(way) in filters.ways),
        "fee": f"Fee at most {filters.fee}",
        "public_only": "Public or free",
    }
    return said[name]


def _drop(filters: Filters, name: str, count: int) -> dict[str, Any]:
    return {
        "label": _words(filters, name),
        "count": count,
        "href": address_without(*PARAMETERS[name]),
    }


def address_without(*names: str) -> str:
    kept = {
        name: values
        for name, values in request.args.lists()
        if name not in (*names, "page") and any(values)
    }
    return url_for("directory.practitioner_list", **kept)  # type: ignore[arg-type]


def _address_of_page(number: int) -> str:
    kept = {name: values for name, values in request.args.lists() if name != "page"}
    return url_for("directory.practitioner_list", **kept, page=number)  # type: ignore[arg-type]
