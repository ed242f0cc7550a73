"""The plan of a referral: computed whenever something happens to it, stored beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral import Action, Event, Route, State
from careteam.domain.referral.policy import Plan, Policy, Step, plan_of, standard_policy
from careteam.domain.referral.waiting import WAITED_FOR, Calendar, Loss, Pause, Waiting, waiting_of
from careteam.features.pathways.content import load_content
from careteam.features.referrals.chasing.queries import (
    Case,
    events_by_referral,
    find_case,
    list_defaults,
    losses_by_referral,
    mark_told,
    pauses_by_referral,
)
from careteam.features.referrals.history import event_of
from careteam.features.referrals.models import Chase, ChasePause
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.holidays import public_holidays
from careteam.settings import Settings

COLUMNS = ("due_at", "tell_at", "propose_at", "lost_at", "unreachable")
STEPS = tuple(Step)


@dataclass(frozen=True, slots=True)
class Planned:
    """Where one referral stands with its policy. `waiting` is None when nobody is waited for.

    `plan` holds what is still to come; within a pause nothing of it falls due.
    """

    case: Case
    policy: Policy
    waiting: Waiting | None
    plan: Plan

    @property
    def is_told(self) -> bool:
        told_at = self.case.told_at
        return told_at is not None and self.waiting is not None and told_at >= self.waiting.since_at

    def undone(self, step: Step) -> datetime | None:
        """When a step that a worker takes is due, None for one it does not take or has taken.

        The sample is never written to, and what belongs to the telephone has no message.
        """
        nobody = self.case.is_sample or self.policy.every_hour
        if nobody or step is Step.PROPOSE or (step is Step.TELL and self.is_told):
            return None
        return self.plan.at(step)

    def step_due(self, now: datetime) -> Step | None:
        """The first step that a worker has to take now."""
        for step in STEPS:
            due_at = self.undone(step)
            if due_at is not None and due_at <= now:
                return step
        return None

    def row(self) -> dict[str, Any]:
        """The stored columns."""
        times = [at for at in map(self.undone, STEPS) if at is not None]
        due_at = min(times, default=None)
        return {
            "referral_id": self.case.referral_id,
            "due_at": due_at,
            "tell_at": self.plan.tell,
            "propose_at": self.plan.propose,
            "lost_at": self.waiting.lost_at if self.waiting else None,
            "unreachable": self.case.unreachable,
        }


def calendar() -> Calendar:
    """The community's working days."""
    settings: Settings = current_app.extensions["careteam_settings"]
    return _calendar(settings.timezone, settings.country, settings.region)


@lru_cache(maxsize=8)
def _calendar(zone: tzinfo, country: str, region: str | None) -> Calendar:
    return Calendar(zone, public_holidays(country, region))


def catalogue_policy(urgency: Urgency) -> Policy:
    """The steps by the norms of the catalogue."""
    level = load_content().catalogue.urgency_levels[urgency]
    return standard_policy(
        urgency, level.acknowledge_within_hours, level.chase_after_hours, level.reply_within_days
    )


def is_editable(urgency: Urgency) -> bool:
    """What is for the telephone is never lengthened, and what asks no answer has no steps."""
    return catalogue_policy(urgency).remind is not None


def community_policies() -> dict[Urgency, Policy]:
    """The steps of every urgency as this community has them: one statement."""
    changed = {row.urgency: row for row in list_defaults()}
    return {
        urgency: steps_of(changed[urgency])
        if urgency in changed and is_editable(urgency)
        else catalogue_policy(urgency)
        for urgency in Urgency
    }


def steps_of(row: Any) -> Policy:
    return Policy(row.remind_days, row.tell_days, row.propose_days, row.expire_days)


def may_remind(case: Case, events: Sequence[Event]) -> bool:
    """Whether a message may remind the receiver: one reached them before, or the sender says so."""
    routes = [event.data.get("route") for event in events if event.action is Action.SEND]
    route = routes[-1] if routes else None
    reached = route in (Route.INBOX, Route.MAIL)
    return not case.unreachable and (reached or (route == Route.LINK and case.may_mail))


def planned(
    case: Case,
    events: Sequence[Event],
    pauses: Iterable[ChasePause],
    policies: Mapping[Urgency, Policy],
    now: datetime,
    loss: Loss | None = None,
) -> Planned:
    """The plan of one referral; of a past one, and of one nobody is waited for, an empty one."""
    urgency = Urgency(case.urgency)
    policy = policies[urgency]
    if case.own is not None and not policy.every_hour:
        policy = case.own
    days = calendar()
    spans = [Pause(row.from_at, row.until_at) for row in pauses]
    if policy.every_hour:
        loss = None  # it is for the telephone anyway
    waiting = None if case.is_past else waiting_of(events, days, spans, loss)
    if waiting is None:
        return Planned(case, policy, None, Plan())
    plan = plan_of(waiting, policy, days, may_remind=may_remind(case, events))
    if waiting.lost_at is not None:
        return Planned(case, policy, waiting, plan)  # a pause is about waiting, and nobody waits
    return Planned(case, policy, waiting, plan.held(waiting.pause_at(now), now))


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the plans of a number of referrals rest on. Whoever adds an event adds it here too."""

    events: Mapping[UUID, list[Event]]
    pauses: Mapping[UUID, list[ChasePause]]
    losses: Mapping[UUID, Loss]
    policies: Mapping[Urgency, Policy]
    now: datetime

    def plan(self, case: Case) -> Planned:
        id_ = case.referral_id
        pauses, loss = self.pauses[id_], self.losses.get(id_)
        return planned(case, self.events[id_], pauses, self.policies, self.now, loss)


def grounds_of(ids: Collection[UUID], events: Sequence[Event] | None = None) -> Grounds:
    """Four statements, whatever the number. `events` are those of a single one, where known."""
    if events is None:
        rows = events_by_referral(ids)
        known = {id_: [event_of(row) for row in rows[id_]] for id_ in ids}
    else:
        known = {id_: list(events) for id_ in ids}
    return Grounds(
        events=known,
        pauses=pauses_by_referral(ids),
        losses=losses_by_referral(ids),
        policies=community_policies(),
        now=clock.now(),
    )


def plan_now(referral_id: UUID, events: Sequence[Event] | None = None) -> Planned | None:
    """The plan of one referral as it is now; `events` where they were read already."""
    case = find_case(referral_id)
    return None if case is None else grounds_of([referral_id], events).plan(case)


def plan_anew(referral_id: UUID, events: Sequence[Event] | None = None) -> None:
    """For operations, after everything that moves the clock: store the plan as it is now."""
    found = plan_now(referral_id, events)
    if found is not None:
        store_plans([found])


def plan_as_mail_fared(about_id: UUID | None, *, is_known: bool = False) -> None:
    """For whoever learns that a mail arrived, or did not: plan the referral it tells of anew.

    `is_known`: its sender said so, and need not be told. Nothing for mail about anything else.
    """
    found = plan_now(about_id) if about_id is not None else None
    if found is None:
        return
    store_plans([found])
    if is_known and found.waiting is not None and found.waiting.lost_at is not None:
        mark_told([found.case.referral_id], clock.now())
        told = replace(found, case=replace(found.case, told_at=clock.now()))
        store_plans([told])


def plan_as_arrived(about_id: UUID | None) -> None:
    """For whoever learns that a mail did arrive after all: its sender knows of no silence yet."""
    if about_id is None:
        return
    db.session.execute(
        update(Chase)
        .where(Chase.referral_id == about_id)
        .values(told_at=None)
        .execution_options(synchronize_session=False)
    )
    plan_as_mail_fared(about_id)


def plan_after_hand_over(referral_id: UUID) -> None:
    """Whom mail did not reach has the link now."""
    if losses_by_referral([referral_id]):
        plan_anew(referral_id)


def plan_after_move(referral_id: UUID, events: Sequence[Event], state: State) -> None:
    """As `plan_anew`, after an event; what could not be reached before may be reached now."""
    if state not in WAITED_FOR:
        nothing = dict.fromkeys(COLUMNS) | {"unreachable": False}
        db.session.execute(
            update(Chase)
            .where(Chase.referral_id == referral_id)
            .values(nothing)
            .execution_options(synchronize_session=False)
        )
        return
    case = find_case(referral_id)
    if case is not None:
        fresh = replace(case, unreachable=False)
        store_plans([grounds_of([referral_id], events).plan(fresh)])


def store_plans(found: Collection[Planned]) -> None:
    """One statement, whatever the number; whether the sender was told stays as it is."""
    rows = [each.row() for each in found]
    if not rows:
        return
    connection = db.session.connection()
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    insert = dialect.insert(Chase).values(rows)
    changed = {name: insert.excluded[name] for name in COLUMNS}
    connection.execute(insert.on_conflict_do_update(index_elements=["referral_id"], set_=changed))
