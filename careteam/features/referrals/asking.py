"""The consent a referral needs: what stands, and what the card asks where nothing stands."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from careteam.access.actor import Actor
from careteam.domain.consent import (
    ALERTS,
    IDENTITY,
    Choice,
    classes_of_choice,
    consent_card,
    spoken_sentence,
)
from careteam.features.clients.models import Client, Goal
from careteam.features.consents.operations import record_consent
from careteam.features.consents.queries import (
    GivenConsent,
    get_receiver,
    list_consents,
    recorded_classes,
)
from careteam.features.pathways.content import load_content, pathway_of
from careteam.kit import clock

LETTERS = "letters_reports"


@dataclass(frozen=True, slots=True)
class ConsentAsked:
    """`given` is the sentence of the consent in force, None where one has to be asked for.

    `sentences` are what each choice would tell, to be read out; `ticks` the sensitive classes that
    need a yes of their own, as (class, words).
    """

    name: str
    given: str | None
    given_line: str
    sentences: dict[str, str]
    ticks: tuple[tuple[str, str], ...]


def consent_asked(
    actor: Actor, client: Client, goal: Goal, receiver_id: UUID, discipline: str | None
) -> ConsentAsked:
    """The consent for this person and goal; `discipline` is the seat's, else the person's own."""
    matrix = load_content().catalogue.matrix
    receiver = get_receiver(actor, receiver_id)
    disciplines = (discipline,) if discipline else receiver.disciplines
    # This letter itself is a letter: to say it stays unknown to its receiver would be untrue.
    recorded = recorded_classes(actor, client) - {LETTERS}
    standing = _standing(actor, client, goal.id, receiver_id)
    sentences = {
        str(choice): spoken_sentence(
            matrix,
            receiver.name,
            classes_of_choice(matrix, choice, disciplines, restricted=client.restricted_classes),
            recorded=recorded,
        )
        for choice in (Choice.NEEDED, Choice.NAMES_AND_TIMES)
    }
    pathway = pathway_of(goal)
    card = consent_card(
        matrix,
        disciplines,
        recorded=recorded,
        subject_class=pathway.subject_class if pathway else None,
        restricted=client.restricted_classes,
    )
    given = standing[0] if standing else None
    return ConsentAsked(
        name=receiver.name,
        given=spoken_sentence(matrix, receiver.name, given.consent.classes, recorded=recorded)
        if given
        else None,
        given_line=f"{client.called} agreed on {_day(given)}." if given else "",
        sentences=sentences,
        ticks=tuple(
            (tick.information_class.id, _capital(tick.information_class.spoken))
            for tick in card
            if tick.own_tick and tick.information_class.id not in (IDENTITY, ALERTS)
        ),
    )


def record_asked_consent(
    actor: Actor,
    client: Client,
    goal_id: UUID,
    receiver_id: UUID,
    *,
    consent_id: UUID,
    choice: str,
    items: list[str],
    how_given: str,
    discipline: str | None,
) -> None:
    """Record what the client agreed to, for this goal and those a consent covers already."""
    covered = {goal_id}
    for given in list_consents(actor, client):
        if given.consent.practitioner_id == receiver_id and given.is_in_force(clock.today()):
            covered |= given.goal_ids
    record_consent(
        actor=actor,
        client=client,
        consent_id=consent_id,
        practitioner_id=receiver_id,
        goal_ids=covered,
        choice=choice,
        items=items,
        how_given=how_given,
        disciplines=[discipline] if discipline else None,
    )


def _standing(actor: Actor, client: Client, goal_id: UUID, receiver_id: UUID) -> list[GivenConsent]:
    return [
        given
        for given in list_consents(actor, client)
        if given.consent.practitioner_id == receiver_id
        and goal_id in given.goal_ids
        and given.is_in_force(clock.today())
    ]


def _day(given: GivenConsent) -> str:
    day = given.consent.given_on
    return f"{day.day} {day:%B %Y}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
