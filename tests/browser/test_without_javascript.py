"""The main job with scripts switched off: every step is a link or a form."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.conftest import Community, OpenPage
from tests.browser.steps import clients, networks, plans, referrals, safety, teams
from tests.browser.steps.beginning import THERAPIST, begin, give_account, member_comes_in
from tests.browser.steps.stations import take_pictures
from tests.browser.test_achilles import CONFIRMED, FULL_WEIGHT, PHYSIO


def test_torn_tendon_without_javascript(community: Community, open_page: OpenPage) -> None:
    plain = {"javascript": False}
    me = open_page(community.url, **plain)
    begin(me, community.setup_link)
    give_account(me, PHYSIO)
    clients.add_client(me, "Finn Harrow")
    client = clients.add_goal(
        me,
        words="Run the ten kilometres by the river again",
        pathway="Achilles tendon rupture, treated without surgery",
        anchor_on=datetime.now(UTC).date() - timedelta(days=3),
    )
    safety.ask_safety_questions(me)
    safety.answer_all(
        me,
        {
            "Has a specialist confirmed": "Yes",
            "How many days ago": "3",
            "What do you want to return to": "Recreational sport",
        },
    )
    teams.look_for_people(me, client, "Physiotherapist")
    referrals.begin_referral(me, PHYSIO)
    referrals.write_letter(
        me, reason="Torn Achilles, in a boot", question="When may the heel touch the ground?"
    )
    referrals.client_agreed(me)
    referrals.send_to_inbox(me, PHYSIO)
    pim = member_comes_in(open_page(community.url, **plain))
    referrals.member_accepts(pim, THERAPIST)
    plans.make_plan(me, client)
    plans.tick(me, CONFIRMED)
    pim.get_by_role("link", name="Client and plan").click()
    plans.tick(pim, FULL_WEIGHT)
    me.goto(client)
    expect(me.get_by_text("2 of 13 milestones reached")).to_be_visible()
    take_pictures(me, "without-javascript-client")
    me.get_by_role("link", name="Network").first.click()
    expect(me.get_by_role("img", name="Practitioners as dots on islands")).to_be_visible()
    take_pictures(me, "without-javascript-network")
    networks.see_list(me)
    assert networks.people_i_sent_to(me) == {PHYSIO}
