"""The client's page: safety first, then team, plan, progress, referrals, and who sees what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import g, request
from flask.typing import ResponseReturnValue

from careteam.access.actor import Actor
from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.access.reach import only
from careteam.domain.consent import spoken_sentence
from careteam.features.clients.details import shown_language
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.queries import get_with_goals
from careteam.features.clients.shown import shown_goals
from careteam.features.consents.queries import list_consents
from careteam.features.links.client_queries import open_client_link
from careteam.features.measures.parts import progress_part
from careteam.features.notes.parts import SHOWN as NOTES_SHOWN
from careteam.features.notes.parts import notes_part
from careteam.features.pathways.content import load_content
from careteam.features.plans.mirror_queries import list_shared
from careteam.features.plans.parts import plan_part
from careteam.features.plans.watch_queries import mark_of
from careteam.features.referrals.parts import referrals_part
from careteam.features.referrals.queries.still_seeing import StillSees, list_still_seeing
from careteam.features.standing.queries import find_meant, find_used
from careteam.features.teams.covering.queries import keeping_of
from careteam.features.teams.effects import standing_outcomes
from careteam.features.teams.keeping_queries import Underway, underway_of
from careteam.features.teams.parts import safety_part, team_part
from careteam.features.teams.view import TeamView
from careteam.features.today.queries import list_matters_to_ask
from careteam.kit import clock
from careteam.kit.errors import NotFound
from careteam.web.clients.consent_cards import Card, cards
from careteam.web.clients.forms import HOW_GIVEN, SAFE_WAYS
from careteam.web.clients.needs import needs
from careteam.web.clients.room import room
from careteam.web.frame.forms import page
from careteam.web.frame.room import SIGNED_IN


@room.get("/clients/<uuid:client_id>", access=SIGNED_IN)
def client_show(client_id: UUID) -> ResponseReturnValue:
    with only(client_id):
        client, goals = get_with_goals(g.actor, client_id)
        goal = _chosen(goals, request.args.get("goal"))
        is_lead = allowed(g.actor, Permission.EDIT_CLIENT, client)
        shown = {each.id: each for each in shown_goals(g.actor, goals)}
        mark = mark_of(g.actor, goal.id) if goal else None
        composed, who_sees = parts(g.actor, client, goal), sharing(g.actor, client, is_lead)
        matters = list_matters_to_ask(g.actor) if is_lead else ()
        own_link = open_client_link(g.actor, client.id) if is_lead else None
    chosen = shown[goal.id] if goal else None
    underway = underway_of(g.actor, client) if is_lead else Underway(keeping_of(g.actor, client))
    return page(
        "clients/client_show.html",
        client=client,
        goals=list(shown.values()),
        goal=chosen,
        mark=mark,
        is_lead=is_lead,
        is_keeper=allowed(g.actor, Permission.KEEP_CLIENT, client),
        keeping=underway.keeping,
        asked_to_keep=underway.asked_to_keep,
        linked=underway.linked,
        shared=list_shared(g.actor, client.id) if underway.linked else (),
        language=shown_language(client.language),
        safe_ways=dict(SAFE_WAYS),
        ways=dict(HOW_GIVEN),
        sharing=who_sees,
        needs=needs(client, chosen, who_sees.blind, composed, matters) if is_lead else (),
        parts=composed,
        own_link=own_link,
        **_standing_team(goal, composed.get("team")),
        **composed,
    )


def _chosen(goals: Sequence[Goal], given: str | None) -> Goal | None:
    """The goal the address names, else the first that stands."""
    if not given:
        return goals[0] if goals else None
    found = next((goal for goal in goals if str(goal.id) == given), None)
    if found is None:
        raise NotFound
    return found


def _standing_team(goal: Goal | None, team: TeamView | None) -> dict[str, Any]:
    """The standing team that comes first for this goal, or could; asked where a place is open."""
    if goal is None or team is None or not (team.may_edit and team.has_open):
        return {}
    used = find_used(g.actor, goal)
    return {"standing_used": used, "standing_meant": None if used else find_meant(g.actor, goal)}


def parts(actor: Actor, client: Client, goal: Goal | None) -> dict[str, Any]:
    """What the other rooms show of this goal, by the names their templates use.

    Without a goal, what to avoid. What the rules make of the answers is asked for once.
    """
    standing = standing_outcomes(client.id)
    found: dict[str, Any] = {"safety": safety_part(actor, client, goal, standing)}
    if goal is None:
        return found
    return found | {
        "team": team_part(actor, client, goal, standing),
        "plan": plan_part(actor, client, goal, standing),
        "progress": progress_part(actor, client, goal),
        "notes": notes_part(actor, goal, client.called, size=NOTES_SHOWN),
        "referrals": referrals_part(actor, client, goal),
    }


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who sees what: `cards` for whoever keeps the record, `own` for a seated practitioner.

    `still_seeing` are those who said no to a referral and hold a consent all the same.
    """

    cards: tuple[Card, ...] = ()
    still_seeing: Mapping[UUID, StillSees] = field(default_factory=dict)
    own: str = ""

    @property
    def blind(self) -> list[Card]:
        """On the team, and yet cannot see anything of at least one of their goals."""
        return [card for card in self.cards if card.is_blind]


def sharing(actor: Actor, client: Client, is_lead: bool) -> Sharing:
    if is_lead:
        people = tuple(cards(actor, client))
        apart = any(card.given and not card.has_place for card in people)
        found = list_still_seeing(actor, client.id) if apart else ()
        return Sharing(people, {one.practitioner_id: one for one in found})
    return Sharing(own=_own_sentence(actor, client))


def _own_sentence(actor: Actor, client: Client) -> str:
    """What the client was told that this practitioner would know, as it was read out."""
    named = {
        name
        for given in list_consents(actor, client)
        if given.is_in_force(clock.today())
        for name in given.consent.classes
    }
    return spoken_sentence(load_content().catalogue.matrix, actor.name, named, recorded=())
