"""Who may know what: one card a person, given and withdrawn."""

from __future__ import annotations

from uuid import UUID, uuid4

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.domain.consent import longest_until
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.queries import STANDING_GOALS, get_led_client, list_goals
from careteam.features.clients.shown import shown_goals
from careteam.features.consents import operations
from careteam.features.consents.models import Consent
from careteam.features.consents.queries import (
    GivenConsent,
    consents_standing,
    get_consent,
    get_receiver,
    list_consents,
    recorded_classes,
)
from careteam.kit import clock
from careteam.kit.errors import Invalid, NotFound
from careteam.web.clients.consent_cards import Offer, cards, offer, read_out, state
from careteam.web.clients.forms import ConsentForm
from careteam.web.clients.room import room
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done, safe_path


@room.get("/clients/<uuid:client_id>/consent", access=SIGNED_IN)
def consent_list(client_id: UUID) -> ResponseReturnValue:
    client = get_led_client(g.actor, client_id)
    goals, recorded = list_goals(g.actor, client), recorded_classes(g.actor, client)
    return page(
        "clients/consent_list.html",
        client=client,
        cards=cards(g.actor, client),
        state=lambda card: state(card, clock.today()),
        read_out=lambda card: read_out(card, recorded),
        history=list_consents(g.actor, client),
        statements={each.id: each.statement for each in shown_goals(g.actor, goals)},
        has_goals=bool(goals),
    )


@room.get("/clients/<uuid:client_id>/consent/new", access=SIGNED_IN)
def consent_new(client_id: UUID) -> ResponseReturnValue:
    client = get_led_client(g.actor, client_id)
    offered, goals = _offered(client, request.args.get("practitioner", ""))
    form = _empty_form(client, offered, goals, request.args.get("goal"))
    form.next.data = safe_path(request.args.get("next"))
    return _form_page(form, client, offered, uuid4())


def _offered(client: Client, practitioner_id: str) -> tuple[Offer, list[Goal]]:
    try:
        receiver = get_receiver(g.actor, UUID(practitioner_id))
    except ValueError:
        raise NotFound from None
    goals = [goal for goal in list_goals(g.actor, client) if goal.status in STANDING_GOALS]
    recorded = recorded_classes(g.actor, client)
    return offer(g.actor, client, receiver, goals, recorded), goals


def _empty_form(
    client: Client, offered: Offer, goals: list[Goal], asked_goal: str | None
) -> ConsentForm:
    """Starts from what stands, else from what the part needs for the goals of the seat."""
    standing = consents_standing(client.id, offered.receiver.id, clock.today())
    covered = offered.goal_ids | {goal.id for goal in goals if str(goal.id) == asked_goal}
    if standing:
        covered |= get_consent(g.actor, standing[-1].id).goal_ids
    elif len(goals) == 1:
        covered = frozenset({goals[0].id})
    form = ConsentForm(
        data={
            "practitioner": str(offered.receiver.id),
            "goals": [str(goal_id) for goal_id in covered],
            "until_on": longest_until(clock.today()),
            **_kept(standing[-1] if standing else None, offered),
        }
    )
    form.offer(offered, shown_goals(g.actor, goals))
    return form


def _kept(standing: Consent | None, offered: Offer) -> dict[str, object]:
    if standing is None:
        return {"items": [t.information_class.id for t in offered.plain if t.ticked]}
    return {"choice": standing.choice, "items": standing.classes, "how_given": standing.how_given}


def _form_page(
    form: ConsentForm, client: Client, offered: Offer, new_id: UUID
) -> ResponseReturnValue:
    return page("clients/consent_new.html", form, client=client, offer=offered, new_id=new_id)


@room.post("/clients/<uuid:client_id>/consent/new", access=SIGNED_IN)
def consent_create(client_id: UUID) -> ResponseReturnValue:
    client = get_led_client(g.actor, client_id)
    offered, goals = _offered(client, request.form.get("practitioner", ""))
    form = ConsentForm()
    form.offer(offered, shown_goals(g.actor, goals))
    saved = _already(form.new_id) or attempt(form, lambda: _record(form, client, offered))
    if saved is None:
        return _form_page(form, client, offered, form.new_id)
    words = f"Recorded what {offered.receiver.name} may know."
    back = safe_path(form.next.data)
    if back:
        flash(words, "good")
        return redirect(back, 303)
    return done("clients.consent_list", words, client_id=client_id)


def _already(consent_id: UUID) -> Consent | None:
    """The consent that this very form has made before, when it is sent twice."""
    try:
        return get_consent(g.actor, consent_id).consent
    except NotFound:
        return None


def _record(form: ConsentForm, client: Client, offered: Offer) -> Consent:
    return operations.record_consent(
        actor=g.actor,
        client=client,
        consent_id=form.new_id,
        practitioner_id=offered.receiver.id,
        goal_ids=[UUID(chosen) for chosen in form.goals.data or []],
        choice=form.choice.data,
        items=form.items.data or [],
        how_given=form.how_given.data,
        until_on=form.until_on.data,
        disciplines=offered.disciplines,
    )


def _of_client(client_id: UUID, consent_id: UUID) -> GivenConsent:
    given = get_consent(g.actor, consent_id)
    if given.consent.client_id != client_id:
        raise NotFound
    return given


@room.post("/clients/<uuid:client_id>/consent/<uuid:consent_id>/withdraw", access=SIGNED_IN)
def consent_withdraw(client_id: UUID, consent_id: UUID) -> ResponseReturnValue:
    given = _of_client(client_id, consent_id)
    operations.withdraw_consent(actor=g.actor, consent=given.consent)
    return done(
        "clients.consent_list",
        f"{given.practitioner_name} sees nothing any more.",
        undo=url_for("clients.consent_give_again", client_id=client_id, consent_id=consent_id),
        client_id=client_id,
    )


@room.post("/clients/<uuid:client_id>/consent/<uuid:consent_id>/again", access=SIGNED_IN)
def consent_give_again(client_id: UUID, consent_id: UUID) -> ResponseReturnValue:
    given = _of_client(client_id, consent_id)
    try:
        operations.give_consent_again(actor=g.actor, consent=given.consent)
    except Invalid as error:
        return done("clients.consent_list", error.message, kind="alert", client_id=client_id)
    words = f"{given.practitioner_name} sees again what was agreed."
    return done("clients.consent_list", words, client_id=client_id)
