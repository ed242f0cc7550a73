"""The list: the same people as in the picture, in words and in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from careteam.access.permissions import Permission
from careteam.domain.network.picture import Person
from careteam.domain.network.ties import SeenTie
from careteam.features.network.graph import Sight, fitting
from careteam.features.network.ranking import page_of_everybody
from careteam.kit.paging import Page, page_number
from careteam.web.frame.forms import page
from careteam.web.network.asking import asked, chips, notes_on, state, unfiltered, views, ways_out
from careteam.web.network.picture import filters_of, first_steps
from careteam.web.network.room import room
from careteam.web.network.saying import others_words
from careteam.web.network.subjects import GROUPS

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One person: my ties with them, and in words the ties with others that I may see."""

    person: Person
    sent: SeenTie | None
    received: SeenTie | None
    others: str


@room.get("/network/list", access=Permission.READ_NETWORK)
def network_list() -> ResponseReturnValue:
    given = asked()
    number = page_number(request.args.get("page"))
    ranked = None
    if given.is_community:
        ranked = page_of_everybody(g.actor, given.filters, number, PAGE_SIZE)
    if ranked is not None:
        sight = ranked.sight
        found = Page(_lines(sight, sight.others), ranked.number, PAGE_SIZE, ranked.total)
    else:
        sight = given.sight()
        found = _page_of(sight, fitting(sight, given.filters), number)
    ways = [] if found.items else ways_out(sight, given.filters, "network.network_list")
    return page(
        "network/network_list.html",
        filters=filters_of(sight),
        count=sight.count,
        given=given,
        found=found,
        shows_others=given.is_community or given.steps == 2,
        views=views("network.network_list", given),
        active=chips(given),
        ways_out=ways,
        notes=notes_on(sight, given.filters, ranked.usual_of if ranked else None),
        picture_url=url_for("network.network_show", **state()),
        clear_url=unfiltered("network.network_list"),
        take=state(),
        groups=GROUPS,
        page_url=lambda number: url_for("network.network_list", **state(page=number)),
        **first_steps(),
    )


def _page_of(sight: Sight, shown: frozenset[str] | None, number: int) -> Page[Line]:
    people = [one for one in sight.others if shown is None or one.id in shown]
    last = max(1, -(-len(people) // PAGE_SIZE))
    number = min(number, last)
    start = (number - 1) * PAGE_SIZE
    lines = _lines(sight, people[start : start + PAGE_SIZE])
    return Page(lines, number, PAGE_SIZE, len(people))


def _lines(sight: Sight, people: Sequence[Person]) -> list[Line]:
    return [_line(sight, person) for person in people]


def _line(sight: Sight, person: Person) -> Line:
    return Line(
        person,
        _tie(sight, sight.me, person.id),
        _tie(sight, person.id, sight.me),
        others_words(sight.seen, person.id, sight.me),
    )


def _tie(sight: Sight, sender: str | None, receiver: str | None) -> SeenTie | None:
    if sender is None or receiver is None or not sight.seen.has_edge(sender, receiver):
        return None
    tie: SeenTie = sight.seen.edges[sender, receiver]["tie"]
    return tie
