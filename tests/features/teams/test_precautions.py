"""Holds and cautions laid by hand: who lays, who reads, who ends, and what they stop."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from careteam.access.actor import Actor, Kind
from careteam.access.reach import forget
from careteam.audit.models import AuditEvent
from careteam.features.clients.models import Client, Goal
from careteam.features.consents.models import Consent
from careteam.features.outbox.models import Message
from careteam.features.plans.safety import safety_of
from careteam.features.plans.sheet import plan_sheet
from careteam.features.teams.effects import client_safety, standing_outcomes
from careteam.features.teams.models import Precaution, SeatHiding
from careteam.features.teams.parts import effects_shown, safety_part, to_avoid
from careteam.features.teams.precautions.lines import precautions_of
from careteam.features.teams.precautions.operations import (
    NewPrecaution,
    end_precaution,
    lay_precaution,
    resume_precaution,
)
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict, Forbidden, Invalid, NotFound
from tests.personas import World, a_consent, a_goal, a_seat


def hazel(world: World) -> Actor:
    return Actor(Kind.CLIENT, name="Hazel", client_id=world.client_id)


def seats_rowan(world: World, goal: Goal) -> None:
    """Rowan takes a place on the goal's team and is told of holds."""
    rowan = world.rowan.practitioner_id
    assert rowan is not None
    a_consent(goal, rowan, ["goal_plan", "safety_alerts"])
    a_seat(goal, "osteopath", filled_by=rowan)


def goal_of(world: World) -> Goal:
    return db.session.get_one(Goal, world.goal_id)


def laid(world: World, actor: Actor, goal: Goal | None = None, **given: Any) -> Precaution:
    values: dict[str, Any] = {
        "kind": "hold",
        "scope": "none",
        "what": "running",
        "why": "Swollen again.",
    }
    values |= {"said_by_id": None if "said_by_name" in given else actor.practitioner_id} | given
    row = lay_precaution(
        actor=actor, goal=goal or goal_of(world), precaution_id=uuid4(), new=NewPrecaution(**values)
    )
    db.session.commit()
    forget()
    return row


def told(world: World, actor: Actor) -> list[tuple[str, str]]:
    """What the actor is shown by itself: the effect and why."""
    forget()
    lines = precautions_of(actor, world.client_id).standing
    return [(line.strong, line.why) for line in lines]


def ended(actor: Actor, row: Precaution, why: str | None = None) -> None:
    end_precaution(actor=actor, precaution=row, why=why)
    db.session.commit()
    forget()


def test_team_reads_the_effect_and_the_reason_only_where_it_is_shared(world: World) -> None:
    laid(world, world.wren)
    assert told(world, world.wren) == [("On hold: running.", "Swollen again.")]
    assert told(world, hazel(world)) == [("On hold: running.", "Swollen again.")]
    assert told(world, world.ash) == [("On hold: running.", "")]
    assert told(world, world.rowan) == []
    assert told(world, world.sorrel) == []
    laid(world, world.wren, kind="caution", what="no heat", why="Burnt.", shares_why=True)
    assert told(world, world.ash) == [("On hold: running.", ""), ("No heat.", "Burnt.")]


def test_whoever_may_not_know_the_alerts_reads_nothing(world: World) -> None:
    laid(world, world.wren)
    consent = db.session.get_one(Consent, world.consent_id)
    consent.classes = ["identity_contact", "goal_plan"]
    db.session.commit()
    assert told(world, world.ash) == []
    assert effects_shown(world.ash, world.client_id) == ()
    assert to_avoid(world.ash, world.client_id, standing_outcomes(world.client_id)).is_nothing


def test_it_holds_for_the_person_whichever_goal_it_was_laid_on(world: World) -> None:
    """Whoever sees the other goal only is told the effect and nothing of who says so."""
    client = db.session.get_one(Client, world.client_id)
    second = a_goal(client, "Sleep through the night")
    seats_rowan(world, second)
    laid(world, world.wren, scope="all", what=None)
    assert told(world, world.rowan) == []
    forget()
    assert effects_shown(world.rowan, client.id) == (
        "No hands-on work at all until the lead says otherwise.",
    )
    assert safety_of(world.rowan, second).hands_on_held


def test_kept_seat_does_not_tell_who_says_so(world: World) -> None:
    goal = goal_of(world)
    seats_rowan(world, goal)
    db.session.add(
        SeatHiding(
            seat_id=world.seat_id,
            practitioner_id=world.rowan.practitioner_id,
            client_id=world.client_id,
        )
    )
    row = laid(world, world.ash)
    assert row.seat_id == world.seat_id
    shown = to_avoid(world.rowan, world.client_id, standing_outcomes(world.client_id))
    assert (shown.effects, shown.by_hand.standing) == (("On hold: running.",), ())


def test_hold_of_all_hands_on_work_holds_the_plan_as_a_derived_one_does(world: World) -> None:
    assert not safety_of(world.wren, goal_of(world)).hands_on_held
    row = laid(world, world.wren, scope="all", what="the scan first")
    assert safety_of(world.wren, goal_of(world)).hands_on_held
    ended(world.wren, row)
    assert not safety_of(world.wren, goal_of(world)).hands_on_held


def test_hold_outlives_its_goal_until_somebody_ends_it(world: World) -> None:
    goal = goal_of(world)
    laid(world, world.wren, goal=goal, scope="all", what=None)
    goal.status = "ended"
    db.session.commit()
    client = db.session.get_one(Client, world.client_id)
    assert [scope.value for scope in client_safety(client).held] == ["all"]


def test_paper_carries_the_effect_without_who_or_why(world: World) -> None:
    laid(world, world.wren, shares_why=True)
    client = db.session.get_one(Client, world.client_id)
    for actor in (world.wren, world.ash):
        forget()
        assert plan_sheet(actor, goal_of(world), client).effects == ("On hold: running.",)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": None}, "kind"),
        ({"kind": "ban"}, "kind"),
        ({"scope": None}, "scope"),
        ({"scope": "head"}, "scope"),
        ({"what": None}, "what"),
        ({"scope": "limb", "what": ""}, "what"),
        ({"kind": "caution", "what": None}, "what"),
        ({"why": None}, "why"),
        ({"said_by_id": None}, "said_by_name"),
        ({"said_by_id": UUID(int=1)}, "said_by"),
        ({"from_on": date(2199, 1, 1)}, "from_on"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    world: World, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        laid(world, world.wren, **given)
    assert refused.value.field == field
    assert db.session.query(Precaution).count() == 0


def test_lead_enters_for_the_team_and_others_for_themselves(world: World) -> None:
    row = laid(world, world.wren, said_by_id=world.ash.practitioner_id)
    assert (row.author_id, row.seat_id) == (world.wren.practitioner_id, world.seat_id)
    line = precautions_of(world.wren, world.client_id).standing[0]
    assert line.text == "Says Ash Seated, since 4 Mar (entered by hand)."
    with pytest.raises(Invalid) as refused:
        laid(world, world.ash, said_by_id=world.wren.practitioner_id)
    assert refused.value.field == "said_by"
    laid(world, world.ash, said_by_name="Dr Moss, by telephone")
    lines = precautions_of(world.wren, world.client_id).standing
    assert "Says Dr Moss, by telephone, since 4 Mar (entered by hand)." in [
        line.text for line in lines
    ]


@pytest.mark.parametrize("who", ["rowan", "sorrel"])
def test_outsider_lays_none(world: World, who: str) -> None:
    with pytest.raises(NotFound):
        laid(world, world.cast[who], said_by_name="Somebody")


def test_client_lays_none(world: World) -> None:
    with pytest.raises(Forbidden):
        laid(world, hazel(world), said_by_name="Hazel")


def test_lead_and_whoever_laid_it_end_it_and_nobody_else(world: World) -> None:
    goal = goal_of(world)
    seats_rowan(world, goal)
    row = laid(world, world.ash)
    with pytest.raises(Forbidden):
        end_precaution(actor=world.rowan, precaution=row, why="No need.")
    with pytest.raises(Forbidden):
        end_precaution(actor=hazel(world), precaution=row, why="No need.")
    with pytest.raises(NotFound):
        end_precaution(actor=world.sorrel, precaution=row, why="No need.")
    ended(world.ash, row)
    assert row.ended_by_id == world.ash.practitioner_id


def test_word_is_asked_of_whoever_ends_what_another_asked_for(world: World) -> None:
    row = laid(world, world.ash)
    with pytest.raises(Invalid) as refused:
        end_precaution(actor=world.wren, precaution=row, why=None)
    assert refused.value.field == "ended_why"
    ended(world.wren, row, "Seen by Dr Moss.")
    assert told(world, world.ash) == []
    over = precautions_of(world.ash, world.client_id).over
    assert [line.ended for line in over] == ["Ended by Wren Lead, 4 Mar: Seen by Dr Moss."]


def test_second_to_end_it_is_told_who_was_first(world: World) -> None:
    row = laid(world, world.ash)
    ended(world.ash, row)
    with pytest.raises(Conflict) as refused:
        end_precaution(actor=world.wren, precaution=row, why="Better.")
    assert refused.value.message == "Ash Seated already ended this on 4 Mar at 09:30."


def test_ending_taken_back_acts_again_and_the_trail_keeps_both(world: World) -> None:
    row = laid(world, world.wren)
    ended(world.wren, row)
    resume_precaution(actor=world.wren, precaution=row)
    db.session.commit()
    assert told(world, world.ash) == [("On hold: running.", "")]
    actions = db.session.query(AuditEvent.action).order_by(AuditEvent.number).all()
    assert [each.action for each in actions if each.action.startswith("precaution")] == [
        "precaution.laid",
        "precaution.ended",
        "precaution.resumed",
    ]


def test_lead_is_mailed_what_others_lay_and_end_and_nothing_of_it(world: World) -> None:
    ended(world.wren, laid(world, world.wren))
    assert db.session.query(Message).count() == 0
    ended(world.ash, laid(world, world.ash))
    mails = db.session.query(Message).order_by(Message.subject.desc()).all()
    assert [(mail.recipient, mail.subject) for mail in mails] == [
        ("wren@example.org", "A hold or a caution is laid"),
        ("wren@example.org", "A hold or a caution is ended"),
    ]
    assert "Ash Seated has laid a hold or a caution" in mails[0].body
    for mail in mails:
        assert not any(word in mail.body for word in ("Hazel", "unning", "wollen"))


def test_writer_out_of_reach_ends_nothing(world: World) -> None:
    row = laid(world, world.ash)
    consent = db.session.get_one(Consent, world.consent_id)
    consent.withdrawn_at = clock.now()
    db.session.commit()
    forget()
    with pytest.raises(NotFound):
        end_precaution(actor=world.ash, precaution=row, why=None)


def test_newest_stands_first_holds_before_cautions(world: World) -> None:
    client = db.session.get_one(Client, world.client_id)
    for number, (kind, what) in enumerate(
        [("hold", "running"), ("caution", "heat"), ("hold", "stairs")]
    ):
        with clock.stopped(clock.now() + timedelta(minutes=number)):
            laid(world, world.wren, kind=kind, what=what)
    part = safety_part(world.wren, client, goal_of(world))
    assert [line.strong for line in part.by_hand.standing] == [
        "On hold: stairs.",
        "On hold: running.",
        "Heat.",
    ]
    assert not part.is_quiet
    assert part.may_lay
