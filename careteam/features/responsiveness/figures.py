"""How practitioners answer: of everybody in one pass, or of one under the priors of all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from careteam.access.actor import Actor
from careteam.domain.responsiveness import (
    ALL,
    Figures,
    Priors,
    Responsiveness,
    count,
    learn_priors,
    measure,
)
from careteam.features.directory.models import Practitioner
from careteam.features.responsiveness import queries
from careteam.features.responsiveness.reading import (
    Places,
    calls_of,
    places_of,
    referrals_of,
    this_moment,
)
from careteam.kit import clock
from careteam.kit.db import db

GROWN = 1.1
"""Priors are learnt anew each day, and once there are so many times as many referrals."""
COUNTED_TO = 20_000
"""Referrals; so many say as much about growth as more would."""
SAMPLE = 2_000
"""Practitioners from whom priors are learnt. Their keys are random, so the first of them by key are
drawn by lot; more would move the priors less than a day does."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """Priors, the numbers of the disciplines in them, and what they were learnt from."""

    priors: Priors
    numbers: Mapping[str, int]
    source: str
    on: date
    referrals: int


@dataclass(frozen=True, slots=True)
class Everybody:
    """The figures of all practitioners; `of` gives those of one, empty for a stranger."""

    places: Places
    figures: Figures

    def of(self, practitioner_id: UUID) -> Responsiveness:
        place = self.places.get(practitioner_id.hex)
        return Responsiveness() if place is None else self.figures.of(place)


_kept: list[Learnt] = []
"""What this process learnt last. Priors change slowly, and hundreds of people ask for them."""


def measure_everybody(actor: Actor) -> Everybody:
    """Everybody's figures, by four statements however many there are, and three more where the
    priors have to be learnt.

    For members: whose figures may be shown to whom is for `parts.part_of` to say.
    """
    learnt = _learnt(actor)
    people = queries.list_main_disciplines(actor)
    places = places_of(id_ for id_, _ in people)
    referrals = referrals_of(queries.list_referral_rows(actor), places)
    calls = calls_of(queries.list_told(actor), places)
    counted = count(referrals, calls, this_moment(), len(people))
    disciplines = np.array([learnt.numbers.get(each, ALL) for _, each in people], np.intp)
    return Everybody(places, measure(counted, disciplines, learnt.priors))


def measure_one(actor: Actor, practitioner: Practitioner) -> Responsiveness:
    """One practitioner's figures, fresh; the priors are those learnt last. Three statements, and
    three more where they have to be learnt."""
    learnt = _learnt(actor)
    places = places_of([practitioner.id])
    referrals = referrals_of(queries.list_referral_rows(actor, practitioner.id), places)
    calls = calls_of(queries.list_told(actor, practitioner.id), places)
    counted = count(referrals, calls, this_moment(), 1)
    number = learnt.numbers.get(main_discipline(practitioner), ALL)
    return measure(counted, np.array([number]), learnt.priors).of(0)


def measure_some(actor: Actor, mains: Mapping[UUID, str]) -> dict[UUID, Responsiveness]:
    """The figures of those that the actor may read, fresh; `mains` gives the main discipline of
    each, '' without one. Four statements, and three more where the priors have to be learnt."""
    ids = sorted(queries.readable_among(actor, mains), key=str)
    if not ids:
        return {}
    learnt = _learnt(actor)
    places = places_of(ids)
    referrals = referrals_of(queries.list_referral_rows(actor, among=ids), places)
    calls = calls_of(queries.list_told(actor, among=ids), places)
    counted = count(referrals, calls, this_moment(), len(ids))
    numbers = np.array([learnt.numbers.get(mains[id_], ALL) for id_ in ids], np.intp)
    figures = measure(counted, numbers, learnt.priors)
    return {id_: figures.of(place) for place, id_ in enumerate(ids)}


def main_discipline(practitioner: Practitioner) -> str:
    """The id of the first discipline, '' without one."""
    firsts = sorted(practitioner.disciplines, key=lambda each: each.position)
    return firsts[0].discipline if firsts else ""


def forget_learnt() -> None:
    """Learn the priors anew at the next question."""
    _kept.clear()


def _learnt(actor: Actor) -> Learnt:
    there = queries.count_referrals(actor, COUNTED_TO)
    for kept in _kept:
        is_near = kept.referrals / GROWN <= there <= kept.referrals * GROWN
        if kept.on == clock.today() and kept.source == _source() and is_near:
            return kept
    learnt = _learn(actor, there)
    _kept[:] = [learnt]
    return learnt


def _learn(actor: Actor, there: int) -> Learnt:
    """The priors, from a sample of everybody: what it costs ends with the sample."""
    people = queries.list_main_disciplines(actor, SAMPLE)
    ids = [id_ for id_, _ in people]
    places = places_of(ids)
    numbers = {name: number for number, name in enumerate(sorted({each for _, each in people}))}
    disciplines = np.array([numbers[name] for _, name in people], np.intp)
    referrals = referrals_of(queries.list_referral_rows(actor, among=ids), places)
    calls = calls_of(queries.list_told(actor, among=ids), places)
    counted = count(referrals, calls, this_moment(), len(people))
    return Learnt(
        priors=learn_priors(counted, disciplines),
        numbers=numbers,
        source=_source(),
        on=clock.today(),
        referrals=there,
    )


def _source() -> str:
    return str(db.engine.url)
