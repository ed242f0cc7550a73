"""Outreach: begun, changed, left; where each stands and what came of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.domain.relationships.outreach import STEP_LABELS, Step
from careteam.domain.relationships.touches import Kind
from careteam.features.directory.catalogue import country, label_of
from careteam.features.directory.filters import Filters
from careteam.features.directory.queries import list_practitioners
from careteam.features.directory.queries.listing import Listed
from careteam.features.relationships import outreach
from careteam.features.relationships.models import Campaign
from careteam.features.relationships.outreach_queries import (
    find_campaign,
    get_campaign,
    get_target,
    list_campaigns,
    list_targets,
)
from careteam.kit import clock
from careteam.kit.paging import page_number
from careteam.kit.places import resolve
from careteam.web.frame.forms import attempt, page, proposed_id
from careteam.web.frame.room import SIGNED_IN
from careteam.web.relationships.outreach_forms import (
    CampaignForm,
    FindForm,
    PeopleForm,
    PracticesForm,
)
from careteam.web.relationships.overview import views
from careteam.web.relationships.room import room
from careteam.web.relationships.saying import answered, presses

ALL = "/relationships/outreach"
ONE = ALL + "/<uuid:campaign_id>"
TARGET = ONE + "/targets/<uuid:target_id>"
SEARCHED = ("q", "discipline", "place", "within", "page")
PRESSED = {
    Step.VISIT: (Kind.VISIT,),
    Step.CV: (Kind.CV_LEFT,),
    Step.DEMO: (Kind.DEMO_OFFERED, Kind.DEMO_GIVEN),
    Step.FOLLOW_UP: (Kind.CALL, Kind.MESSAGE),
}
"""What can be noted with one press when a step is next."""


def address_of(campaign: Campaign) -> str:
    return url_for("relationships.campaign_show", campaign_id=campaign.id)


@room.get(ALL, access=SIGNED_IN)
def campaign_list() -> ResponseReturnValue:
    return page(
        "relationships/campaign_list.html",
        views=views("outreach"),
        campaigns=list_campaigns(g.actor),
        labels=STEP_LABELS,
    )


@room.get(ALL + "/new", access=SIGNED_IN)
def campaign_new() -> ResponseReturnValue:
    return _form_page(CampaignForm(None), None)


@room.post(ALL + "/new", access=SIGNED_IN)
def campaign_create() -> ResponseReturnValue:
    form = CampaignForm()
    known = find_campaign(g.actor, form.new_id)
    if known is not None:
        return redirect(address_of(known), 303)
    campaign = outreach.new_campaign(g.actor, form.new_id)
    if attempt(
        form,
        lambda: outreach.begin_campaign(actor=g.actor, campaign=campaign, asked=form.asked()),
    ):
        return redirect(url_for("relationships.target_find", campaign_id=campaign.id), 303)
    return _form_page(form, None)


def _form_page(form: CampaignForm, campaign: Campaign | None) -> ResponseReturnValue:
    return page("relationships/campaign_edit.html", form, campaign=campaign, new_id=proposed_id())


@room.get(ONE, access=SIGNED_IN)
def campaign_show(campaign_id: UUID) -> ResponseReturnValue:
    campaign = get_campaign(g.actor, campaign_id)
    lines, report = outreach.outreach_of(g.actor, campaign)
    return page(
        "relationships/campaign_show.html",
        campaign=campaign,
        lines=[(line, _presses(line.standing.next_step, line.standing.began_on)) for line in lines],
        report=report,
        labels=STEP_LABELS,
        here=address_of(campaign),
    )


def _presses(step: Step | None, began_on: Any) -> list[Any]:
    """A follow-up is one on a later day only."""
    if step is None or (step is Step.FOLLOW_UP and began_on in (None, clock.today())):
        return []
    return presses(PRESSED[step])


@room.get(ONE + "/edit", access=SIGNED_IN)
def campaign_edit(campaign_id: UUID) -> ResponseReturnValue:
    campaign, form = get_campaign(g.actor, campaign_id), CampaignForm(None)
    form.show(campaign)
    return _form_page(form, campaign)


@room.post(ONE + "/edit", access=SIGNED_IN)
def campaign_save(campaign_id: UUID) -> ResponseReturnValue:
    campaign, form = get_campaign(g.actor, campaign_id), CampaignForm()
    if attempt(
        form,
        lambda: outreach.change_campaign(actor=g.actor, campaign=campaign, asked=form.asked()),
    ):
        return answered("It is saved.", address_of(campaign))
    return _form_page(form, campaign)


@room.post(ONE + "/remove", access=SIGNED_IN)
def campaign_remove(campaign_id: UUID) -> ResponseReturnValue:
    campaign = get_campaign(g.actor, campaign_id, removed=True)
    outreach.remove_campaign(actor=g.actor, campaign=campaign)
    undo = url_for("relationships.campaign_restore", campaign_id=campaign.id)
    words = f"“{campaign.name}” is removed. What you noted with each stays."
    return answered(words, url_for("relationships.campaign_list"), undo)


@room.post(ONE + "/restore", access=SIGNED_IN)
def campaign_restore(campaign_id: UUID) -> ResponseReturnValue:
    campaign = get_campaign(g.actor, campaign_id, removed=True)
    outreach.restore_campaign(actor=g.actor, campaign=campaign)
    return answered("It is back.", address_of(campaign))


@room.get(ONE + "/people", access=SIGNED_IN)
def target_find(campaign_id: UUID) -> ResponseReturnValue:
    return _find_page(get_campaign(g.actor, campaign_id))


def _find_page(
    campaign: Campaign,
    refused: PeopleForm | PracticesForm | None = None,
) -> ResponseReturnValue:
    """Entries that match, a page of them, without oneself and those who are on it already."""
    search = FindForm(request.args)
    search.validate()
    asked = {name: field.data for name, field in search._fields.items() if not field.errors}
    typed = asked.get("place") or ""
    near = resolve(typed, country()) if typed else None
    within = asked.get("within") or "any"
    filters = Filters(
        words=asked.get("q") or "",
        discipline=asked.get("discipline") or "",
        near=near,
        within_km=float(within) if near and within != "any" else None,
    )
    is_asked = bool(filters.used or near)
    found = list_practitioners(g.actor, filters, page_number(request.args.get("page")))
    there = {g.actor.practitioner_id, *(each.key for each in list_targets(g.actor, campaign))}
    people = refused if isinstance(refused, PeopleForm) else PeopleForm(None)
    people.offer(
        [(each.entry.id, _called(each)) for each in found.items if each.entry.id not in there]
    )
    return page(
        "relationships/target_find.html",
        refused,
        campaign=campaign,
        search=search,
        found=found,
        people=people,
        practices=refused if isinstance(refused, PracticesForm) else PracticesForm(None),
        is_asked=is_asked,
        unknown_place=typed if typed and near is None else "",
        address_of_page=lambda number: _with_search("target_find", campaign, page=str(number)),
        add_to=_with_search("target_add", campaign),
    )


def _with_search(endpoint: str, campaign: Campaign, **more: str) -> str:
    """An address that says what was searched for."""
    asked = {name: request.args[name] for name in SEARCHED if name in request.args}
    return url_for(f"relationships.{endpoint}", campaign_id=campaign.id, **(asked | more))  # type: ignore[arg-type]


def _called(each: Listed) -> str:
    entry = each.entry
    first = entry.workplaces[0] if entry.workplaces else None
    work = label_of(entry.disciplines[0].discipline) if entry.disciplines else ""
    where = ", ".join(filter(None, (first.practice, first.place))) if first else ""
    far = f"{each.km:.0f} km" if each.km is not None else ""
    return " · ".join(filter(None, (entry.name, work, where, far)))


@room.post(ONE + "/people", access=SIGNED_IN)
def target_add(campaign_id: UUID) -> ResponseReturnValue:
    """Ticked entries, whichever page of the search they stood on."""
    campaign, form = get_campaign(g.actor, campaign_id), PeopleForm()
    form.take_any()
    added = attempt(
        form,
        lambda: outreach.add_targets(actor=g.actor, campaign=campaign, people=form.chosen()),
    )
    return _find_page(campaign, form) if added is None else redirect(address_of(campaign), 303)


@room.post(ONE + "/practices", access=SIGNED_IN)
def practice_add(campaign_id: UUID) -> ResponseReturnValue:
    campaign, form = get_campaign(g.actor, campaign_id), PracticesForm()
    added = attempt(
        form,
        lambda: outreach.add_targets(
            actor=g.actor, campaign=campaign, practices=[form.practice.data]
        ),
    )
    if added is None:
        return _find_page(campaign, form)
    to = url_for("relationships.target_find", campaign_id=campaign.id)
    return answered(f"{form.practice.data} is on it.", to)


@room.post(TARGET + "/remove", access=SIGNED_IN)
def target_remove(campaign_id: UUID, target_id: UUID) -> ResponseReturnValue:
    campaign = get_campaign(g.actor, campaign_id)
    target = get_target(g.actor, campaign, target_id)
    outreach.remove_target(actor=g.actor, target=target)
    return answered("Taken off. What you noted with them stays.", address_of(campaign))


@room.post(TARGET + "/left", access=SIGNED_IN)
def target_leave(campaign_id: UUID, target_id: UUID) -> ResponseReturnValue:
    campaign = get_campaign(g.actor, campaign_id)
    target = get_target(g.actor, campaign, target_id)
    is_left = request.form.get("left") == "y"
    outreach.leave_target(actor=g.actor, target=target, is_left=is_left)
    words = "Nothing further is meant to be done there." if is_left else "It goes on there."
    return answered(words, address_of(campaign))
