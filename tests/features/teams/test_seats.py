"""Seats by hand: added, filled, put off, not wanted, opened, ended, kept from somebody."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from careteam.access.reach import forget
from careteam.features.clients.models import Goal
from careteam.features.directory.queries import Look
from careteam.features.pathways.content import pathway_of
from careteam.features.teams import operations as seats
from careteam.features.teams.candidates import names_for_seats, wanted_for
from careteam.features.teams.parts import team_part
from careteam.features.teams.proposing import propose_team
from careteam.features.teams.queries import filled_seats, free_places, get_seat, list_seats
from careteam.kit.db import db
from careteam.kit.errors import CareteamError, Conflict, Invalid, NotFound
from tests.features.teams.making import answer, client_of, goal_on, seat_for, states
from tests.personas import a_consent, a_practitioner, a_seat


def client_goal(world):
    return db.session.get_one(Goal, world.goal_id)


@pytest.fixture
def goal(world):
    return goal_on(world, "weight_loss")


@pytest.fixture
def coach(world, goal):
    seat = seat_for(goal, "fitness_instructor")
    db.session.commit()
    return seat


def test_a_goal_without_a_pathway_has_the_seats_one_adds(world):
    goal = goal_on(world, None, "Sing again")
    seat = seats.add_seat(
        actor=world.wren, goal=goal, seat_id=uuid4(), discipline="osteopath", purpose="Ribs."
    )
    propose_team(actor=world.wren, goal=goal)

    assert states(goal) == {"osteopath": "open"}
    team = team_part(world.wren, client_of(world), goal)
    assert team.factors == ()
    assert [(view.id, view.is_asked) for view in team.seats] == [(seat.id, True)]


@pytest.mark.parametrize(
    ("discipline", "purpose", "field"),
    [
        ("emergency_care", "x", "discipline"),
        ("nobody", "x", "discipline"),
        ("osteopath", "", "purpose"),
    ],
)
def test_a_seat_by_hand_needs_a_discipline_and_a_purpose(world, goal, discipline, purpose, field):
    with pytest.raises(Invalid) as refused:
        seats.add_seat(
            actor=world.wren, goal=goal, seat_id=uuid4(), discipline=discipline, purpose=purpose
        )
    assert refused.value.field == field


def test_seats_stand_in_the_order_in_which_they_come(world, goal):
    answer(world, goal, ed_now="yes")

    order = [seat.discipline for seat in list_seats(world.wren, goal) if seat.state != "ended"]
    assert order[0] == "general_practitioner"
    assert order.index("eating_disorder_service") < order.index("massage_therapist")
    assert seat_for(goal, "general_practitioner").requirement == "required"


def test_proposing_again_changes_nothing(world, goal):
    before = {seat.id: seat.version for seat in list_seats(world.wren, goal)}
    propose_team(actor=world.wren, goal=goal)

    assert {seat.id: seat.version for seat in list_seats(world.wren, goal)} == before


def test_a_seat_filled_by_the_clients_own(world, goal, coach):
    who = a_practitioner("Reed Brook", "fitness_instructor")
    seats.fill_seat(actor=world.wren, seat=coach, practitioner_id=who.id, is_own=True)

    assert (coach.state, coach.is_own, coach.filled_on) == ("filled", True, date(2026, 3, 4))
    assert coach in filled_seats(goal)
    with pytest.raises(
        Conflict, match="Reed Brook fills this place on the team already, since 4 Mar"
    ):
        seats.fill_seat(actor=world.wren, seat=coach, practitioner_id=world.juniper)


def test_a_filled_seat_alone_opens_nothing(world, goal, coach):
    seats.fill_seat(actor=world.wren, seat=coach, practitioner_id=world.rowan.practitioner_id)

    with pytest.raises(NotFound):
        get_seat(world.rowan, coach.id)


def test_a_retired_or_unknown_practitioner_fills_nothing(world, goal, coach):
    with pytest.raises(Invalid) as refused:
        seats.fill_seat(actor=world.wren, seat=coach, practitioner_id=uuid4())
    assert refused.value.field == "practitioner"
    assert coach.state == "open"


def test_not_wanted_keeps_what_was_explained_and_survives_the_rules(world, goal, coach):
    seats.set_not_wanted(
        actor=world.wren, seat=coach, explained="That strength helps", decided_on=date(2026, 3, 1)
    )
    answer(world, goal, heart="yes")

    assert (coach.state, coach.explained, coach.decided_on) == (
        "not_wanted",
        "That strength helps",
        date(2026, 3, 1),
    )
    seats.reopen_seat(actor=world.wren, seat=coach)
    assert (coach.state, coach.explained, coach.decided_on) == ("open", None, None)


def test_what_was_explained_is_needed(world, goal, coach):
    with pytest.raises(Invalid) as refused:
        seats.set_not_wanted(actor=world.wren, seat=coach, explained="")
    assert refused.value.field == "explained"


def test_a_seat_ended_by_hand_is_not_opened_by_the_rules(world, goal, coach):
    seats.end_seat(actor=world.wren, seat=coach, reason="Moved away")
    answer(world, goal, heart="no")
    assert states(goal)["fitness_instructor"] == "ended"

    view = next(
        each
        for each in team_part(world.wren, client_of(world), goal).seats
        if each.discipline == "fitness_instructor"
    )
    assert view.is_asked


def test_a_seat_put_off_can_still_be_filled(world, goal, coach):
    seats.set_later(actor=world.wren, seat=coach, reason="From January")
    assert coach.state == "later"
    seats.fill_seat(actor=world.wren, seat=coach, practitioner_id=world.juniper)

    assert (coach.state, coach.state_reason) == ("filled", None)


def test_two_people_are_not_asked_for_one_seat(world, goal, coach):
    seats.mark_referred(actor=world.wren, seat=coach, practitioner_id=world.juniper)
    db.session.commit()

    with pytest.raises(Conflict):
        seats.mark_referred(
            actor=world.wren, seat=coach, practitioner_id=world.rowan.practitioner_id
        )
    with pytest.raises(Conflict):
        seats.end_seat(actor=world.wren, seat=coach)


def test_a_hidden_seat_leaves_that_persons_team(world):
    goal = client_goal(world)
    secret = a_seat(goal, "eating_disorder_service", filled_by=world.juniper)
    assert secret.id in {seat.id for seat in list_seats(world.ash, goal)}
    seats.hide_seat(actor=world.wren, seat=secret, practitioner_id=world.ash.practitioner_id)
    forget()

    assert secret.id not in {seat.id for seat in list_seats(world.ash, goal)}
    with pytest.raises(NotFound):
        get_seat(world.ash, secret.id)
    seats.show_seat(actor=world.wren, seat=secret, practitioner_id=world.ash.practitioner_id)
    forget()
    assert secret.id in {seat.id for seat in list_seats(world.ash, goal)}


def test_a_seat_is_kept_from_members_of_the_team_only(world):
    goal = client_goal(world)
    seat = a_seat(goal, "dietitian", filled_by=world.juniper)

    for who in (world.wren.practitioner_id, world.rowan.practitioner_id, world.juniper):
        with pytest.raises(Invalid):
            seats.hide_seat(actor=world.wren, seat=seat, practitioner_id=who)


def test_a_colleague_reads_seats_but_neither_reasons_nor_purposes_that_tell(world, goal):
    answer(world, goal, ed_past="yes")
    own = a_seat(goal, "physiotherapist", filled_by=world.ash.practitioner_id)
    a_consent(goal, world.ash.practitioner_id, ["identity_contact", "goal_plan", "safety_alerts"])
    forget()
    team = team_part(world.ash, client_of(world), goal)

    psychologist = next(view for view in team.seats if view.discipline == "psychologist")
    assert psychologist.reason is None
    assert psychologist.purpose.startswith("Assessment and psychological treatment")
    assert (team.may_edit, team.possible, team.left_out, team.factors) == (False, (), (), ())
    assert next(view for view in team.seats if view.id == own.id).is_me


@pytest.mark.parametrize("who", ["ash", "rowan", "sorrel"])
def test_nobody_but_the_lead_changes_a_team(world, goal, coach, who):
    actor = world.cast[who]
    for change in (
        lambda: seats.fill_seat(actor=actor, seat=coach, practitioner_id=world.juniper),
        lambda: seats.set_later(actor=actor, seat=coach),
        lambda: seats.end_seat(actor=actor, seat=coach),
        lambda: seats.hide_seat(actor=actor, seat=coach, practitioner_id=world.juniper),
        lambda: propose_team(actor=actor, goal=goal),
    ):
        with pytest.raises(CareteamError) as refused:
            change()
        assert refused.value.status in (403, 404)
    assert coach.state == "open"


def test_candidates_come_with_reasons_and_without_the_lead_and_the_team(world, goal, coach):
    client = client_of(world)
    client.language = "pl"
    near = a_practitioner("Reed Brook", "fitness_instructor")
    near.accepting, near.accepting_said_on = "yes", date(2026, 2, 1)
    stands_in = a_practitioner("Ivy Marsh", "movement_teacher")
    a_practitioner("Moss Green", "nutritionist")
    taken = a_practitioner("Oak Field", "fitness_instructor")
    a_seat(goal, "physiotherapist", filled_by=taken.id)
    look = Look(first=5)
    shortlist = names_for_seats(world.wren, client, [coach], goal, look)[coach.id].shortlist

    assert [item.candidate.name for item in shortlist.ranked] == ["Reed Brook", "Ivy Marsh"]
    assert "takes new clients (said 1 Feb)" in shortlist.ranked[0].reasons
    assert "languages not known" in shortlist.ranked[0].drawbacks
    assert stands_in.id is not None
    assert wanted_for(client, coach, pathway_of(goal)).languages == ("Polish",)


def test_free_services_are_named_for_a_discipline(world, goal):
    clinic = a_practitioner("City Eating Clinic", "eating_disorder_service")
    public = a_practitioner("Harbour Surgery", "general_practitioner")
    public.is_public_service = True
    a_practitioner("Private Doctor", "general_practitioner")
    found = free_places(
        world.wren, ["eating_disorder_service", "general_practitioner", "osteopath"]
    )

    assert dict(found) == {
        "eating_disorder_service": [clinic.name],
        "general_practitioner": ["Harbour Surgery"],
    }


def test_the_lead_stands_in_where_the_pathway_lets_her_discipline(world):
    """Wren is a massage therapist; this pathway asks for lymphatic drainage or massage."""
    goal = goal_on(world, "fertility_ttc")
    assert seat_for(goal, "mld_therapist").state == "filled"
    assert seat_for(goal, "mld_therapist").practitioner_id == world.wren.practitioner_id
