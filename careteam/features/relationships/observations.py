"""Facts noted about somebody, shared, taken back; and what the person described says to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from careteam.access.actor import SYSTEM, Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.relationships.observing import ANSWERS, RESULTS, Fact
from careteam.features.directory.checking import web_address
from careteam.features.directory.queries import find_practitioner
from careteam.features.relationships.models import Observation
from careteam.features.relationships.observation_queries import list_about_removed
from careteam.features.relationships.operations import NO_ENTRY
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Forbidden, Invalid, NotFound


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look showed. Only what belongs to its fact is kept."""

    fact: Fact
    observed_on: date | None = None
    result: str | None = None
    body: str | None = None
    number: str | None = None
    until_on: date | None = None
    last_post_on: date | None = None
    answers_public: str | None = None
    is_helpful: str | None = None
    link: str | None = None
    note: str | None = None


def new_observation(actor: Actor, practitioner_id: UUID) -> Observation:
    """The unsaved row for `note_observation`. Raises `NotFound` for an entry that is not there or
    asked to be removed, `Forbidden` for somebody without one, `Invalid` for oneself.
    """
    if actor.practitioner_id is None:
        raise Forbidden(NO_ENTRY)
    if practitioner_id == actor.practitioner_id:
        raise Invalid("This is your own entry.")
    entry = find_practitioner(actor, practitioner_id)
    if entry is None or entry.removal_asked_at is not None:
        raise NotFound
    return Observation(author_id=actor.practitioner_id, practitioner_id=practitioner_id)


@operation(Permission.KEEP_OWN_NOTES, on="observation", action="observation.noted")
def note_observation(
    *, actor: Actor, observation: Observation, looked: Looked, is_shared: bool
) -> Observation:
    """`observation` is new and its author the actor. Raises `Invalid` beside the form's field."""
    _check_days(looked)
    if looked.fact in RESULTS and looked.result not in RESULTS[looked.fact]:
        raise Invalid("Choose what it showed.", field=looked.fact.value)
    if looked.fact is Fact.REGISTER and not looked.body:
        raise Invalid("Say which register.", field="body")
    for name in ("answers_public", "is_helpful"):
        if getattr(looked, name) not in (None, *ANSWERS):
            raise Invalid("Choose yes, no or unclear.", field=name)
    observation.fact = looked.fact.value
    observation.observed_on = looked.observed_on or clock.today()
    for name in ("result", "body", "number", "until_on", "last_post_on", "note"):
        setattr(observation, name, getattr(looked, name))
    observation.answers_public, observation.is_helpful = looked.answers_public, looked.is_helpful
    observation.link = web_address(looked.link, field=f"{looked.fact.value}_link")
    observation.shared_at = clock.now() if is_shared else None
    db.session.add(observation)
    return observation


def _check_days(looked: Looked) -> None:
    today = clock.today()
    for name in ("observed_on", "last_post_on"):
        day = getattr(looked, name)
        if day is not None and day > today:
            raise Invalid("This day is still to come.", field=name)
    if looked.fact is Fact.INSURANCE and looked.until_on is None:
        raise Invalid("Give the day on which it ends.", field="until_on")


@operation(Permission.KEEP_OWN_NOTES, on="observation", action="observation.shared")
def share_observation(*, actor: Actor, observation: Observation) -> Observation:
    """From now on all members and the person described read it."""
    observation.shared_at = observation.shared_at or clock.now()
    return observation


@operation(Permission.KEEP_OWN_NOTES, on="observation", action="observation.removed")
def remove_observation(*, actor: Actor, observation: Observation) -> Observation:
    """Nobody reads it any more; again changes nothing."""
    observation.removed_at = observation.removed_at or clock.now()
    return observation


@operation(Permission.KEEP_OWN_NOTES, on="observation", action="observation.restored")
def restore_observation(*, actor: Actor, observation: Observation) -> Observation:
    observation.removed_at = None
    return observation


@operation(Permission.ANSWER_OBSERVATION, on="observation", action="observation.answered")
def answer_observation(
    *, actor: Actor, observation: Observation, said: str | None, is_contested: bool
) -> Observation:
    """What the person described says to it, read beside it by everybody; nothing takes it back.

    Raises `Invalid` for contesting without a word.
    """
    if is_contested and not said:
        raise Invalid("Say in a few words what is not right.", field="said")
    observation.said, observation.is_contested = said, is_contested
    observation.said_at = clock.now() if said else None
    return observation


@operation(None, action="observation.erased")
def erase_observation(*, actor: Actor, observation: Observation) -> None:
    """For the application: about somebody who asked to be removed."""
    db.session.delete(observation)


def forget_about_removed() -> str | None:
    """The job: erase what was observed about people who asked to be removed."""
    found = list_about_removed()
    for each in found:
        erase_observation(actor=SYSTEM, observation=each)
    return f"Facts erased about people who were removed: {len(found)}." if found else None
