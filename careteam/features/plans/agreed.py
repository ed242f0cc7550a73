"""How the agreement on a plan stands, for one reader: who agreed to what, and what changed since.

A milestone that the reader is not shown is left out of every version and seen through; so is one
that rests on a measure which the safety answers hide: safety acts at once and asks nobody. What
belongs to a pathway that was left is told to nobody but whoever keeps the record.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.domain.planning import (
    LEAD,
    Agreement,
    Answer,
    Snapshot,
    agreement,
    from_json,
    snapshot,
    to_json,
    without,
)
from careteam.features.clients.models import Goal
from careteam.features.plans.changes import owner_key
from careteam.features.plans.differing import ChangeLine, change_lines
from careteam.features.plans.models import PlanAgreement, PlanVersion
from careteam.features.plans.owners import Owners, owners_of
from careteam.features.plans.parties import Parties, Party, parties_of
from careteam.features.plans.schedule import HIDDEN_MEASURE, Plan, load_plan
from careteam.features.plans.version_queries import list_answers, list_versions

Given = Mapping[tuple[str, int], PlanAgreement]
"""The answer that counts, by party and number of the version."""
NO_STEPS = "There is nothing to agree to yet: make the plan first."
NOTHING_NEW = "Nothing has changed since version {number}."
WAITING = "waiting"
BY_HAND = {"phone": "by telephone", "letter": "by letter", "in_person": "in person"}
"""Ways of an answer that the lead enters, in words."""


@dataclass(frozen=True)
class PartyLine:
    """One party's word on the latest version.

    `state`: agreed, objects, copied or waiting. `version` is the one it was said to, which may be
    an earlier one that differs in nothing for them. `comment` is empty for those it is not for.
    `seen` counts what they have said to the latest version: forms carry it.
    """

    party: Party
    state: str
    version: int | None
    seen: int
    row: PlanAgreement | None = None
    comment: str = ""

    @property
    def by_hand(self) -> str:
        """How it reached the lead, where somebody else wrote it down; else empty."""
        return BY_HAND.get(self.row.way, "") if self.row else ""


@dataclass(frozen=True)
class AgreementView:
    """`changes` are those since the latest version; `unagreed` says, by milestone, what differs
    from the version that runs, or from the latest while none does. `now` is the plan as it stands.
    """

    owners: Owners
    parties: Parties
    versions: Sequence[PlanVersion]
    shots: Mapping[int, Snapshot]
    now: Snapshot
    standing: Agreement | None = None
    unagreed: Mapping[str, str] = field(default_factory=dict)
    may_publish: bool = False
    given: Given = field(default_factory=dict)

    @cached_property
    def lines(self) -> tuple[PartyLine, ...]:
        if self.standing is None:
            return ()
        return tuple(_line(party, self, self.standing, self.given) for party in self.parties.all)

    @cached_property
    def changes(self) -> tuple[ChangeLine, ...]:
        if self.standing is None:
            return ()
        return change_lines(self.shots[self.standing.number], self.now, self.owners.label)

    @property
    def latest(self) -> PlanVersion | None:
        return self.versions[-1] if self.versions else None

    @property
    def next_number(self) -> int:
        return self.versions[-1].number + 1 if self.versions else 1

    @property
    def mine(self) -> PartyLine | None:
        """The reader's own line, unless they are the one who publishes."""
        return next(
            (each for each in self.lines if each.party.is_reader and each.party.key != LEAD), None
        )

    @property
    def news(self) -> tuple[ChangeLine, ...]:
        """What the version that waits for the reader changes."""
        return self.new_to_reader if self.to_answer is not None else ()

    @property
    def new_since(self) -> int | None:
        """The version that the latest one is news to for the reader: the last before it that they
        have answered, or else the one that runs, or else the one before.
        """
        if self.latest is None or self.parties.reader is None:
            return None
        number, running = self.latest.number, self.running
        answered = [at for key, at in self.given if key == self.parties.reader.key and at < number]
        runs = running.number if running and running.number < number else number - 1
        before = max(answered, default=runs)
        return before if before in self.shots else None

    @property
    def new_to_reader(self) -> tuple[ChangeLine, ...]:
        if self.latest is None or self.new_since is None:
            return ()
        before, latest = self.shots[self.new_since], self.shots[self.latest.number]
        return change_lines(before, latest, self.owners.label)

    @property
    def to_answer(self) -> int | None:
        """The number of the version that waits for the reader's word."""
        mine = self.mine
        return self.latest.number if self.latest and mine and mine.state == WAITING else None

    @property
    def running(self) -> PlanVersion | None:
        runs = self.standing.runs if self.standing else None
        return next((row for row in self.versions if row.number == runs), None)

    @property
    def to_be_asked(self) -> tuple[Party, ...]:
        """Who would be asked by a version of the plan as it stands now."""
        number = self.next_number
        shots = {**self.shots, number: self.now}
        answers = {key: Answer(row.answer) for key, row in self.given.items()}
        found = agreement(
            {each: self.parties.owned(shot) for each, shot in shots.items()},
            {**answers, (LEAD, number): Answer.AGREED},
            [party.key for party in self.parties.all],
        )
        return tuple(party for party in self.parties.all if party.key in found.waiting)

    @property
    def why_not(self) -> str:
        """Why there is nothing to publish; empty where there is."""
        if not self.now.steps:
            return NO_STEPS
        if self.latest and not self.changes:
            return NOTHING_NEW.format(number=self.latest.number)
        return ""

    def of_state(self, state: str) -> tuple[PartyLine, ...]:
        return tuple(each for each in self.lines if each.state == state)


def agreement_of(actor: Actor, goal: Goal, client_name: str = "The client") -> AgreementView:
    """For pages that have no plan in hand; see `view_agreement`."""
    plan = load_plan(actor, goal)
    return view_agreement(actor, plan, owners_of(actor, plan, client_name))


def view_agreement(actor: Actor, plan: Plan, owners: Owners) -> AgreementView:
    """How things stand, within the actor's reach: two statements, whatever there is."""
    versions, parties = list_versions(actor, plan.goal), parties_of(owners)
    may_publish = allowed(actor, Permission.EDIT_PLAN, plan.goal)
    every = {row.number: shown(plan, from_json(row.structure)) for row in versions}
    left = () if may_publish else {str(row.id) for row, _ in plan.aside}
    shots = {number: without(shot, left) for number, shot in every.items()}
    now = shown(plan, structure_of(plan))
    bare = AgreementView(owners, parties, versions, shots, now, may_publish=may_publish)
    if not versions:
        return bare
    given = last_answers(list_answers(actor, plan.goal), versions, parties)
    standing = standing_of(parties, every, given)
    base = shots[standing.runs or standing.number]
    return replace(
        bare,
        given=given,
        standing=standing,
        unagreed={each.id: each.words for each in change_lines(base, now, owners.label)},
    )


def structure_of(plan: Plan) -> Snapshot:
    """The plan as a snapshot. A milestone stays its seat's when that ends: whom it falls to then
    depends on how far it is, and progress makes no difference.
    """
    owners = {str(row.id): owner_key(row) for row in plan.rows}
    return snapshot(
        value if value.owner == owners[value.id] else replace(value, owner=owners[value.id])
        for value in plan.values
    )


def print_of(shot: Snapshot) -> str:
    """Tells this plan from others, so that nothing is agreed to but what was shown."""
    return hashlib.sha256(json.dumps(to_json(shot), sort_keys=True).encode()).hexdigest()[:16]


def shown(plan: Plan, shot: Snapshot) -> Snapshot:
    """What of a snapshot the reader of this plan may see."""
    aside = {str(row.id) for row, why in plan.aside if why != HIDDEN_MEASURE}
    known = {*plan.by_id, *aside, *(str(row.id) for row in plan.removed)}
    seats = {str(seat_id) for seat_id in plan.seats}
    hidden = {
        step.id for step in shot.steps if step.id not in known or not _is_known(step.owner, seats)
    }
    return without(shot, hidden)


def _is_known(owner: str, seats: set[str]) -> bool:
    return owner in seats or not _is_seat(owner)


def _is_seat(owner: str) -> bool:
    try:
        UUID(owner)
    except ValueError:
        return False
    return True


def last_answers(
    answers: Sequence[PlanAgreement], versions: Sequence[PlanVersion], parties: Parties
) -> dict[tuple[str, int], PlanAgreement]:
    """Who fills a seat now did not say what somebody before them said."""
    numbers = {row.id: row.number for row in versions}
    return {
        (row.party, numbers[row.version_id]): row
        for row in answers
        if row.version_id in numbers and _is_theirs(row, parties)
    }


def _is_theirs(row: PlanAgreement, parties: Parties) -> bool:
    party = parties.by_key(row.party)
    return party is not None and (party.key == LEAD or party.person_id == row.person_id)


def standing_of(parties: Parties, shots: Mapping[int, Snapshot], given: Given) -> Agreement:
    return agreement(
        {number: parties.owned(shot) for number, shot in shots.items()},
        {key: Answer(row.answer) for key, row in given.items()},
        [party.key for party in parties.all],
    )


def _line(party: Party, view: AgreementView, standing: Agreement, given: Given) -> PartyLine:
    word = standing.standings.get(party.key)
    latest = given.get((party.key, standing.number))
    seen = latest.number if latest else 0
    if word is None:
        return PartyLine(party, WAITING, None, seen)
    row = given[party.key, word.version]
    comment = row.comment if row.comment and (view.may_publish or party.is_reader) else ""
    return PartyLine(party, word.answer.value, word.version, seen, row, comment)
