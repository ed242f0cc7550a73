"""A man who wants to lose weight and has an eating disorder in his past."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Practice
from tests.browser.steps import clients, networks, plans, referrals, safety, teams
from tests.browser.steps.beginning import THERAPIST, give_account, member_comes_in
from tests.browser.steps.stations import station

TRAINER = "Tova Reed"
OLD_WORDS = "Lose ten kilos by the summer"
NEW_WORDS = "Feel at home in my body and climb the hill with my children"
PAST = "Have you ever had an eating disorder"
SECRETS = ("eating disorder", "eating-disorder", "bulimia", OLD_WORDS, "kilos", "Body weight")


def test_weight_goal_of_somebody_who_was_ill_before(
    practice: Practice, open_page: OpenPage
) -> None:
    me = open_page(practice.url, **practice.signed_in)
    give_account(me, TRAINER)
    clients.add_client(me, "Jonas Field")
    client = clients.add_goal(
        me,
        words=OLD_WORDS,
        pathway="Weight loss and healthier habits",
        measure="Body weight",
    )
    the_trainer_is_asked_first(me, client)
    tova = member_comes_in(open_page(practice.url, **practice.device))
    referrals.member_accepts(tova, THERAPIST)
    an_old_illness_changes_everything(me, client)
    new_words_are_found(me, client)
    the_new_places_are_filled(me, client)
    plans.make_plan(me, client)
    plans.tick(me, "Sharing and language rules agreed")
    me.goto(client)
    station(me, "weight-client")
    the_trainer_sees_the_effect_and_not_the_cause(tova)
    networks.see_picture(me)
    networks.see_list(me)
    assert networks.people_i_sent_to(me) == {TRAINER, "Ines Lark", "Sol Marsh"}


def the_trainer_is_asked_first(me: Page, client: str) -> None:
    """While the goal is still about weight."""
    teams.look_for_people(me, client, "Fitness instructor")
    referrals.begin_referral(me, TRAINER)
    referrals.write_letter(
        me, reason="Wants to move more", question="How would you begin, twice a week?"
    )
    referrals.client_agreed(me)
    referrals.send_to_inbox(me, TRAINER)


def an_old_illness_changes_everything(me: Page, client: str) -> None:
    me.goto(client)
    safety.ask_safety_questions(me)
    safety.answer_all(me, {PAST: "Yes"})
    me.goto(client)
    for role in ("Counsellor", "Psychologist"):
        expect(teams.place_on_team(me, role)).to_contain_text("Required")
    change = me.get_by_role("region", name="Pathway", exact=True)
    expect(change).to_contain_text("Weight and health goals with an eating-disorder history")
    station(me, "weight-switch")
    change.get_by_role("button", name="Change to this pathway").click()
    me.goto(client)
    expect(me.get_by_role("main")).not_to_contain_text(OLD_WORDS)
    expect(me.get_by_role("region", name="Take care")).to_contain_text("not collected or shown")
    station(me, "weight-set-aside")


def new_words_are_found(me: Page, client: str) -> None:
    me.get_by_role("link", name="being worded anew").first.click()
    clients.word_goal_anew(me, NEW_WORDS)
    me.goto(client)
    safety.ask_safety_questions(me)
    safety.answer_all(me, {"Who may know about": "Clinicians only"})


def the_new_places_are_filled(me: Page, client: str) -> None:
    teams.look_for_people(me, client, "Counsellor")
    referrals.telephone_and_next(
        me, "Ines Lark", "Sol Marsh", reason="Under strain", question="Would weekly talks help?"
    )
    for role, name in (("General practitioner", "Bram Fennel"), ("Psychologist", "Ada Plume")):
        teams.look_for_people(me, client, role)
        teams.is_clients_own(me, name)
        me.goto(client)
        expect(teams.place_on_team(me, role)).to_contain_text("The client's own")


def the_trainer_sees_the_effect_and_not_the_cause(tova: Page) -> None:
    tova.get_by_role("link", name="Client and plan").click()
    expect(tova.get_by_role("region", name="Take care")).to_contain_text("weight", ignore_case=True)
    station(tova, "weight-seen-by-trainer")
    client = tova.url
    tova.get_by_role("link", name="Whole team").click()
    pages = [tova.url]
    tova.goto(client)
    tova.get_by_role("link", name="The whole plan").click()
    pages += [tova.url, client, "/", "/clients", "/referrals"]
    for page in pages:
        tova.goto(page)
        # the classes a note may have are the same words for every client
        words = re.sub(r"<option.*?</option>", "", tova.content()).casefold()
        assert [secret for secret in SECRETS if secret.casefold() in words] == [], tova.url
