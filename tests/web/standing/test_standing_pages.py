"""Standing teams on the page: kept, filled, removed, and first for a goal."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

import pytest

from careteam.features.directory.models import Practitioner
from careteam.features.standing.models import StandingMember, StandingTeam, StandingUse
from careteam.kit import clock
from careteam.kit.db import db
from tests.features.teams.making import answer
from tests.personas import a_practitioner
from tests.support.pages import legible
from tests.web.teams.making import a_goal_on, fresh_goal, fresh_seat

NEW = "00000000-0000-4000-8000-00000000abcd"
TEAM = f"/standing-teams/{NEW}"


@pytest.fixture
def wren(signed_in):
    return signed_in("wren")


@pytest.fixture
def people(world) -> dict[str, str]:
    """Ids by first name; Reed and Ivy are fitness instructors, Ivy first by the plain order."""
    made = [
        a_practitioner("Reed Brook", "fitness_instructor"),
        a_practitioner("Ivy Marsh", "fitness_instructor"),
        a_practitioner("Moss Hill", "fitness_instructor"),
        a_practitioner("Sage Lane", "acupuncturist"),
    ]
    found = {row.name.split()[0]: str(row.id) for row in made}
    db.session.commit()
    return found


def keep_team(wren, **members: str) -> None:
    """Wren's "My weight-loss people", ids by the discipline they are there for."""
    wren.post(
        "/standing-teams/new",
        {"new_id": NEW, "name": "My weight-loss people", "pathway": "weight_loss"},
    )
    for discipline, practitioner in members.items():
        wren.post(f"{TEAM}/members", {"practitioner": practitioner, "discipline": discipline})


def rows(model) -> list:
    db.session.expire_all()
    return db.session.query(model).all()


def test_team_is_begun_filled_renamed_and_its_gaps_are_told(wren, people):
    assert "No standing team yet" in wren.get("/standing-teams").text
    keep_team(wren)
    page = wren.get(TEAM).text
    assert "Fitness instructor" in page[page.index("Who is missing") :]

    found = wren.get(f"{TEAM}?q=reed").text
    assert "Reed Brook" in found
    wren.post(
        f"{TEAM}/members", {"practitioner": people["Reed"], "discipline": "fitness_instructor"}
    )
    page = wren.get(TEAM).text
    assert "Reed Brook" in page
    assert "Fitness instructor" not in page[page.index("Who is missing") :]
    assert "Details never checked" in page

    assert wren.post(TEAM, {"name": ""}).status_code == 422
    wren.post(TEAM, {"name": "The weight group", "pathway": ""})
    assert "The weight group" in wren.get("/standing-teams").text


def test_member_who_left_the_directory_is_shown_as_gone_and_fills_nothing(wren, people):
    keep_team(wren, fitness_instructor=people["Reed"])
    row = db.session.get_one(Practitioner, UUID(people["Reed"]))
    row.retired_at = row.created_at
    db.session.commit()

    page = wren.get(TEAM).text
    assert "No longer in the directory" in page
    assert "Fitness instructor" in page[page.index("Who is missing") :]


def test_taking_somebody_off_and_removing_the_team_are_undone(wren, people):
    keep_team(wren, fitness_instructor=people["Reed"])
    wren.post(f"{TEAM}/members/{people['Reed']}/remove")
    assert rows(StandingMember) == []
    page = wren.get(TEAM).text
    assert f'name="practitioner" value="{people["Reed"]}"' in page[page.index("Taken off") :]

    wren.post(f"{TEAM}/remove")
    assert wren.get(TEAM).status_code == 404
    wren.post(f"{TEAM}/restore")
    assert wren.get(TEAM).status_code == 200


def test_nobody_else_sees_a_standing_team(wren, signed_in, world, people):
    keep_team(wren)
    goal_id = a_goal_on(world, "weight_loss")
    rowan = signed_in("rowan")

    assert "weight-loss people" not in rowan.get("/standing-teams").text
    for path in (TEAM, f"{TEAM}/members", f"{TEAM}/remove", f"{TEAM}/restore"):
        fields = {"name": "Mine", "practitioner": people["Reed"], "discipline": "counsellor"}
        assert rowan.post(path, fields).status_code == 404
    assert rowan.get(TEAM).status_code == 404
    assert rowan.post(f"/goals/{goal_id}/standing-team", {"team": NEW}).status_code == 404


def test_team_is_kept_from_a_goal_without_its_lead_and_the_clients_own(wren, world, people):
    goal_id = a_goal_on(world, "weight_loss")
    seat, own = fresh_seat(goal_id, "fitness_instructor"), fresh_seat(goal_id, "nutritionist")
    seat.state, seat.practitioner_id = "filled", UUID(people["Reed"])
    own.state, own.practitioner_id, own.is_own = "filled", world.juniper, True
    db.session.commit()

    assert f"/standing-teams/new?goal={goal_id}" in wren.get(f"/goals/{goal_id}/team").text
    asked = fresh_seat(goal_id, "general_practitioner")
    asked.state, asked.practitioner_id = "referred", UUID(people["Moss"])
    db.session.commit()
    page = legible(wren.get(f"/standing-teams/new?goal={goal_id}").text)
    assert "Reed Brook" in page.split("Who is not kept")[0]
    assert re.search(r"Juniper Outside \S.*: the client had them already", page)
    assert re.search(r"Moss Hill \S.*: asked, and has not said yes yet", page)
    wren.post("/standing-teams/new", {"new_id": NEW, "name": "My people", "goal": goal_id})

    assert [str(row.practitioner_id) for row in rows(StandingMember)] == [people["Reed"]]
    assert "nutritionist" not in rows(StandingTeam)[0].asks_for


def test_goal_offers_it_first_with_a_second_name_and_says_who_does_not_fit(wren, world, people):
    away = db.session.get_one(Practitioner, UUID(people["Moss"]))
    away.away_until = date(2026, 12, 24)
    db.session.commit()
    keep_team(wren, fitness_instructor=people["Reed"], acupuncturist=people["Sage"])
    wren.post(
        f"{TEAM}/members", {"practitioner": people["Moss"], "discipline": "fitness_instructor"}
    )
    goal_id = a_goal_on(world, "weight_loss")
    address = f"/goals/{goal_id}/standing-team"
    assert "Use this team" in wren.get(address).text
    client = f"/clients/{fresh_goal(goal_id).client_id}?goal={goal_id}"
    assert "“My weight-loss people” could come first here" in wren.get(client).text
    wren.post(address, {"team": NEW})
    assert "“My weight-loss people” comes first on the open places" in wren.get(client).text

    page = wren.get(address).text
    place = page[page.index(f"place-{fresh_seat(goal_id, 'fitness_instructor').id}") :]
    assert place.index("Reed Brook") < place.index("Ivy Marsh")
    assert "not known how soon they see people" in place
    assert fresh_seat(goal_id, "fitness_instructor").state == "open"
    left_out = page[page.index("Not named here") :]
    assert "is away until 24 December 2026" in left_out
    assert "no open place asks for this" in left_out

    seat = wren.get(f"/goals/{goal_id}/team/{fresh_seat(goal_id, 'fitness_instructor').id}").text
    assert seat.index("Reed Brook") < seat.index("Ivy Marsh")
    assert "First come those of “My weight-loss people”" in seat

    suggested = wren.get(f"/goals/{goal_id}/suggestion").text
    marked = re.findall(r"<p class=\"row-title\">.*?</p>", suggested, re.DOTALL)
    names = {
        name: "My weight-loss people" in line
        for line in marked
        for name in re.findall(r">(\w+ \w+)</a>", line)
    }
    assert names["Reed Brook"]
    assert not names["Ivy Marsh"]

    for name in ("Reed", "Ivy"):
        wren.post(f"/goals/{goal_id}/suggestion/leave-out", {"who": people[name]})
    page = [wren.get(address).text for _ in ("with what was just done", "without")][-1]
    assert "Ivy Marsh" not in page
    assert re.search(r"Reed Brook.*left out for this goal", page[page.index("Not named") :], re.S)

    wren.post(f"{address}/leave")
    assert rows(StandingUse) == []


def test_who_may_stand_in_is_told_that_there_are_names_enough(wren, world, people):
    for name in ("Fern Dale", "Clay Ford", "Dale Reed"):
        row = a_practitioner(name, "nutritionist")
        row.accepting, row.accepting_said_on = "yes", clock.today()
    db.session.commit()
    keep_team(wren, dietitian=str(world.juniper))
    address = f"/goals/{a_goal_on(world, 'weight_loss')}/standing-team"
    wren.post(address, {"team": NEW})
    said = legible(wren.get(address).text).split("Not named here")[1]
    assert "Dietitian: could stand in, but “Nutritionist” has names enough" in said


def test_no_name_of_it_is_shown_while_a_sign_of_today_is_open(wren, world, people):
    row = a_practitioner("Fern Vale", "dietitian")
    db.session.commit()
    keep_team(wren, dietitian=str(row.id))
    goal_id = a_goal_on(world, "weight_loss_ed_history")
    wren.post(f"/goals/{goal_id}/standing-team", {"team": NEW})
    assert "Fern Vale" in wren.get(f"/goals/{goal_id}/standing-team").text
    answer(world, fresh_goal(goal_id), rapid_loss="yes")
    db.session.commit()

    page = wren.get(f"/goals/{goal_id}/standing-team").text
    assert "First: the warning sign, today, by telephone." in page
    assert "Fern Vale" not in page


def test_new_goal_begins_with_a_standing_team(wren, world):
    keep_team(wren)
    address = f"/clients/{world.client_id}/goals/new"
    assert "My weight-loss people" in wren.get(address).text
    wren.post(
        address, {"statement": "Feel lighter", "pathway": "weight_loss", "standing_team": NEW}
    )
    assert [str(row.team_id) for row in rows(StandingUse)] == [NEW]
