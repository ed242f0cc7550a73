"""Notes: whoever writes chooses who reads; class, goal, seat and audience are kept to."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from careteam.access.actor import Actor, Kind
from careteam.access.reach import forget
from careteam.features.clients.models import Goal
from careteam.features.consents.models import Consent
from careteam.features.directory.models import PractitionerDiscipline
from careteam.features.notes.choosing import kinds_of_note
from careteam.features.notes.models import Note
from careteam.features.notes.new_queries import count_notes
from careteam.features.notes.operations import take_back_note, write_note
from careteam.features.notes.parts import notes_part
from careteam.features.notes.queries import find_note, list_notes
from careteam.features.plans.models import Milestone
from careteam.features.teams.models import Seat, SeatHiding
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Forbidden, Invalid, NotFound
from tests.personas import World, a_client, a_goal, a_seat
from tests.support.statements import statements


def goal_of(world: World) -> Goal:
    return db.session.get_one(Goal, world.goal_id)


def hazel(world: World) -> Actor:
    return Actor(Kind.CLIENT, name="Hazel", client_id=world.client_id)


def written(
    world: World,
    actor: Actor,
    body: str = "Walks better.",
    audience: str = "team",
    kind: str = "safety_alerts",
    milestone: Milestone | None = None,
) -> Note:
    note = write_note(
        actor=actor,
        goal=goal_of(world),
        note_id=uuid4(),
        body=body,
        audience=audience,
        information_class=kind,
        milestone=milestone,
    )
    db.session.commit()
    forget()
    return note


def bodies(world: World, actor: Actor) -> list[str]:
    forget()
    return [found.row.body for found in list_notes(actor, goal_of(world)).items]


def test_lead_and_seat_read_each_other_and_the_client_what_is_for_all(world: World) -> None:
    written(world, world.wren, "from the lead")
    with clock.stopped(clock.now() + timedelta(minutes=1)):
        written(world, world.ash, "from the seat", audience="all")
    assert bodies(world, world.wren) == ["from the seat", "from the lead"]
    assert bodies(world, world.ash) == ["from the seat", "from the lead"]
    assert bodies(world, hazel(world)) == ["from the seat"]
    assert bodies(world, world.rowan) == []
    assert bodies(world, world.sorrel) == []


def test_class_decides_who_of_the_team_reads(world: World) -> None:
    written(world, world.wren, "low mood", kind="mental_health")
    assert bodies(world, world.ash) == []
    written(world, world.ash, "worried", kind="mental_health")
    assert bodies(world, world.ash) == ["worried"]
    assert count_notes(world.ash, goal_of(world)) == (1, 0)


def test_client_writes_for_everybody(world: World) -> None:
    note = written(world, hazel(world), "It hurts less.", audience="team")
    assert (note.audience, note.author_id, note.seat_id) == ("all", None, None)
    part = notes_part(world.wren, goal_of(world), "Hazel")
    assert [(line.by, line.audience) for line in part.lines] == [
        ("Hazel", "The team and the client")
    ]


@pytest.mark.parametrize(
    ("body", "audience", "kind", "field"),
    [
        (None, "team", "goal_plan", "body"),
        ("Words", None, "goal_plan", "audience"),
        ("Words", "world", "goal_plan", "audience"),
        ("Words", "team", None, "information_class"),
        ("Words", "team", "gossip", "information_class"),
        ("Words", "team", "identity_contact", "information_class"),
    ],
)
def test_nothing_is_chosen_beforehand(
    world: World, body: str | None, audience: str | None, kind: str | None, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        write_note(
            actor=world.wren,
            goal=goal_of(world),
            note_id=uuid4(),
            body=body,
            audience=audience,
            information_class=kind,
        )
    assert refused.value.field == field
    assert db.session.query(Note).count() == 0


def test_outsider_writes_nothing(world: World) -> None:
    with pytest.raises(NotFound):
        written(world, world.rowan)


def test_only_the_writer_takes_a_note_back(world: World) -> None:
    note = written(world, world.ash)
    with pytest.raises(Forbidden):
        take_back_note(actor=world.wren, note=note)
    take_back_note(actor=world.ash, note=note)
    db.session.commit()
    assert db.session.query(Note).count() == 0


def test_withdrawn_consent_closes_own_notes_too(world: World) -> None:
    note = written(world, world.ash)
    db.session.get_one(Consent, world.consent_id).withdrawn_at = clock.now()
    db.session.commit()
    forget()
    assert find_note(world.ash, goal_of(world), note.id) is None
    with pytest.raises(NotFound):
        written(world, world.ash)


def test_note_of_a_seat_kept_from_somebody_is_kept_from_them(world: World) -> None:
    goal = goal_of(world)
    seat = a_seat(goal, "dietitian", filled_by=world.juniper)
    hidden = written(world, world.wren, "about meals")
    hidden.seat_id, hidden.author_id = seat.id, world.juniper
    assert world.ash.practitioner_id is not None
    db.session.add(
        SeatHiding(
            seat_id=seat.id, practitioner_id=world.ash.practitioner_id, client_id=world.client_id
        )
    )
    db.session.commit()
    assert bodies(world, world.ash) == []
    assert bodies(world, world.wren) == ["about meals"]


def test_note_may_be_about_a_step_of_the_same_plan(world: World) -> None:
    step = a_step(goal_of(world), "Walk to the corner")
    written(world, world.ash, milestone=step)
    assert [found.about for found in list_notes(world.wren, goal_of(world)).items] == [
        "Walk to the corner"
    ]
    other = a_step(a_goal(a_client(world.rowan.practitioner_id or uuid4())), "Sleep")
    with pytest.raises(Invalid):
        written(world, world.ash, milestone=other)


def a_step(goal: Goal, title: str) -> Milestone:
    step = Milestone(
        id=uuid4(),
        client_id=goal.client_id,
        goal_id=goal.id,
        author_id=goal.author_id,
        title=title,
        due_on=clock.today(),
    )
    db.session.add(step)
    db.session.flush()
    return step


def test_kinds_say_which_the_lead_does_not_read(world: World) -> None:
    kinds = {kind.id: kind for kind in kinds_of_note(world.ash, goal_of(world))}
    assert kinds["safety_alerts"].kept_from is None
    assert kinds["mental_health"].kept_from == "Wren Lead"
    assert kinds["mental_health"].label.endswith("(not shown to Wren Lead)")
    assert {"own_session_notes", "identity_contact", "letters_reports"} & kinds.keys() == set()
    assert [kind.is_shown for kind in kinds.values()] == sorted(
        (kind.is_shown for kind in kinds.values()), reverse=True
    )
    assert {kind.kept_from for kind in kinds_of_note(world.wren, goal_of(world))} == {None}


@pytest.mark.either_database
def test_a_page_of_notes_costs_the_same_for_one_and_many(world: World) -> None:
    def cost() -> int:
        db.session.expire_all()
        goal = goal_of(world)
        notes_part(world.wren, goal, "Hazel")
        with statements() as seen:
            notes_part(world.wren, goal, "Hazel")
        return len(seen)

    written(world, world.ash)
    first = cost()
    for _ in range(4):
        written(world, world.ash)
    assert cost() == first


def test_each_note_says_who_wrote_it_in_which_role(world: World) -> None:
    for actor in (world.wren, world.ash, hazel(world)):
        written(world, actor, audience="all")
    shown = notes_part(world.ash, goal_of(world), "Hazel").lines
    assert sorted((line.by, line.role) for line in shown) == [
        ("Hazel", "Client"),
        ("Wren Lead", "Massage therapist, leads the team"),
        ("You", "Physiotherapist"),
    ]


def test_role_is_that_of_the_place_where_its_holder_practises_it(world: World) -> None:
    note = written(world, world.ash)
    db.session.add(
        PractitionerDiscipline(
            practitioner_id=world.ash.practitioner_id, discipline="dietitian", position=1
        )
    )
    seat = db.session.get_one(Seat, note.seat_id)
    for asked, role in (("dietitian", "Dietitian"), ("osteopath", "Physiotherapist")):
        seat.discipline = asked
        db.session.commit()
        [line] = notes_part(world.wren, goal_of(world), "Hazel").lines
        assert line.role == role
