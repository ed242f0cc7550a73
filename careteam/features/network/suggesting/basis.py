"""Everything a suggestion rests on, read once: candidates, how they answer, who works together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from uuid import UUID

from careteam.access.actor import Actor
from careteam.domain.matching import Accepting, Candidate, Ranked, Shortlist, Wanted
from careteam.domain.matching.words import shared_languages
from careteam.domain.network.ties import Band, band_of
from careteam.domain.responsiveness import Responsiveness
from careteam.domain.suggestion.fit import Facts, Fit, Wish, fit_of
from careteam.domain.suggestion.teams import Place
from careteam.domain.suggestion.together import Together
from careteam.features.clients.models import Client, Goal
from careteam.features.directory.interests import disclosures
from careteam.features.directory.queries import names_of
from careteam.features.network.everybody import worked_together
from careteam.features.network.suggesting.choosing import Choosing
from careteam.features.network.suggesting.wishes import Wishes
from careteam.features.responsiveness.figures import measure_some
from careteam.features.teams.candidates import narrowed_lists
from careteam.features.teams.models import Seat

Lists = Mapping[UUID, tuple[Wanted, Shortlist]]


@dataclass(slots=True)
class Basis:
    """By seat: what it asks for, the shortlist, and the facts and fit of whoever may be chosen.

    `fixed` are those who fill a seat or are asked for one, `decide` the lead and whoever acts for
    them. In `together` each direction weighs the lowest number of its band, taken as accepted,
    since no more may be seen of it; `bands` are the ties of those who may be on this team, by the
    pair in order. `there` counts those who could be asked where not all of them were looked at,
    `by_discipline` of which, and no team with one of the others costs less than `rest`.
    `interests` says what the client is to be told of somebody. People are keys as text.
    """

    open: Sequence[Seat]
    wish: Wish
    fixed: tuple[str, ...]
    decide: frozenset[str]
    together: Together
    there: int = 0
    by_discipline: Mapping[str, int] = field(default_factory=dict)
    rest: float = inf
    interests: Mapping[str, str] = field(default_factory=dict)
    bands: dict[tuple[str, str], Band] = field(default_factory=dict)
    wanted: dict[UUID, Wanted] = field(default_factory=dict)
    lists: dict[UUID, Shortlist] = field(default_factory=dict)
    facts: dict[UUID, dict[str, Facts]] = field(default_factory=dict)
    fits: dict[UUID, dict[str, Fit]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    people: dict[str, Candidate] = field(default_factory=dict)
    answers: Mapping[UUID, Responsiveness] = field(default_factory=dict)

    def choice(self, seat: Seat) -> Mapping[str, Fit]:
        """Who may be chosen for the seat, or shown beside whoever is kept for it."""
        return self.fits[seat.id]

    def place(self, seat: Seat, kept: UUID | None) -> Place:
        """The seat as the search takes it."""
        fits = {who: fit.cost for who, fit in self.choice(seat).items()}
        return Place(str(seat.id), fits, str(kept) if str(kept) in fits else None)

    def is_newcomer(self, who: str) -> bool:
        """Whether the reader can know neither how they answer nor with whom they work."""
        answers = self.answers.get(UUID(who))
        return not self.together.is_tied(who) and (answers is None or answers.n == 0)

    def tie(self, one: str, other: str) -> Band | None:
        return self.bands.get((min(one, other), max(one, other)))


def read_basis(
    actor: Actor, client: Client, goal: Goal, seats: Sequence[Seat], wishes: Wishes
) -> Basis:
    """Reads everything; the number of statements does not depend on seats or candidates."""
    decide = {who for who in (client.lead_id, actor.practitioner_id) if who is not None}
    seated = [seat.practitioner_id for seat in seats if seat.state in ("filled", "referred")]
    fixed = tuple(dict.fromkeys(str(who) for who in seated if who and who not in decide))
    together = worked_together(actor, frozenset(decide))
    to_fill = [seat for seat in seats if seat.state in wishes.states]
    choosing = Choosing(actor, wishes, together, fixed, frozenset(map(str, decide)), to_fill)
    lists, there = _lists(actor, client, goal, to_fill, wishes, choosing)
    found = Basis(
        open=to_fill,
        wish=_wish([wanted for wanted, _ in lists.values()]),
        fixed=fixed,
        decide=frozenset(map(str, decide)),
        together=together,
        there=there,
        by_discipline=choosing.there if there else {},
        rest=choosing.rest if there else inf,
    )
    for seat in to_fill:
        found.wanted[seat.id], found.lists[seat.id] = lists[seat.id]
    chosen = {
        seat.id: _may_be_chosen(lists[seat.id][1], wishes.kept.get(seat.id)) for seat in to_fill
    }
    found.people = {
        each.practitioner_id: each for several in chosen.values() for each, _ in several
    }
    found.interests = disclosures(actor, decide, found.people.values())
    mains = {UUID(key): (*each.disciplines, "")[0] for key, each in found.people.items()}
    found.answers = measure_some(actor, mains)
    found.names = {key: each.name for key, each in found.people.items()}
    ties = together.among({*found.people, *fixed})
    found.bands = {pair: band for pair, weight in ties.items() if (band := band_of(weight))}
    found.names.update({str(key): name for key, name in names_of(map(UUID, fixed)).items()})
    weights = wishes.weights
    for seat in to_fill:
        facts = {
            each.practitioner_id: _facts(found, found.wanted[seat.id], each, accepting)
            for each, accepting in chosen[seat.id]
        }
        found.facts[seat.id] = facts
        found.fits[seat.id] = {
            who: fit_of(each, found.wish, weights) for who, each in facts.items()
        }
    return found


def _lists(
    actor: Actor,
    client: Client,
    goal: Goal,
    seats: Sequence[Seat],
    wishes: Wishes,
    choosing: Choosing,
) -> tuple[Lists, int]:
    """The shortlists, and how many could be asked where these are not all of them.

    A place for which nobody is left is told with everybody in view: why it is empty, and who could
    know somebody, would else be said of a part.
    """
    lists = narrowed_lists(actor, client, seats, goal, wishes.hard, choosing)
    if any(not any(map(takes, shortlist.ranked)) for _, shortlist in lists.values()):
        return narrowed_lists(actor, client, seats, goal, wishes.hard), 0
    if not choosing.is_cut:
        return lists, 0
    asked = {each.discipline for each, _ in lists.values()}
    return lists, sum(choosing.there[name] for name in asked)


def _may_be_chosen(shortlist: Shortlist, kept: UUID | None) -> list[tuple[Candidate, Accepting]]:
    """Those who do not refuse new clients, and whoever is kept for the seat.

    A name that was kept stays although a wish would take it off by now.
    """
    found = [
        (each.candidate, each.accepting)
        for each in shortlist.ranked
        if takes(each) or each.candidate.practitioner_id == str(kept)
    ]
    return found + [
        (each.candidate, each.candidate.accepting)
        for each in shortlist.excluded
        if each.candidate.practitioner_id == str(kept) and not each.candidate.ruled_out
    ]


def takes(ranked: Ranked) -> bool:
    """Whether they may be suggested: all but those who say that they take nobody."""
    return ranked.accepting is not Accepting.NO


def _wish(wanted: Sequence[Wanted]) -> Wish:
    """The same of every seat: it is the client's."""
    first = next(iter(wanted), None)
    return Wish(first.place_known, first.languages) if first else Wish()


def _facts(found: Basis, wanted: Wanted, candidate: Candidate, accepting: Accepting) -> Facts:
    answers = found.answers.get(UUID(candidate.practitioner_id), Responsiveness())
    speaks = bool(shared_languages(wanted, candidate)) if candidate.languages else None
    takes_new = {Accepting.YES: True, Accepting.NO: False}.get(accepting)
    counted = answers.median_days
    return Facts(
        answers=answers.answers.share if answers.answers else None,
        acceptance=answers.acceptance.share if answers.acceptance else None,
        answer_hours=answers.median_hours,
        distance_km=candidate.distance_km,
        fee=candidate.fee,
        speaks=speaks,
        takes_new=takes_new,
        wait_days=candidate.usual_wait_days if counted is None else round(counted),
        wait_n=0 if counted is None else answers.visits,
    )
