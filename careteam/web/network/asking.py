"""What of the network is asked for. The whole state stands in the address, the same for picture,
list, JSON and SVG; a value that makes no sense counts as none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, g, request, url_for
from wtforms import BooleanField, HiddenField, SelectChoice, SelectField

from careteam.domain.network.picture import Grouping
from careteam.features.directory.catalogue import label_of
from careteam.features.network.graph import (
    Filters,
    Sight,
    Steps,
    community_of,
    neighbourhood_of,
)
from careteam.web.frame.filters import plural
from careteam.web.frame.forms import Form

AT_LEAST = (2, 5, 10, 20)
STATE = ("view", "steps", "discipline", "place", "accepting", "at_least", "by")
"""The parameters of the address that say what is shown."""
COMMUNITY = "community"


class FilterForm(Form):
    """`view` and `steps` travel along; they are changed by links."""

    class Meta:
        csrf = False

    view = HiddenField()
    steps = HiddenField()
    discipline = SelectField("Discipline", validate_choice=False)
    place = SelectField("Place", validate_choice=False)
    at_least = SelectField(
        "Referrals",
        choices=[
            SelectChoice("", "Any number"),
            *(SelectChoice(str(number), f"{number} or more") for number in AT_LEAST),
        ],
        validate_choice=False,
    )
    accepting = BooleanField("Takes new clients")
    by = SelectField(
        "Group by",
        choices=[SelectChoice("", "Discipline"), SelectChoice("place", "Place")],
        validate_choice=False,
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """`may_choose` is False for a steward without an entry, who has no neighbourhood."""

    is_community: bool
    steps: Steps
    filters: Filters
    by: Grouping
    may_choose: bool

    def sight(self) -> Sight:
        return community_of(g.actor) if self.is_community else neighbourhood_of(g.actor, self.steps)

    @property
    def words(self) -> str:
        if self.is_community:
            return "in the community"
        return "within two steps of you" if self.steps == 2 else "in your network"


def asked() -> Asked:
    """What the address asks for."""
    given = request.args
    may_choose = g.actor.practitioner_id is not None
    at_least = given.get("at_least", "")
    return Asked(
        is_community=given.get("view") == COMMUNITY or not may_choose,
        steps=2 if given.get("steps") == "2" else 1,
        filters=Filters(
            discipline=given.get("discipline", ""),
            place=given.get("place", ""),
            accepting=given.get("accepting", "") not in ("", "false", "0", "n"),
            at_least=int(at_least) if at_least in map(str, AT_LEAST) else 0,
        ),
        by="place" if given.get("by") == "place" else "discipline",
        may_choose=may_choose,
    )


def filter_form(disciplines: Mapping[str, int], places: Mapping[str, int]) -> FilterForm:
    """The filters with what there is to choose from, each with how many."""
    form = FilterForm(request.args)
    form.discipline.choices = [
        SelectChoice("", "Any discipline"),
        *sorted(
            (_choice(id_, label_of(id_), count) for id_, count in disciplines.items() if id_),
            key=lambda choice: str(choice.label),
        ),
    ]
    form.place.choices = [
        SelectChoice("", "Any place"),
        *(_choice(place, place, places[place]) for place in sorted(places)),
    ]
    return form


def _choice(value: str, label: str, count: int) -> SelectChoice:
    return SelectChoice(value, f"{label} ({count})")


def state(**changed: str | int | None) -> dict[str, Any]:
    """The parameters of the address, with some of them changed or (None) dropped."""
    kept: dict[str, Any] = {
        name: request.args[name] for name in STATE if request.args.get(name, "") != ""
    }
    kept.update(changed)
    return {name: value for name, value in kept.items() if value is not None}


def views(endpoint: str, given: Asked) -> list[dict[str, Any]]:
    """My network, two steps, community: each keeps the filters."""
    if not given.may_choose:
        return []
    shown = (given.is_community, given.steps if not given.is_community else 1)
    choices = (
        ("Mine", (False, 1), {"view": None, "steps": None}),
        ("Two steps", (False, 2), {"view": None, "steps": 2}),
        ("Community", (True, 1), {"view": COMMUNITY, "steps": None}),
    )
    return [
        {
            "label": label,
            "href": url_for(endpoint, **state(**change)),
            "current": shown == which,
        }
        for label, which, change in choices
    ]


def chips(given: Asked) -> list[dict[str, str]]:
    filters = given.filters
    said = {
        "discipline": label_of(filters.discipline),
        "place": filters.place,
        "accepting": "Takes new clients",
        "at_least": f"{plural(filters.at_least, 'referral')} or more",
    }
    return [
        {"label": said[name], "href": url_for("network.network_list", **state(**{name: None}))}
        for name in filters.used
    ]


def known_url(endpoint: str, **values: Any) -> str | None:
    """The address of a page of another room, None where that room is not there."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None
