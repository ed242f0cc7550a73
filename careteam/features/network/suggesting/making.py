"""From the open seats of a goal to the best teams and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import monotonic

from careteam.access.actor import Actor
from careteam.domain.suggestion.teams import Found, Place, best_teams
from careteam.features.clients.models import Client, Goal
from careteam.features.network.suggesting.basis import Basis, read_basis
from careteam.features.network.suggesting.lacking import Lacking
from careteam.features.network.suggesting.parts import (
    Change,
    Other,
    SeatAnswer,
    Suggestion,
    TeamAnswer,
    points,
)
from careteam.features.network.suggesting.telling import Telling
from careteam.features.network.suggesting.wishes import Wishes
from careteam.features.teams.models import Seat

SECONDS = 2.0
"""How long the best team is looked for; then the best found is shown as such."""
TEAMS = 4
NAMES_SHOWN = 2
"""Names of each seat, where there are so many; a newcomer stands beside them."""


def suggestion_of(
    actor: Actor, client: Client, goal: Goal, seats: Sequence[Seat], wishes: Wishes
) -> Suggestion:
    """The best team for those of `seats` to be filled, those filled or asked staying as they are.

    For whoever may edit the team. The lead, and who decides in their place, are taken out of the
    network first: who refers to them cannot count.
    """
    basis = read_basis(actor, client, goal, seats, wishes)
    found = _solved(basis, wishes)
    telling = Telling(basis, found, wishes)
    lacking = Lacking(actor, basis)
    answers = tuple(_seat_answer(seat, basis, found, telling, lacking) for seat in basis.open)
    return Suggestion(
        seats=answers,
        teams=_next_teams(basis, found, telling),
        together=tuple(basis.names[who] for who in basis.fixed),
        is_proven=found is None or found.is_proven,
        cost=found.teams[0].cost if found else 0,
        least=_least(basis, found),
        there=basis.there,
        candidates=len({who for facts in basis.facts.values() for who in facts}),
        place_known=basis.wish.place_known,
        seen=bool(basis.together),
    )


def _least(basis: Basis, found: Found | None) -> float:
    """What no team costs less than, whoever was looked at. Where a place is left without a name,
    nothing is known of others."""
    if found is None:
        return 0.0
    rest = 0.0 if basis.there and found.left_out else basis.rest
    return min(found.bound, rest)


def _solved(basis: Basis, wishes: Wishes) -> Found | None:
    places = [basis.place(seat, wishes.kept.get(seat.id)) for seat in basis.open]
    if not any(place.fits for place in places):
        return None
    fixed = [Place(who, {who: 0}) for who in basis.fixed]
    end = monotonic() + SECONDS
    return best_teams(
        [*fixed, *places],
        basis.together,
        weight=wishes.knowing,
        count=TEAMS,
        without=basis.decide,
        is_over=lambda: monotonic() > end,
    )


def _seat_answer(
    seat: Seat, basis: Basis, found: Found | None, telling: Telling, lacking: Lacking
) -> SeatAnswer:
    key = str(seat.id)
    first = found.teams[0].people.get(key) if found else None
    if found is None or first is None:
        return SeatAnswer(seat, None, empty=lacking.of(seat, is_wanted=bool(basis.choice(seat))))
    others = [who for who, _ in found.exchanges(key)]
    shown = others[: NAMES_SHOWN - 1]
    if not any(map(basis.is_newcomer, (first, *shown))):
        shown += [who for who in others if basis.is_newcomer(who)][:1]
    team = found.teams[0].people
    return SeatAnswer(
        seat,
        telling.name(seat, first, team),
        tuple(telling.other(seat, who, team) for who in shown),
        more=max(len(basis.choice(seat)), basis.by_discipline.get(seat.discipline, 0))
        - 1
        - len(shown),
    )


def _next_teams(basis: Basis, found: Found | None, telling: Telling) -> tuple[TeamAnswer, ...]:
    if found is None:
        return ()
    first, *others = found.teams
    return tuple(
        TeamAnswer(
            tuple(
                Change(
                    seat, _instead(telling, seat, team.people, first.people),
                    basis.names[first.people[str(seat.id)]],
                )
                for seat in basis.open
                if team.people.get(str(seat.id)) != first.people.get(str(seat.id))
            ),
            points(team.cost - first.cost),
        )
        for team in others
    )  # fmt: skip


def _instead(
    telling: Telling, seat: Seat, team: Mapping[str, str], first: Mapping[str, str]
) -> Other:
    return telling.other(seat, team[str(seat.id)], first, within=team)
