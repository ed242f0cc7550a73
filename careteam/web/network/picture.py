"""The picture: a page around it, its data, and the drawing for pages without scripts."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import Response, g, jsonify, url_for
from flask.typing import ResponseReturnValue

from careteam.access.permissions import Permission
from careteam.domain.network.svg import render_svg
from careteam.features.network.arranging import Arrangement, arranged
from careteam.features.network.everybody import counts_of
from careteam.features.network.graph import Sight, fitting, neighbourhood_of, picture_of, strongest
from careteam.features.network.queries import count_people
from careteam.web.frame.forms import page
from careteam.web.network.asking import (
    Asked,
    asked,
    filter_form,
    known_url,
    notes_on,
    state,
    unfiltered,
    views,
    ways_out,
)
from careteam.web.network.room import room
from careteam.web.network.saying import notes_by
from careteam.web.network.subjects import GROUPS
from careteam.web.network.timing import moment_of, stops

MOST_DRAWN = 600
"""People in the drawing of a community; a larger one is cut to what can still be read."""


@room.get("/network", access=Permission.READ_NETWORK)
def network_show() -> ResponseReturnValue:
    given = asked()
    moments = stops()
    return page(
        "network/network_show.html",
        moments=moments,
        moment=moment_of(given, moments, "network.network_show"),
        **_contents(given, arranged(g.actor, given.by)),
        given=given,
        views=views("network.network_show", given),
        picture_json_url=url_for("network.network_json"),
        picture_svg_url=url_for("network.network_svg", **state()),
        picture_panel_url=url_for("network.network_show") + "/people",
        picture_ties_url=url_for("network.network_show") + "/ties",
        list_url=url_for("network.network_list", **state()),
        clear_url=unfiltered("network.network_show"),
        take=state(),
        groups=GROUPS,
        **first_steps(),
    )


def _contents(given: Asked, arrangement: Arrangement) -> dict[str, Any]:
    """How many people there are besides the member, the filters, and what they leave out.

    The community is only counted here: its picture comes with the data.
    """
    if given.is_community:
        counts = counts_of(g.actor)
        count = counts.people - int(given.may_choose)
        return {
            "count": count,
            "filters": filter_form(counts.by_discipline, counts.by_place),
            "is_cut": count > MOST_DRAWN,
            "is_large": counts.is_large,
            "notes": notes_by(arrangement),
        }
    sight = given.sight()
    left_out = _left_out(sight, given, arrangement)
    return {"count": sight.count, "filters": filters_of(sight), **left_out}


def _left_out(sight: Sight, given: Asked, arrangement: Arrangement) -> dict[str, Any]:
    """What the filters cannot know, and where nobody fits which one to drop."""
    is_empty = fitting(sight, given.filters) == frozenset()
    ways = ways_out(sight, given.filters, "network.network_show") if is_empty else []
    notes = [*notes_by(arrangement), *notes_on(sight, given.filters)]
    return {"notes": notes, "ways_out": ways}


def filters_of(sight: Sight) -> Any:
    """Filters over those who are shown, or over a large community."""
    part = sight.part
    if part is not None and part.people is not None:
        return filter_form(part.by_discipline, part.by_place)
    return filter_form(
        Counter(person.discipline_id for person in sight.others),
        Counter(person.place for person in sight.others if person.place),
    )


def first_steps() -> dict[str, Any]:
    """Where somebody without a tie can begin; who else there is, is asked where it is said."""
    return {
        "is_alone": lambda: count_people(g.actor, 2) < 2,
        "add_url": known_url("directory.practitioner_new"),
        "quick_history_url": known_url("directory.quick_history"),
        "import_url": known_url("directory.import_new"),
        "log_url": known_url("referrals.past_new"),
    }


@room.get("/network.json", access=Permission.READ_NETWORK)
def network_json() -> ResponseReturnValue:
    """The picture as flat arrays; the shape is that of `domain.network.picture`."""
    given = asked()
    sight = given.sight()
    arrangement = arranged(g.actor, given.by)
    period = given.filters.period
    return jsonify(
        **picture_of(sight, given.filters, arrangement),
        **_left_out(sight, given, arrangement),
        is_coming=arrangement.is_coming or _is_gathered_first(sight),
        period=period.words if period else None,
    )


def _is_gathered_first(sight: Sight) -> bool:
    """Whether there is no part of a large community yet."""
    return sight.part is not None and sight.part.people is None


@room.get("/network.svg", access=Permission.READ_NETWORK)
def network_svg() -> ResponseReturnValue:
    """The picture as a drawing. Of a large community: one's own neighbourhood, or its strongest."""
    return Response(drawing_of(asked()), mimetype="image/svg+xml")


def drawing_of(given: Asked) -> str:
    return render_svg(picture_of(drawable(given), given.filters, arranged(g.actor, given.by)))


def drawable(given: Asked) -> Sight:
    if not given.is_community or count_people(g.actor, MOST_DRAWN + 1) <= MOST_DRAWN:
        return given.sight()
    if given.may_choose:
        return neighbourhood_of(g.actor)
    return strongest(given.sight(), MOST_DRAWN)
