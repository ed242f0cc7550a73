"""Two clients linked on the lead's pages, a step shared, and the link ended from either side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from flask import Flask

from careteam.audit.models import AccessRead, AuditEvent
from careteam.features.outbox.models import Message
from careteam.features.plans.models import Milestone
from careteam.kit.db import db
from tests.features.plans.worlds import a_step, hazels_goal
from tests.personas import World
from tests.support.own_page import inside
from tests.support.partners import HERS, HIS, a_couple, a_partner
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]


def consents(partner_id: UUID, **more: Any) -> dict[str, Any]:
    return {
        "new_id": str(uuid4()),
        "partner": str(partner_id),
        "agreed_on": "2026-03-03",
        "agreed_how": "spoken",
        "partner_agreed_on": "2026-03-02",
        "partner_agreed_how": "paper",
    } | more


def test_lead_links_two_clients_and_shares_a_step(world: World, signed_in: SignedIn) -> None:
    partner, goal = a_partner(world)
    step = a_step(world, hazels_goal(world), HERS)
    partner_id, goal_id, step_id = partner.id, goal.id, step.id
    db.session.commit()
    wren, path = signed_in("wren"), f"/clients/{world.client_id}/partner"
    wrong = wren.post(path, consents(partner_id, partner_agreed_on="2027-01-01"))
    assert (wrong.status_code, "This day is still to come." in wrong.text) == (422, True)
    assert signed_in("ash").get(path).status_code == 403
    sent = consents(partner_id)
    assert wren.post(path, sent).status_code == 303
    assert wren.post(path, sent).status_code == 303, "pressed twice"
    page = wren.get(f"/clients/{world.client_id}").text
    assert "Hazel Sample agreed on 3 March 2026, spoken" in page
    assert "Nothing is shared yet" in page

    share = f"/goals/{world.goal_id}/plan/milestones/{step_id}"
    assert "Share with Linden Sample" in wren.get(share).text
    assert wren.post(f"{share}/share", {"title": " ", "goal": str(goal_id)}).status_code == 422
    fields = {"title": HIS, "goal": str(goal_id), "new_id": str(uuid4())}
    assert wren.post(f"{share}/share", fields).status_code == 303
    assert wren.post(f"{share}/share", fields).status_code == 303, "pressed twice"
    his = db.session.query(Milestone).filter_by(client_id=partner_id).one()
    assert (his.title, his.due_on, his.owner_is_client) == (HIS, date(2026, 4, 1), False)
    assert "In a linked plan too" in wren.get(f"/goals/{goal_id}/plan").text
    assert HERS in wren.get(f"/clients/{world.client_id}").text
    assert signed_in("ash").get(f"{share}/share").status_code == 403

    version = db.session.get_one(Milestone, step_id).version
    db.session.rollback()
    assert wren.post(f"{share}/unshare", {"version": version}).status_code == 303
    assert "In a linked plan too" not in wren.get(f"/goals/{goal_id}/plan").text


def test_step_that_stands_in_both_plans_already_is_shared_without_a_second_one(
    world: World, signed_in: SignedIn
) -> None:
    partner, goal = a_partner(world)
    hers = a_step(world, hazels_goal(world), HERS).id
    his = a_step(world, goal, HIS, date(2026, 5, 9)).id
    own = a_step(world, goal, "Write it down", owner="client").id
    partner_id, goal_id = partner.id, goal.id
    db.session.commit()
    wren, share = signed_in("wren"), f"/goals/{world.goal_id}/plan/milestones/{hers}/share"
    wren.post(f"/clients/{world.client_id}/partner", consents(partner_id))
    page = wren.get(share).text
    assert f"Yes: {HIS}, 9 May" in page
    assert "Write it down" not in page, "what Linden says is not Hazel's"
    fields = {"goal": str(goal_id), "title": "", "new_id": str(uuid4())}
    for wrong in (str(own), str(uuid4()), "x"):
        assert wren.post(share, fields | {"twin": wrong}).status_code == 422
    assert wren.post(share, fields | {"twin": str(his)}).status_code == 303
    row = db.session.get_one(Milestone, his)
    assert (row.title, row.due_on) == (HIS, date(2026, 4, 1))
    assert db.session.query(Milestone).filter_by(client_id=partner_id).count() == 2


def test_client_sees_what_is_shared_and_ends_it_in_one_tap(
    app: Flask, world: World, signed_in: SignedIn
) -> None:
    couple = a_couple(world)
    visitor, home = inside(app, world)
    page = visitor.get(f"{home}/sharing").text
    assert "Shared with your partner&#39;s plan" in page
    assert HERS in page
    plan = visitor.get(f"{home}/plan").text
    step = visitor.get(f"{home}/steps/{couple.hers_id}").text
    assert "Your words stay here" in step
    assert "In your partner&#39;s plan too" in plan
    for text in (page, plan, step, visitor.get(f"{home}/record").text):
        assert HIS not in text
        assert "Linden" not in text
    unlink = f"{home}/partner"
    assert visitor.post(f"{unlink}/{couple.side_of(couple.partner_id)}/end").status_code == 404
    assert visitor.post(f"{unlink}/{couple.side_of(world.client_id)}/end").status_code == 303
    assert "partner" not in visitor.get(f"{home}/plan").text
    assert "Linked with a partner" not in signed_in("wren").get(f"/clients/{world.client_id}").text
    mail = db.session.query(Message).filter_by(recipient="wren@example.org").one()
    assert (mail.subject, "Hazel" in mail.body) == ("A link has ended", False)
    ended = db.session.query(AuditEvent).filter_by(action="partner.unlinked")
    assert {(row.client_id, row.actor_name) for row in ended} == {
        (world.client_id, "Hazel Sample"),
        (couple.partner_id, "Careteam"),
    }


def test_each_look_and_step_is_logged_with_the_client_whose_it_is(
    world: World, signed_in: SignedIn
) -> None:
    couple = a_couple(world, owner=str(world.seat_id))
    ash, path = signed_in("ash"), f"/goals/{world.goal_id}/plan/milestones/{couple.hers_id}"
    assert "In a linked plan too" in ash.get(path).text
    assert "Reason and notes stay here" in ash.get(f"{path}/move").text
    version = couple.hers.version
    db.session.rollback()
    assert ash.post(f"{path}/move", {"status": "done", "version": version}).status_code == 303
    assert couple.his.status == "done"
    looked = db.session.query(AccessRead).filter_by(actor_key=world.ash.key)
    assert {row.client_id for row in looked} == {world.client_id}
    by_ash = db.session.query(AuditEvent).filter_by(actor_key=world.ash.key)
    assert couple.partner_id not in {row.client_id for row in by_ash}
    wren = signed_in("wren")
    assert (
        "The linked plan"
        in wren.get(f"/goals/{couple.his.goal_id}/plan/milestones/{couple.his_id}").text
    )
