"""Publishing a version of the plan, answering it, and entering by hand what somebody answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from sqlalchemy import inspect

from careteam.access.actor import Actor, Kind
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.planning import CLIENT, LEAD, Answer, difference, from_json, to_json
from careteam.features.clients.models import Goal
from careteam.features.plans.agreed import (
    BY_HAND,
    NO_STEPS,
    NOTHING_NEW,
    WAITING,
    AgreementView,
    agreement_of,
    print_of,
    structure_of,
)
from careteam.features.plans.models import PlanAgreement, PlanVersion
from careteam.features.plans.owners import owners_of
from careteam.features.plans.parties import Parties, Party, parties_of
from careteam.features.plans.queries import get_goal_of, lock_plan
from careteam.features.plans.safety import refuse_while_blocked
from careteam.features.plans.schedule import load_plan
from careteam.features.plans.telling import tell_lead_of_answer, tell_of_version
from careteam.features.plans.version_queries import answers_to, latest_number, list_versions
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict, Forbidden, Invalid, NotFound

WAYS = {Kind.MEMBER: "account", Kind.LINK: "link", Kind.CLIENT: "page"}
NO_WORDS = "The goal needs new words first; the client agrees to those as well."
FIRST_DAY = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Said:
    """What a party says to a version. `seen` is how often the page had it that they had answered
    this version: two who answer for one party at once are told of each other.
    """

    answer: str | None
    comment: str | None = None
    seen: int | None = 0


@dataclass(frozen=True, slots=True)
class Entered:
    """How somebody's answer reached whoever keeps the record, and when it was said."""

    way: str | None
    given_on: date | None


@operation(Permission.EDIT_PLAN, on="goal", action="plan.published")
def publish_version(
    *, actor: Actor, goal: Goal, after: int | None, seen: str | None = None
) -> PlanVersion:
    """Put the plan as it stands before everybody. Whoever publishes it agrees to it.

    `after` is the number of the last version that the page knew of, 0 before the first, and `seen`
    the print of the plan that it showed. Raises `Invalid` while the answers block the plan or lead
    to another pathway, while the goal waits for new words, without a milestone and where nothing
    has changed; `Conflict` where somebody else has published or changed the plan meanwhile.
    """
    refuse_while_blocked(actor, goal)
    if goal.set_aside_at is not None:
        raise Invalid(NO_WORDS)
    lock_plan(goal)
    versions = list_versions(actor, goal)
    last = versions[-1].number if versions else 0
    if after != last:
        raise Conflict(f"Version {last} was published meanwhile. Look at it first.")
    shot = structure_of(load_plan(actor, goal))
    if seen is not None and seen != print_of(shot):
        raise Conflict("The plan was changed meanwhile. Look again at what you publish.")
    if not shot.steps:
        raise Invalid(NO_STEPS)
    if versions and not difference(from_json(versions[-1].structure), shot):
        raise Invalid(NOTHING_NEW.format(number=last))
    version = PlanVersion(
        id=uuid4(),
        client_id=goal.client_id,
        goal_id=goal.id,
        author_id=actor.practitioner_id,
        number=last + 1,
        structure=to_json(shot),
        published_at=clock.now(),
        published_by=actor.name,
    )
    db.session.add(version)
    db.session.flush()
    db.session.add(_row(actor, version, LEAD, Said(Answer.AGREED), 1))
    db.session.flush()
    asked = asked_of(agreement_of(actor, goal))
    version.asks_client = any(party.key == CLIENT for party in asked)
    tell_of_version(actor, version, asked)
    return version


def asked_of(view: AgreementView) -> list[Party]:
    """Who has yet to answer the latest version."""
    return [line.party for line in view.of_state(WAITING)]


@operation(Permission.ANSWER_PLAN, on="version", action="agreement.given")
def answer_version(*, actor: Actor, version: PlanVersion, said: Said) -> PlanAgreement:
    """Say what one thinks of the latest version: the client, or somebody seated, for themselves.

    A later answer replaces an earlier one, which is kept. Saying the same twice is saying it once.
    Raises `Forbidden` for whoever keeps the record, who agrees by publishing; `Invalid` beside the
    field; `Conflict` where a newer version is out, or somebody else answered for the party.
    """
    goal = _locked_goal(actor, version)
    whose = _parties(actor, goal).reader
    if whose is None or whose.key == LEAD:
        raise Forbidden
    row = _say(actor, version, whose, said)
    if inspect(row).pending:
        tell_lead_of_answer(actor, goal, version, Answer(row.answer))
    return row


@operation(Permission.EDIT_PLAN, on="version", action="agreement.entered")
def record_answer(
    *, actor: Actor, version: PlanVersion, party: str | None, said: Said, entered: Entered
) -> PlanAgreement:
    """Write down what somebody said on the telephone, in a letter or face to face.

    Raises as `answer_version`, and `Invalid` without whose answer it is, how it came and when.
    """
    parties = _parties(actor, _locked_goal(actor, version))
    if not party:
        raise Invalid("Choose whose answer it is.", field="party")
    whose = parties.by_key(party)
    if whose is None or whose.key == LEAD:
        raise NotFound
    if whose.key == CLIENT and said.answer == Answer.COPIED:
        raise Invalid(
            "The plan runs once the client agrees: choose what they said.", field="answer"
        )
    if entered.way not in BY_HAND:
        raise Invalid("Say how the answer reached you.", field="way")
    if entered.given_on is None or not FIRST_DAY <= entered.given_on <= clock.today():
        raise Invalid("Give the day it was said, today or before.", field="given_on")
    return _say(actor, version, whose, said, entered)


def _locked_goal(actor: Actor, version: PlanVersion) -> Goal:
    goal = get_goal_of(actor, version)
    lock_plan(goal)
    return goal


def _parties(actor: Actor, goal: Goal) -> Parties:
    plan = load_plan(actor, goal)
    return parties_of(owners_of(actor, plan, "The client"))


def _say(
    actor: Actor, version: PlanVersion, party: Party, said: Said, entered: Entered | None = None
) -> PlanAgreement:
    _check(version, said)
    before = answers_to(version, party.key)
    last = before[-1] if before else None
    row = _row(actor, version, party.key, said, (last.number if last else 0) + 1, entered)
    row.seat_id, row.person_id = party.seat_id, party.person_id
    if last is not None and _same(last, row):
        return last
    if said.seen != (last.number if last else 0):
        raise Conflict("Another answer was kept meanwhile. Look at it before changing it.")
    db.session.add(row)
    return row


def _check(version: PlanVersion, said: Said) -> None:
    latest = latest_number(version.goal_id)
    if version.number != latest:
        raise Conflict(f"Version {latest} is published meanwhile. Look at it first.")
    if said.answer not in set(Answer):
        raise Invalid("Choose an answer.", field="answer")
    if said.answer == Answer.OBJECTS and not said.comment:
        raise Invalid("Say what worries you, in a few words.", field="comment")


def _same(one: PlanAgreement, other: PlanAgreement) -> bool:
    return all(
        getattr(one, name) == getattr(other, name)
        for name in ("person_id", "answer", "comment", "way", "given_on")
    )


def _row(
    actor: Actor,
    version: PlanVersion,
    party: str,
    said: Said,
    number: int,
    entered: Entered | None = None,
) -> PlanAgreement:
    return PlanAgreement(
        id=uuid4(),
        client_id=version.client_id,
        goal_id=version.goal_id,
        version_id=version.id,
        author_id=actor.practitioner_id,
        party=party,
        person_id=actor.practitioner_id if party == LEAD else None,
        number=number,
        answer=said.answer,
        comment=said.comment,
        way=entered.way if entered else WAYS[actor.kind],
        given_on=entered.given_on if entered else clock.today(),
        at=clock.now(),
        by_name=actor.name,
    )
