"""What the main person noted besides referrals: ties from memory, names given, an urgent matter, a
standing team.
"""

from __future__ import annotations

from datetime import timedelta

from careteam.domain.pathway.vocabulary import Urgency
from careteam.features.demo.cast import MAIN
from careteam.features.demo.keys import practitioner_id, sample_id
from careteam.features.network.models import RememberedTie
from careteam.features.referrals.models import GivenName, NamesGiven
from careteam.features.standing.models import StandingMember, StandingTeam
from careteam.features.today.models import UrgentMatter
from careteam.kit import clock
from careteam.kit.db import db

TIES = (
    ("edda", "few", "none"),
    ("emrys", "some", "few"),
    ("saffron", "many", "some"),
    ("leonie", "few", "some"),
    ("alaric", "few", "none"),
    ("quay", "some", "many"),
    ("maud", "none", "few"),
    ("dorian", "some", "few"),
)
NAMES = (
    ("ambrose", "Answers the same day and has room next week."),
    ("lisbet", "Closest to the station, sees people until eight."),
)
STANDING = (
    ("thora", "nutritionist"),
    ("imogen", "dietitian"),
    ("dorian", "fitness_instructor"),
    ("gideon", "psychologist"),
)
URGENT = sample_id("urgent matter")
"""Urgent matters carry no mark of their own, so this one is known by its key."""


def add_small_things() -> None:
    _remember_ties()
    _give_names()
    _log_urgent_matter()
    _keep_a_team()


def _keep_a_team() -> None:
    team = StandingTeam(
        id=sample_id("standing team"),
        author_id=practitioner_id(MAIN),
        name="My weight-loss people",
        pathway="weight_loss",
        is_sample=True,
    )
    db.session.add(team)
    db.session.flush()
    db.session.add_all(
        StandingMember(team_id=team.id, practitioner_id=practitioner_id(key), discipline=name)
        for key, name in STANDING
    )


def _remember_ties() -> None:
    db.session.add_all(
        RememberedTie(
            author_id=practitioner_id(MAIN),
            practitioner_id=practitioner_id(key),
            sent=sent,
            received=received,
            said_on=clock.today() - timedelta(days=60),
            is_sample=True,
        )
        for key, sent, received in TIES
    )


def _give_names() -> None:
    """Given a week ago, so that Today asks now what became of it."""
    given = NamesGiven(
        id=sample_id("names given"),
        author_id=practitioner_id(MAIN),
        discipline="acupuncturist",
        given_on=clock.today() - timedelta(days=7),
        ask_on=clock.today(),
        is_sample=True,
    )
    db.session.add(given)
    db.session.flush()
    db.session.add_all(
        GivenName(
            names_given_id=given.id, practitioner_id=practitioner_id(key), position=place, why=why
        )
        for place, (key, why) in enumerate(NAMES)
    )


def _log_urgent_matter() -> None:
    db.session.add(
        UrgentMatter(
            id=URGENT,
            author_id=practitioner_id(MAIN),
            urgency=Urgency.SAME_DAY.value,
            who="The man with the red cap, Tuesday group",
            done="Rang the surgery with him; they see him the same afternoon. He has the note.",
            spoken_to="Reception, Quayside Surgery",
            ask_on=clock.today(),
            created_at=clock.now() - timedelta(days=1),
        )
    )
