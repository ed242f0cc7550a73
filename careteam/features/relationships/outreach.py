"""Outreach begun, changed and left; whom it is about; where each stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.relationships.outreach import (
    Report,
    Standing,
    Step,
    report_of,
    standing_with,
)
from careteam.features.directory.queries import names_of
from careteam.features.relationships.models import Campaign, CampaignTarget
from careteam.features.relationships.operations import NO_ENTRY
from careteam.features.relationships.outreach_queries import (
    Targeted,
    contacts_since,
    list_targets,
    received_by,
)
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Forbidden, Invalid

MOST_TARGETS = 200
"""In one outreach: more is no outreach that one person does."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is said of an outreach. `began_on` None is today."""

    name: str | None
    steps: Collection[str]
    began_on: date | None = None


def new_campaign(actor: Actor, campaign_id: UUID) -> Campaign:
    """The unsaved row for `begin_campaign`. Raises `Forbidden` for somebody without an entry."""
    if actor.practitioner_id is None:
        raise Forbidden(NO_ENTRY)
    return Campaign(id=campaign_id, author_id=actor.practitioner_id)


@operation(Permission.KEEP_OWN_NOTES, on="campaign", action="campaign.begun")
def begin_campaign(*, actor: Actor, campaign: Campaign, asked: Asked) -> Campaign:
    """Raises `Invalid` beside the field, as the next does."""
    _write(campaign, asked)
    db.session.add(campaign)
    return campaign


@operation(Permission.KEEP_OWN_NOTES, on="campaign", action="campaign.changed")
def change_campaign(*, actor: Actor, campaign: Campaign, asked: Asked) -> Campaign:
    _write(campaign, asked)
    return campaign


def _write(campaign: Campaign, asked: Asked) -> None:
    if not asked.name:
        raise Invalid("Give it a name.", field="name")
    wanted = [step.value for step in Step if step.value in asked.steps]
    if not wanted or len(wanted) < len(set(asked.steps)):
        raise Invalid("Choose at least one step.", field="steps")
    if wanted == [Step.FOLLOW_UP.value]:
        raise Invalid("A follow-up follows something: choose another step too.", field="steps")
    began_on = asked.began_on or clock.today()
    if began_on > clock.today():
        raise Invalid("This day is still to come.", field="began_on")
    campaign.name, campaign.steps, campaign.began_on = asked.name, ",".join(wanted), began_on


@operation(Permission.KEEP_OWN_NOTES, on="campaign", action="campaign.removed")
def remove_campaign(*, actor: Actor, campaign: Campaign) -> Campaign:
    """The contacts that were noted stay; again changes nothing."""
    campaign.removed_at = campaign.removed_at or clock.now()
    return campaign


@operation(Permission.KEEP_OWN_NOTES, on="campaign", action="campaign.restored")
def restore_campaign(*, actor: Actor, campaign: Campaign) -> Campaign:
    campaign.removed_at = None
    return campaign


@operation(Permission.KEEP_OWN_NOTES, on="campaign", action="campaign.widened")
def add_targets(
    *,
    actor: Actor,
    campaign: Campaign,
    people: Iterable[UUID] = (),
    practices: Iterable[str] = (),
) -> Campaign:
    """People of the directory and practices by name; who is there already stays as they are.

    Raises `Invalid` for oneself, for nobody, and for too many.
    """
    there = {each.key for each in list_targets(actor, campaign)}
    wanted = [id_ for id_ in dict.fromkeys(people) if id_ not in there]
    if actor.practitioner_id in wanted:
        raise Invalid("This is your own entry.", field="people")
    if len(names_of(wanted)) < len(wanted):
        raise Invalid("One of them is not in the directory any more.", field="people")
    by_key = {name.casefold(): name for name in practices if name}
    names = [name for key, name in by_key.items() if key not in there]
    if len(there) + len(wanted) + len(names) > MOST_TARGETS:
        raise Invalid(f"At most {MOST_TARGETS} in one outreach.", field="people")
    mine = {"campaign_id": campaign.id, "author_id": campaign.author_id}
    db.session.add_all(CampaignTarget(practitioner_id=id_, **mine) for id_ in wanted)
    db.session.add_all(CampaignTarget(practice=name, **mine) for name in names)
    return campaign


@operation(Permission.KEEP_OWN_NOTES, on="target", action="campaign.target_removed")
def remove_target(*, actor: Actor, target: CampaignTarget) -> None:
    db.session.delete(target)


@operation(Permission.KEEP_OWN_NOTES, on="target", action="campaign.target_left")
def leave_target(*, actor: Actor, target: CampaignTarget, is_left: bool) -> CampaignTarget:
    """Nothing further is meant to be done with them, or it is after all."""
    target.left_on = (target.left_on or clock.today()) if is_left else None
    return target


@dataclass(frozen=True, slots=True)
class Line:
    """Where one person or practice stands."""

    target: Targeted
    standing: Standing


def outreach_of(actor: Actor, campaign: Campaign) -> tuple[list[Line], Report]:
    """Five statements, whatever there is."""
    contacts, received = contacts_since(actor, campaign), received_by(actor)
    steps = campaign.wanted
    lines = [
        Line(
            each,
            standing_with(
                steps,
                campaign.began_on,
                contacts.get(each.key, ()),
                received.get(each.key, ()),
                is_left=each.row.left_on is not None,
            ),
        )
        for each in list_targets(actor, campaign)
    ]
    return lines, report_of(steps, [line.standing for line in lines])
