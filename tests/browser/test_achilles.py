"""A runner with a torn Achilles tendon, neither operated nor in a cast."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Practice
from tests.browser.steps import clients, networks, plans, referrals, safety, teams
from tests.browser.steps.beginning import THERAPIST, give_account, member_comes_in
from tests.browser.steps.stations import station

PHYSIO = "Pim Sandbank"
CONFIRMED = "Diagnosis and non-surgical plan confirmed"
AGREED = "Recovery programme agreed with the specialist and shared"
FULL_WEIGHT = "Full weight in the boot"


def test_torn_tendon_from_first_call_to_moving_plan(
    practice: Practice, open_page: OpenPage
) -> None:
    me = open_page(practice.url, **practice.signed_in)
    give_account(me, PHYSIO)
    clients.add_client(me, "Finn Harrow")
    client = clients.add_goal(
        me,
        words="Run the ten kilometres by the river again",
        pathway="Achilles tendon rupture, treated without surgery",
        anchor_on=datetime.now(UTC).date() - timedelta(days=3),
    )
    the_doctor_comes_first_while_nobody_has_confirmed(me, client)
    the_rest_is_answered(me, client)

    pim = the_physiotherapist_accepts(
        me, client, lambda: member_comes_in(open_page(practice.url, **practice.device))
    )
    one_declines_and_the_next_accepts_by_telephone(me, client)
    doctors_who_care_already(me, client)
    both_move_the_plan(me, pim, client)
    the_network_shows_it(me)


def the_doctor_comes_first_while_nobody_has_confirmed(me: Page, client: str) -> None:
    safety.ask_safety_questions(me)
    safety.answer(me, "Has a specialist confirmed", "No")
    safety.save_card(me)
    me.goto(client)
    first = me.get_by_role("region", name="Before anything else").get_by_role("listitem").first
    expect(first).to_contain_text("First the emergency department")
    expect(first.get_by_role("link", name="What to do now")).to_be_visible()
    expect(me.get_by_role("region", name="Take care")).to_contain_text("No hands-on work")
    expect(me.get_by_role("region", name="Recovery plan")).to_contain_text("The plan waits.")
    station(me, "achilles-doctor-first")


def the_rest_is_answered(me: Page, client: str) -> None:
    safety.ask_safety_questions(me)
    safety.answer(me, "Has a specialist confirmed", "Yes")
    safety.none_of_these(me)
    safety.answer(me, "How many days ago", "3")
    safety.none_of_these(me)
    safety.answer(me, "What do you want to return to", "Recreational sport")
    station(me, "achilles-questions")
    safety.none_of_these(me)
    me.goto(client)
    expect(me.get_by_text("All 13 safety questions are answered.")).to_be_visible()
    expect(me.get_by_role("region", name="Before anything else")).to_have_count(0)
    expect(teams.place_on_team(me, "Sport coach")).to_contain_text("Open")


def the_physiotherapist_accepts(me: Page, client: str, sign_in: Callable[[], Page]) -> Page:
    teams.look_for_people(me, client, "Physiotherapist")
    referrals.begin_referral(me, PHYSIO)
    referrals.write_letter(
        me, reason="Torn Achilles, in a boot", question="When may the heel touch the ground?"
    )
    referrals.client_agreed(me)
    referrals.send_to_inbox(me, PHYSIO)
    pim = sign_in()
    expect(pim.get_by_role("main")).to_contain_text(THERAPIST)
    referrals.open_from_inbox(pim, THERAPIST)
    expect(pim.get_by_role("main")).not_to_contain_text("Finn Harrow")
    station(pim, "achilles-letter-received")
    referrals.member_accepts(pim, THERAPIST)
    expect(pim.get_by_role("main")).to_contain_text("Finn Harrow")
    me.goto(client)
    expect(teams.place_on_team(me, "Physiotherapist")).to_contain_text("In team")
    return pim


def one_declines_and_the_next_accepts_by_telephone(me: Page, client: str) -> None:
    teams.look_for_people(me, client, "Nutritionist")
    station(me, "achilles-candidates")
    referrals.telephone_and_next(
        me, "Nell Barley", "Otis Rye", reason="Healing well", question="What helps it to heal?"
    )
    me.goto(client)
    expect(teams.place_on_team(me, "Nutritionist")).to_contain_text("Otis Rye")


def doctors_who_care_already(me: Page, client: str) -> None:
    for role, name in (
        ("General practitioner", "Bram Fennel"),
        ("Orthopaedic surgeon", "Orla Quill"),
    ):
        teams.look_for_people(me, client, role)
        teams.is_clients_own(me, name)
        me.goto(client)
        expect(teams.place_on_team(me, role)).to_contain_text("The client's own")


def both_move_the_plan(me: Page, pim: Page, client: str) -> None:
    plans.make_plan(me, client)
    plans.tick(me, CONFIRMED)
    plans.update_milestone(me, AGREED, "Under way")
    station(me, "achilles-plan")
    pim.get_by_role("link", name="Client and plan").click()
    plans.tick(pim, FULL_WEIGHT)
    station(pim, "achilles-seen-by-physio")
    me.goto(client)
    expect(me.get_by_text("2 of 13 milestones reached")).to_be_visible()
    station(me, "achilles-client")


def the_network_shows_it(me: Page) -> None:
    networks.see_picture(me)
    station(me, "achilles-network")
    networks.see_list(me)
    assert networks.people_i_sent_to(me) == {PHYSIO, "Nell Barley", "Otis Rye"}
    station(me, "achilles-network-list")
