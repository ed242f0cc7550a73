"""Consent cards: what one person may know, in sentences that can be read out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from careteam.access.actor import Actor
from careteam.domain.consent import (
    ALERTS,
    IDENTITY,
    PLAN,
    Choice,
    Tick,
    classes_of_choice,
    consent_card,
    spoken_sentence,
)
from careteam.domain.pathway.words import discipline_words
from careteam.features.clients.models import Client, Goal
from careteam.features.consents.queries import (
    GivenConsent,
    Receiver,
    find_receivers,
    list_consents,
)
from careteam.features.pathways.content import load_content, pathway_of
from careteam.features.teams.seated_queries import Seated, list_seated
from careteam.features.teams.view import seat_label
from careteam.kit import clock
from careteam.web.frame.filters import day_short

ALWAYS = (IDENTITY, ALERTS)
"""Classes of every consent: no line to tick."""


@dataclass(frozen=True, slots=True)
class Card:
    """One person and what they may know now; `given` is None while they may know nothing.

    `stopped_on` is the day on which the client ended the last consent, where none stands. `place`
    is the goal and the seat they fill; they have one, too, while they are asked to fill it.
    """

    practitioner_id: UUID
    name: str
    roles: tuple[str, ...]
    disciplines: tuple[str, ...]
    given: GivenConsent | None
    is_seated: bool
    lacking_goals: int = 0
    stopped_on: date | None = None
    place: tuple[UUID, UUID] | None = None
    has_place: bool = False

    @property
    def is_blind(self) -> bool:
        """On the team without seeing all they work on, and the client has not decided so."""
        return self.is_seated and self.lacking_goals > 0 and self.stopped_on is None


def cards(actor: Actor, client: Client) -> list[Card]:
    """Everybody on a seat but the lead, and everybody else a standing consent names."""
    seated = [each for each in list_seated(actor, client.id) if each.name]
    every = list_consents(actor, client)
    standing = {
        given.consent.practitioner_id: given
        for given in reversed(every)
        if given.is_in_force(clock.today())
    }
    last = {given.consent.practitioner_id: given for given in reversed(every)}
    people = dict.fromkeys([each.practitioner_id for each in seated] + list(standing))
    people.pop(client.lead_id, None)
    seats = {key: [one for one in seated if one.practitioner_id == key] for key in people}
    apart = [key for key in people if not seats[key]]
    receivers = find_receivers(actor, apart) if apart else {}
    receivers |= {
        key: Receiver(key, held[0].name, seat_disciplines(held))
        for key, held in seats.items()
        if held
    }
    return [
        _card(receivers[key], seats[key], standing.get(key), last.get(key))
        for key in people
        if key in receivers
    ]


def _card(
    receiver: Receiver,
    seats: list[Seated],
    given: GivenConsent | None,
    last: GivenConsent | None,
) -> Card:
    filled = [seat for seat in seats if seat.state == "filled"]
    disciplines = seat_disciplines(seats) or receiver.disciplines
    covered = given.goal_ids if given else frozenset()
    return Card(
        practitioner_id=receiver.id,
        name=receiver.name,
        roles=labels(disciplines),
        disciplines=disciplines,
        given=given,
        is_seated=bool(filled),
        lacking_goals=len({seat.goal_id for seat in filled} - covered),
        stopped_on=_stopped_on(last) if given is None else None,
        place=(filled[0].goal_id, filled[0].seat_id) if filled else None,
        has_place=bool(seats),
    )


def _stopped_on(last: GivenConsent | None) -> date | None:
    """The day the client ended it; None where it ran out by itself or was never given."""
    if last is None or last.consent.withdrawn_at is None:
        return None
    return clock.day_of(last.consent.withdrawn_at)


def seat_disciplines(seats: Iterable[Seated]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(seat.discipline for seat in seats))


def labels(disciplines: Iterable[str]) -> tuple[str, ...]:
    """Short labels, as the places of a team show them."""
    return tuple(map(seat_label, disciplines))


def read_out(card: Card, recorded: Collection[str]) -> str | None:
    """What a card says in a sentence: of the classes in which something is `recorded`."""
    if card.given is None:
        return None
    return _sentence(card.name, card.given.consent.classes, recorded)


def _sentence(name: str, classes: Collection[str], recorded: Collection[str]) -> str:
    return spoken_sentence(load_content().catalogue.matrix, name, classes, recorded=recorded)


@dataclass(frozen=True, slots=True)
class Offer:
    """What the form about one person offers. `plain` and `own` are lines to tick."""

    receiver: Receiver
    disciplines: tuple[str, ...]
    names_sentence: str
    needed_sentence: str
    plain: tuple[Tick, ...]
    own: tuple[Tick, ...]
    goal_ids: frozenset[UUID]

    def reason(self, tick: Tick) -> str | None:
        """Why the class this role exists for stands first."""
        if not tick.is_subject:
            return None
        words = [discipline_words(load_content(), name) for name in self.disciplines]
        role = " and ".join(words) or "practitioner"
        return f"The part of the {role} is about this. It still needs its own yes."


def offer(
    actor: Actor,
    client: Client,
    receiver: Receiver,
    goals: Iterable[Goal],
    recorded: Collection[str],
) -> Offer:
    """The card's lines and sentences for one person of the directory."""
    matrix = load_content().catalogue.matrix
    seats = [s for s in list_seated(actor, client.id) if s.practitioner_id == receiver.id]
    disciplines = seat_disciplines(seats) or receiver.disciplines
    restricted = client.restricted_classes
    seat_goals = frozenset(seat.goal_id for seat in seats)
    ticks = consent_card(
        matrix,
        disciplines,
        recorded=recorded,
        subject_class=_subject(goal for goal in goals if goal.id in seat_goals),
        restricted=restricted,
    )
    names, needed = (
        _sentence(
            receiver.name,
            classes_of_choice(matrix, choice, disciplines, restricted=restricted),
            recorded,
        )
        for choice in (Choice.NAMES_AND_TIMES, Choice.NEEDED)
    )
    lines = [tick for tick in ticks if tick.information_class.id not in ALWAYS]
    return Offer(
        receiver=receiver,
        disciplines=disciplines,
        names_sentence=names,
        needed_sentence=needed,
        plain=tuple(tick for tick in lines if not tick.own_tick),
        own=tuple(tick for tick in lines if tick.own_tick),
        goal_ids=seat_goals,
    )


def _subject(goals: Iterable[Goal]) -> str | None:
    chosen = [pathway_of(goal) for goal in goals]
    return next((each.subject_class for each in chosen if each and each.subject_class), None)


def words_of_choice(choice: str, classes: Collection[str]) -> str:
    """A consent in two or three words, for a pill."""
    if choice == Choice.NAMES_AND_TIMES:
        return "Names and times only"
    if choice == Choice.NEEDED:
        return "What the part needs"
    return "Chosen item by item" if PLAN in classes else "A few items"


def state(card: Card, day: date) -> tuple[str, str]:
    """(words, kind) of the pill that says what this person sees on `day`."""
    if card.given is None and card.stopped_on:
        return f"Stopped on {day_short(card.stopped_on)}", "neutral"
    if card.given is None or not card.given.is_in_force(day):
        return "Cannot see anything yet", "wait"
    if not card.is_seated:
        return "Not on the team yet", "neutral"
    return words_of_choice(card.given.consent.choice, card.given.consent.classes), "good"
