"""The client whom an urgent sign is about, where somebody comes here from the client's goal."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import g

from careteam.access.actor import Actor
from careteam.domain.now import RedFlag
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.queries import get_client, get_led_goal
from careteam.features.teams.decisions import answer_spoken, override_effects
from careteam.features.teams.effects import GoalOutcome, goal_outcome
from careteam.features.teams.pressing import Pressing, find_pressing, first_sign
from careteam.kit import clock
from careteam.kit.errors import Invalid, NotFound, check_all
from careteam.web.frame.filters import day
from careteam.web.now.forms import UrgentForm


@dataclass(frozen=True)
class About:
    """A client whose record the reader keeps, the goal, and what its rules say."""

    client: Client
    goal: Goal
    found: GoalOutcome | None

    @property
    def words(self) -> str:
        """Name and date of birth, as they are said on the telephone."""
        born = self.client.date_of_birth
        return f"{self.client.name}, born {day(born) if born else '[date of birth]'}"

    def flag(self, key: str) -> RedFlag | None:
        """The sign as the goal's own pathway words it, or that somebody is to be seen first."""
        if self.found is None:
            return None
        return self.found.pathway.red_flag_by_id.get(key) or first_sign(self.found, key)

    def open(self, key: str) -> Pressing | None:
        """The sign where it is raised and nobody has answered it."""
        return find_pressing(self.found, key)


def about_of(goal_id: str | None) -> About | None:
    """From an address or a form. Raises `NotFound` for what is not the reader's to change."""
    if not goal_id:
        return None
    try:
        goal = get_led_goal(g.actor, UUID(goal_id))
    except ValueError:
        raise NotFound from None
    return About(get_client(g.actor, goal.client_id), goal, goal_outcome(goal))


def answer_with(actor: Actor, about: About, key: str, form: UrgentForm) -> None:
    """Write into the client's record that somebody was spoken to, and what they said.

    A flag for the telephone is answered by it, and keeps what it holds; anything else is set aside
    with these words as the reason.
    """
    pressing, whom, said = about.open(key), form.spoken_to.data or "", form.said.data or ""
    if pressing is None:
        raise Invalid("This is answered already.", field="answers")
    check_all(
        lambda: _needed(said, "Write what they said.", "said"),
        lambda: _needed(whom, "Write to whom you spoke.", "spoken_to"),
    )
    today = clock.today()
    if pressing.flag:
        answer_spoken(
            actor=actor,
            goal=about.goal,
            red_flag=pressing.flag,
            spoken_to=whom,
            happened_on=today,
            said=said,
        )
        return
    reason = f"Spoke to {whom} on {day(today)}: {said}"
    override_effects(actor=actor, goal=about.goal, effects=pressing.effects, reason=reason)


def _needed(given: str, words: str, field: str) -> None:
    if not given:
        raise Invalid(words, field=field)
