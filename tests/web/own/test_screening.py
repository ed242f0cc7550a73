"""Safety questions on the client's phone: what cannot wait is told at once, then to the lead."""

from __future__ import annotations

from uuid import UUID

from flask import Flask

from careteam.access.reach import forget
from careteam.features.teams.models import Answer
from careteam.features.today.desk import today_of
from careteam.kit.db import db
from tests.personas import World
from tests.support.own_page import a_pathway, inside


def answers() -> dict[str, tuple[str | None, str, UUID | None]]:
    rows = db.session.query(Answer).all()
    found = {row.question: (row.value, row.how, row.author_id) for row in rows}
    db.session.rollback()
    return found


def test_answer_that_cannot_wait_shows_the_number_and_stands_on_today(
    app: Flask, world: World
) -> None:
    a_pathway(world, "achilles_rupture_nonoperative")
    visitor, home = inside(app, world)
    here = f"{home}/goals/{world.goal_id}/questions"
    assert "Questions for my safety" in visitor.get(home).text
    page = visitor.get(here).text
    assert 'name="calf_clot"' in page
    told = visitor.post(here, {"card": "1", "version": "0", "calf_clot": "yes"}).text
    assert "What you answered may mean something that cannot wait." in told
    assert 'href="tel:111"' in told
    assert "Go on with the questions" in told
    assert answers() == {"calf_clot": ("yes", "screen", None)}
    forget()
    assert [line.goal.id for line in today_of(world.wren).urgent] == [world.goal_id]


def test_none_of_these_and_a_changed_mind_are_kept_as_her_own(app: Flask, world: World) -> None:
    a_pathway(world, "weight_loss")
    visitor, home = inside(app, world)
    here = f"{home}/goals/{world.goal_id}/questions"
    answer = visitor.post(here, {"card": "1", "version": "0", "none": "1"})
    assert (answer.status_code, answer.location) == (303, f"{here}?card=2")
    assert set(answers().values()) == {("no", "screen", None)}
    wrong = visitor.post(here, {"card": "2", "version": "5", "ed_past": "purple"})
    assert (wrong.status_code, "ed_past" in answers()) == (422, False)


def test_goal_without_a_pathway_asks_nothing(app: Flask, world: World) -> None:
    visitor, home = inside(app, world)
    assert "Questions for my safety" not in visitor.get(home).text
    assert visitor.get(f"{home}/goals/{world.goal_id}/questions").status_code == 404
