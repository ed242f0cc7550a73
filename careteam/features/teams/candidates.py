"""Who of the directory could fill a seat, best first, with reasons in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from careteam.access.actor import Actor
from careteam.domain.matching import (
    Accepting,
    Candidate,
    Shortlist,
    Wanted,
    WorkingWay,
    order_candidates,
)
from careteam.domain.pathway import Pathway
from careteam.features.clients.models import Client, Goal
from careteam.features.directory.naming import Names, names_in_order, with_language_names
from careteam.features.directory.queries import Enquiry, Look, candidates_for
from careteam.features.pathways.content import pathway_of
from careteam.features.teams.models import Seat
from careteam.features.teams.nobody import why_nobody
from careteam.features.teams.queries import seats_of
from careteam.features.teams.wishing.queries import list_refused
from careteam.kit import clock
from careteam.kit.languages import language_name
from careteam.kit.places import Place

TAKEN_FOR_GRANTED = "en"
"""A language that entries of the directory seldom name: to wish for it would say nothing."""

LEFT_OUT = "left out for this goal"

ENOUGH = 2
"""Names of the discipline itself from which nobody has to stand in."""


def names_for_seats(
    actor: Actor,
    client: Client,
    seats: Sequence[Seat],
    goal: Goal,
    look: Look,
    *,
    own: Collection[UUID] = (),
    left_out: Collection[UUID] = (),
) -> dict[UUID, Names]:
    """By seat of one goal the first of those who could fill it, in the plain order: all but the
    lead, the team, whom the client refuses, and whom the lead has `left_out` for this goal.

    Those who come first for this goal (`own`) are among them wherever they stand.
    """
    pathway = pathway_of(goal)
    away = _not_asked(actor, client, seats_of(goal.id))
    away[LEFT_OUT] = left_out
    without = frozenset().union(*away.values())
    wanted = {seat.id: wanted_for(client, seat, pathway) for seat in seats}
    asked = [(each, _enquiry(client, each, without, own)) for each in wanted.values()]
    found = dict(zip(wanted, names_in_order(actor, asked, look), strict=True))
    lists = {seat_id: (each, found[seat_id].shortlist) for seat_id, each in wanted.items()}
    said = why_nobody(actor, lists, away)
    return {seat_id: replace(each, shortlist=said[seat_id]) for seat_id, each in found.items()}


def _enquiry(
    client: Client, wanted: Wanted, without: Collection[UUID], own: Collection[UUID]
) -> Enquiry:
    return Enquiry(
        disciplines=(wanted.discipline, *wanted.alternatives),
        near=_near(client),
        language=_language(client),
        without=without,
        own=own,
    )


def _of(wanted: Wanted, people: Sequence[Candidate]) -> list[Candidate]:
    """Those of a discipline the seat asks for: who is looked for is nobody of another."""
    asked = {wanted.discipline, *wanted.alternatives}
    return [each for each in people if asked & set(each.disciplines)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hard:
    """Wishes that take names off the lists of several seats at once; empty means no wish."""

    within_km: float | None = None
    only_language: bool = False
    only_accepting: bool = False
    ways: frozenset[WorkingWay] = frozenset()
    without: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Sought:
    """Whom the seats of a goal ask for together: by discipline, who may stand in. `language` is a
    code, '' for none."""

    disciplines: Mapping[str, tuple[str, ...]]
    near: Place | None
    without: frozenset[UUID]
    hard: Hard
    language: str


def narrowed_lists(
    actor: Actor,
    client: Client,
    seats: Sequence[Seat],
    goal: Goal,
    hard: Hard,
    choose: Callable[[Sought], Collection[UUID]] | None = None,
) -> dict[UUID, tuple[Wanted, Shortlist]]:
    """By seat of one goal what it asks for and everybody who could fill it, read at once.

    Whoever may stand in is asked only where fewer than two have the discipline itself. `choose`
    may name those to look at.
    """
    pathway, near, asked = pathway_of(goal), _near(client), {}
    for seat in seats:
        asked[seat.id] = replace(
            wanted_for(client, seat, pathway),
            within_km=hard.within_km,
            only_language=hard.only_language,
            only_accepting=hard.only_accepting,
            ways=hard.ways,
            only_way=bool(hard.ways),
        )
    disciplines = {wanted.discipline: wanted.alternatives for wanted in asked.values()}
    away = _not_asked(actor, client, seats_of(goal.id))
    away[LEFT_OUT] = hard.without
    without = frozenset().union(*away.values())
    sought = Sought(disciplines, near, without, hard, _language(client))
    found = candidates_for(
        actor,
        {name for one, others in disciplines.items() for name in (one, *others)},
        near,
        without=without,
        among=choose(sought) if choose else None,
    )
    named = [with_language_names(each) for each in found]
    lists = {id_: (wanted, _shortlist(wanted, named)) for id_, wanted in asked.items()}
    said = why_nobody(actor, lists, away)
    return {id_: (wanted, said[id_]) for id_, wanted in asked.items()}


def _shortlist(wanted: Wanted, candidates: Sequence[Candidate]) -> Shortlist:
    today = clock.today()
    themselves = [each for each in candidates if wanted.discipline in each.disciplines]
    found = order_candidates(wanted, themselves, today)
    takers = [each for each in found.ranked if each.accepting is not Accepting.NO]
    if len(takers) >= ENOUGH or not wanted.alternatives:
        return found
    return order_candidates(wanted, _of(wanted, candidates), today)


def wanted_for(client: Client, seat: Seat, pathway: Pathway | None) -> Wanted:
    """What the seat asks for: its discipline, who may stand in, the client's place and language."""
    role = pathway.role_by_discipline.get(seat.discipline) if pathway else None
    code = _language(client)
    wish = (language_name(code),) if code else ()
    return Wanted(
        discipline=seat.discipline,
        alternatives=role.alternatives if role else (),
        place_known=_near(client) is not None,
        languages=wish,
    )


def _language(client: Client) -> str:
    code = client.language
    return code if code and code != TAKEN_FOR_GRANTED else ""


def _near(client: Client) -> Place | None:
    if client.latitude is None or client.longitude is None:
        return None
    return Place(client.place or "", "", client.latitude, client.longitude, 0)


def _not_asked(actor: Actor, client: Client, seats: Sequence[Seat]) -> dict[str, Collection[UUID]]:
    """Whoever is on the team or asked, the lead, and whom the client does not want."""
    there = {seat.practitioner_id for seat in seats if seat.state in ("filled", "referred")}
    return {
        "on this team already": {client.lead_id, *(who for who in there if who is not None)},
        "not wanted by the client": list_refused(actor, client.id),
    }
