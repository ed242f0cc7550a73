"""A woman who is trying for a baby."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Practice
from tests.browser.steps import clients, networks, plans, referrals, safety, teams
from tests.browser.steps.beginning import THERAPIST, give_account, member_comes_in
from tests.browser.steps.stations import station

COUNSELLOR = "Ines Lark"


def test_trying_for_a_baby_with_factors_in_view(practice: Practice, open_page: OpenPage) -> None:
    me = open_page(practice.url, **practice.signed_in)
    give_account(me, COUNSELLOR)
    clients.add_client(me, "Mara Winter")
    client = clients.add_goal(
        me, words="Give ourselves a calm, well-fed year of trying", pathway="Trying to conceive"
    )
    questions_are_asked_in_private(me, client)
    factors_show_what_nobody_covers(me)
    station(me, "fertility-team")
    a_sensitive_class_needs_its_own_yes(me, client)
    ines = member_comes_in(open_page(practice.url, **practice.device))
    referrals.member_accepts(ines, THERAPIST)
    teams.look_for_people(me, client, "Nutritionist")
    referrals.telephone_and_next(
        me,
        "Nell Barley",
        "Otis Rye",
        reason="Eats on the run",
        question="What would a week look like?",
    )
    teams.look_for_people(me, client, "General practitioner")
    teams.is_clients_own(me, "Bram Fennel")
    the_plan_is_moved_by_both(me, ines, client)
    factors_are_covered_now(me)
    networks.see_picture(me)
    networks.see_list(me)
    assert networks.people_i_sent_to(me) == {COUNSELLOR, "Nell Barley", "Otis Rye"}


def questions_are_asked_in_private(me: Page, client: str) -> None:
    safety.ask_safety_questions(me)
    expect(me.get_by_text("Ask in private").first).to_be_visible()
    station(me, "fertility-questions")
    safety.answer_all(me, {"How many months": "7", "Have you been feeling hopeless": "Yes"})
    me.goto(client)
    expect(
        teams.place_on_team(me, "Massage therapist, in the place of MLD therapist")
    ).to_contain_text("You")


def factors_show_what_nobody_covers(me: Page) -> None:
    me.get_by_role("link", name="Whole team").click()
    factors = me.get_by_role("region", name="What the goal depends on")
    for name in ("Hormones and cycle", "Nutrition and hydration"):
        line = factors.get_by_role("listitem").filter(has_text=name)
        expect(line).to_contain_text("Nobody yet")


def a_sensitive_class_needs_its_own_yes(me: Page, client: str) -> None:
    teams.look_for_people(me, client, "Counsellor")
    referrals.begin_referral(me, COUNSELLOR)
    own_yes = me.get_by_role("checkbox", name="Your cycle, fertility, pregnancy and sexual health")
    expect(own_yes).not_to_be_checked()
    mood = me.get_by_role("checkbox", name="Your mood and mental health")
    expect(mood).not_to_be_checked()
    mood.check()
    station(me, "fertility-letter")
    referrals.write_letter(
        me, reason="Sleeps badly since the autumn", question="Would talking help now?"
    )
    referrals.client_agreed(me)
    referrals.send_to_inbox(me, COUNSELLOR)
    me.goto(client)
    expect(teams.place_on_team(me, "Counsellor")).to_contain_text("Waiting")


def the_plan_is_moved_by_both(me: Page, ines: Page, client: str) -> None:
    plans.make_plan(me, client)
    plans.tick(me, "Screening complete for both partners")
    ines.get_by_role("link", name="Client and plan").click()
    station(ines, "fertility-seen-by-counsellor")
    plans.tick(ines, "Emotional support in place")
    me.goto(client)
    station(me, "fertility-client")


def factors_are_covered_now(me: Page) -> None:
    me.get_by_role("link", name="Whole team").click()
    factors = me.get_by_role("region", name="What the goal depends on")
    for name, person in (
        ("Hormones and cycle", "Bram Fennel"),
        ("Nutrition and hydration", "Otis Rye"),
        ("Stress and nervous-system load", COUNSELLOR),
    ):
        line = factors.get_by_role("listitem").filter(has_text=name)
        expect(line).to_contain_text(person)
    station(me, "fertility-covered")
