"""Rows to the columns the figures are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import numpy as np

from careteam.domain.responsiveness import Calls, Moment, Referrals
from careteam.features.referrals.chasing.planning import calendar
from careteam.kit import clock

Places = Mapping[str, int]
"""The index of each practitioner, by the key as text."""


def this_moment() -> Moment:
    """Now, by the working days of the community: those that the policy counts as well."""
    days = calendar()
    return Moment(clock.now().timestamp(), days.zone, days.days_off)


def places_of(ids: Iterable[UUID]) -> Places:
    """Numbered in their order. SQLite writes a key without hyphens, PostgreSQL with them."""
    places: dict[str, int] = {}
    for place, id_ in enumerate(ids):
        places[id_.hex] = places[str(id_)] = place
    return places


def referrals_of(rows: Sequence[Any], places: Places) -> Referrals:
    """The rows of `list_referral_rows`."""
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * 13
    sent, delivered, answered, accepted, withdrawn, closed_at, booked, seen_at = (
        np.array(column, np.float64) for column in columns[1:9]
    )
    refused, closed, reported, by_hand = (np.array(column, bool) for column in columns[9:])
    return Referrals(
        receiver=np.fromiter((places[key] for key in columns[0]), np.intp, len(rows)),
        sent=sent,
        delivered=delivered,
        answered=answered,
        accepted=accepted,
        withdrawn=withdrawn,
        ended=np.fmin(closed_at, withdrawn),
        appointment=np.where(np.isfinite(booked), booked, seen_at),
        refused=refused,
        closed=closed,
        seen=np.isfinite(seen_at),
        reported=reported,
        by_hand=by_hand,
    )


def calls_of(rows: Sequence[Any], places: Places) -> Calls:
    """The rows of `list_told`; a day stands for its midnight."""
    return Calls(
        receiver=np.array([places[row[0]] for row in rows], np.intp),
        given=np.array([_midnight(row[1]) for row in rows], np.float64),
        told=np.array([_midnight(row[2]) for row in rows], np.float64),
        reached=np.array([row[3] == "reached" for row in rows], bool),
    )


def _midnight(day: date) -> float:
    return datetime.combine(day, time.min, calendar().zone).timestamp()
