"""The one statement that answers how far an actor reaches.

A lead reaches her clients whole: what she or the client recorded, and what others wrote as far as
the matrix shows it to her disciplines, who it is and what for in any case. Whoever covers for her
reaches these clients as a lead from the first day to the last, as long as the same person keeps the
record. A practitioner with a seat reaches a client only while a consent for them stands, only for
the goals it names, and only in the classes it names; a class that the answers restrict is kept from
everybody who is not of a clinical group. A link reaches the one seat its referral fills, and
nothing before a code has confirmed the browser. Nothing is stored here: withdrawing a consent or
ending a seat acts with the next request.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Date,
    Uuid,
    and_,
    bindparam,
    cast,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)

from careteam.access.actor import Actor, Kind
from careteam.access.reach import NOBODY, Reach, Role, Standing
from careteam.domain.consent import ALERTS, IDENTITY, is_clinical
from careteam.domain.pathway.vocabulary import AccessLevel
from careteam.features.clients.models import Client, Goal
from careteam.features.consents.models import Consent, ConsentGoal
from careteam.features.directory.models import PractitionerDiscipline
from careteam.features.pathways.content import load_content
from careteam.features.teams.models import Cover, Seat, SeatHiding
from careteam.kit import clock
from careteam.kit.db import Key, db

NEEDED_BY_LEAD = frozenset({IDENTITY, str(Goal.INFORMATION_CLASS), ALERTS})
"""Without these nobody can keep a record, whatever their discipline and whoever wrote them."""


def reach_of(actor: Actor) -> Reach:
    """The actor's standings, from one statement."""
    if actor.kind is Kind.CLIENT and actor.client_id is not None:
        standing = Standing(actor.client_id, Role.SELF)
        return Reach({actor.client_id: standing})
    if actor.practitioner_id is None:
        return NOBODY
    if actor.kind is Kind.LINK:
        return _linked(actor)
    given = {"me": actor.practitioner_id, "today": clock.today()}
    return Reach(_standings(db.session.execute(_statement(), given).all()))


def _linked(actor: Actor) -> Reach:
    if actor.seat_id is None or not actor.is_confirmed or actor.practitioner_id is None:
        return NOBODY
    given = {"me": actor.practitioner_id, "today": clock.today(), "seat": actor.seat_id}
    return Reach(_standings(db.session.execute(_statement(of_one_seat=True), given).all()))


@cache
def _statement(of_one_seat: bool = False) -> Any:
    """My disciplines, my clients, those I cover, seats under consent, seats kept from me.

    `of_one_seat` leaves out the clients and every other seat. Put together once and kept, because
    every request asks it; whom and which day it is about comes with each asking.
    """
    me, today = bindparam("me", type_=Uuid()), bindparam("today", type_=Date())
    nothing = cast(null(), Key())
    no_classes = cast(null(), Consent.classes.type)
    disciplines = select(
        literal("discipline").label("kind"),
        nothing.label("client_id"),
        nothing.label("goal_id"),
        nothing.label("seat_id"),
        PractitionerDiscipline.discipline.label("word"),
        no_classes.label("classes"),
        no_classes.label("restricted"),
    ).where(PractitionerDiscipline.practitioner_id == me)
    led = select(
        literal("lead"), Client.id, nothing, nothing, literal(""), no_classes, no_classes
    ).where(Client.lead_id == me)
    covered = (
        select(
            literal("cover"), Cover.client_id, nothing, nothing, literal(""), no_classes, no_classes
        )
        .join(Client, and_(Client.id == Cover.client_id, Client.lead_id == Cover.author_id))
        .where(
            Cover.practitioner_id == me,
            Cover.ended_at.is_(None),
            Cover.from_on <= today,
            Cover.until_on >= today,
        )
    )
    seats = (
        select(
            literal("seat"),
            Seat.client_id,
            Seat.goal_id,
            Seat.id,
            literal(""),
            Consent.classes,
            Client.restricted_classes,
        )
        .join(Client, Client.id == Seat.client_id)
        .join(Consent, Consent.client_id == Seat.client_id)
        .join(
            ConsentGoal,
            and_(ConsentGoal.consent_id == Consent.id, ConsentGoal.goal_id == Seat.goal_id),
        )
        .where(
            Seat.practitioner_id == me,
            Seat.id == bindparam("seat", type_=Uuid()) if of_one_seat else true(),
            Seat.state == "filled",
            Consent.practitioner_id == me,
            Consent.withdrawn_at.is_(None),
            or_(Consent.until_on.is_(None), Consent.until_on >= today),
        )
    )
    hidden = select(
        literal("hidden"),
        SeatHiding.client_id,
        nothing,
        SeatHiding.seat_id,
        literal(""),
        no_classes,
        no_classes,
    ).where(SeatHiding.practitioner_id == me)
    if of_one_seat:
        return union_all(disciplines, seats, hidden)
    return union_all(disciplines, led, covered, seats, hidden)


def _standings(rows: Iterable[Any]) -> dict[UUID, Standing]:
    by_kind: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    disciplines = [row.word for row in by_kind["discipline"]]
    lead_classes = shown_by_default(disciplines) | NEEDED_BY_LEAD
    standings = {
        row.client_id: Standing(row.client_id, Role.LEAD, full=lead_classes, stands_in=stands_in)
        for kind, stands_in in (("cover", True), ("lead", False))
        for row in by_kind[kind]
    }
    seats: dict[UUID, list[Any]] = defaultdict(list)
    for row in by_kind["seat"]:
        if row.client_id not in standings:
            seats[row.client_id].append(row)
    kept_from_me: dict[UUID, set[UUID]] = defaultdict(set)
    for row in by_kind["hidden"]:
        kept_from_me[row.client_id].add(row.seat_id)
    clinical = is_clinical(load_content().catalogue.matrix, disciplines)
    for client_id, held in seats.items():
        standings[client_id] = _seated(client_id, held, kept_from_me[client_id], clinical)
    return standings


def _seated(client_id: UUID, held: list[Any], kept_from_me: set[UUID], clinical: bool) -> Standing:
    """The standing of one who holds these seats; each row is a seat under one consent."""
    mine = frozenset(row.seat_id for row in held)
    classes = {name for row in held for name in row.classes}
    if not clinical:
        classes -= {name for row in held for name in row.restricted}
    return Standing(
        client_id,
        Role.SEAT,
        goal_ids=frozenset(row.goal_id for row in held),
        full=frozenset(classes),
        seat_ids=mine,
        hidden_seat_ids=frozenset(kept_from_me - mine),
    )


def shown_by_default(disciplines: Iterable[str]) -> frozenset[str]:
    """Information classes the matrix shows in full to any of these disciplines."""
    groups = load_content().catalogue.matrix.group_by_discipline
    return frozenset(
        name
        for discipline in disciplines
        if discipline in groups
        for name, level in groups[discipline].access.items()
        if level is AccessLevel.FULL
    )
