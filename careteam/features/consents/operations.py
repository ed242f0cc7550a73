"""Giving and withdrawing consent. A consent is never edited; a changed mind makes a new one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID, uuid4

from careteam.access.actor import Actor, Kind
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.consent import Choice, classes_of_choice, longest_until
from careteam.features.clients.models import Client
from careteam.features.clients.queries import list_goals
from careteam.features.consents.models import Consent, ConsentGoal
from careteam.features.consents.queries import (
    consents_standing,
    get_consent,
    get_receiver,
)
from careteam.features.pathways.content import load_content
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Invalid

WAYS = ("spoken", "screen", "paper")
REPLACED = "replaced"
"""`withdrawn_how` of a consent in whose place another was given."""


@operation(Permission.RECORD_CONSENT, on="client", action="consent.recorded")
def record_consent(
    *,
    actor: Actor,
    client: Client,
    consent_id: UUID,
    practitioner_id: UUID,
    goal_ids: Collection[UUID],
    choice: str,
    items: Collection[str] = (),
    how_given: str = "spoken",
    given_on: date | None = None,
    until_on: date | None = None,
    disciplines: Collection[str] | None = None,
) -> Consent:
    """Record what one practitioner may know, for which goals and until when.

    It takes the place of every consent that stands for the same practitioner, so that saying less
    shows less. `disciplines` are those of the seat, which decide what "needed" means; without them
    the practitioner's own. Without an end day it lasts twelve months. Raises `Invalid`.
    """
    receiver = get_receiver(actor, practitioner_id)
    given_on = given_on or clock.today()
    until_on = _until(given_on, until_on)
    if practitioner_id == client.lead_id:
        raise Invalid("Whoever keeps the record needs no consent.", field="practitioner")
    if practitioner_id == actor.practitioner_id:
        raise Invalid("Nobody records a consent for themselves.", field="practitioner")
    if how_given not in WAYS:
        raise Invalid("Say how the consent was given.", field="how_given")
    covered = _own_goals(actor, client, goal_ids)
    classes = _classes(
        choice, disciplines or receiver.disciplines, items, client.restricted_classes
    )
    for standing in consents_standing(client.id, practitioner_id, clock.today()):
        _end(standing, REPLACED)
    return _add(
        Consent(
            id=consent_id,
            client_id=client.id,
            author_id=actor.practitioner_id,
            practitioner_id=practitioner_id,
            choice=choice,
            classes=classes,
            given_on=given_on,
            how_given=how_given,
            until_on=until_on,
        ),
        covered,
    )


def _until(given_on: date, until_on: date | None) -> date:
    today, longest = clock.today(), longest_until(given_on)
    if given_on > today:
        raise Invalid("This day is still to come.", field="given_on")
    if until_on is None:
        until_on = longest
    if until_on > longest:
        raise Invalid("A consent lasts twelve months at most, then ask again.", field="until_on")
    if until_on < today:
        raise Invalid("This day is past.", field="until_on")
    return until_on


def _own_goals(actor: Actor, client: Client, goal_ids: Collection[UUID]) -> set[UUID]:
    known = {goal.id for goal in list_goals(actor, client)}
    chosen = set(goal_ids)
    if not chosen:
        raise Invalid("Choose at least one goal.", field="goals")
    if not chosen <= known:
        raise Invalid("Choose among the goals of this client.", field="goals")
    return chosen


def _classes(
    choice: str, disciplines: Collection[str], items: Collection[str], restricted: Collection[str]
) -> list[str]:
    try:
        classes = classes_of_choice(
            load_content().catalogue.matrix,
            Choice(choice),
            disciplines,
            items=items,
            restricted=restricted,
        )
    except ValueError:
        raise Invalid("Choose what may be known.", field="choice") from None
    return sorted(classes)


def _add(consent: Consent, goal_ids: Collection[UUID]) -> Consent:
    db.session.add(consent)
    db.session.flush()
    db.session.add_all(
        [ConsentGoal(consent_id=consent.id, goal_id=goal_id) for goal_id in sorted(goal_ids)]
    )
    return consent


def _end(consent: Consent, how: str) -> None:
    consent.withdrawn_at = clock.now()
    consent.withdrawn_how = how


@operation(Permission.RECORD_CONSENT, on="consent", action="consent.withdrawn")
def withdraw_consent(*, actor: Actor, consent: Consent, how: str = "spoken") -> Consent:
    """End a consent. It acts with the next request of whoever it named; twice does no harm."""
    if how not in WAYS:
        raise Invalid("Say how the consent was withdrawn.", field="how")
    if consent.withdrawn_at is None:
        _end(consent, how)
        if actor.kind is Kind.CLIENT:
            consent.untold_since = consent.withdrawn_at
    return consent


@operation(Permission.RECORD_CONSENT, on="consent", action="consent.recorded")
def give_consent_again(*, actor: Actor, consent: Consent) -> Consent:
    """Give anew, from today, what a withdrawn consent allowed: the undo of withdrawing.

    Raises `Invalid` once its last day has passed or while another stands.
    """
    if consent.withdrawn_at is None:
        raise Invalid("This consent stands already.")
    if consents_standing(consent.client_id, consent.practitioner_id, clock.today()):
        raise Invalid("Another consent for the same person stands already.")
    until_on = consent.until_on
    if until_on is not None and until_on < clock.today():
        raise Invalid("Its last day has passed. Please ask again.")
    again = Consent(
        id=uuid4(),
        client_id=consent.client_id,
        author_id=actor.practitioner_id,
        practitioner_id=consent.practitioner_id,
        choice=consent.choice,
        classes=list(consent.classes),
        given_on=clock.today(),
        how_given=consent.how_given,
        until_on=until_on,
    )
    consent.untold_since = None
    return _add(again, get_consent(actor, consent.id).goal_ids)
