"""A therapist makes herself known at clinics, and looks at a stranger before she refers."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Practice
from tests.browser.steps import people, referrals
from tests.browser.steps.beginning import THERAPIST, give_account, member_comes_in
from tests.browser.steps.pressing import choose
from tests.browser.steps.stations import station

DOCTOR = "Bram Fennel"
STRANGER = "Nell Barley"


@pytest.mark.parametrize("device", ["phone"], indirect=True)
def test_outreach_ends_with_a_referral_and_a_stranger_is_looked_at(
    practice: Practice, open_page: OpenPage
) -> None:
    me = open_page(practice.url, **practice.signed_in)
    give_account(me, DOCTOR)
    outreach = an_outreach_begins_from_nothing(me)
    steps_are_noted_in_one_press(me)
    doctor = member_comes_in(open_page(practice.url, **practice.device))
    the_doctor_sends_somebody(doctor)
    me.goto(outreach)
    the_report_joins_both(me)
    a_stranger_is_looked_at(me)


def an_outreach_begins_from_nothing(me: Page) -> str:
    me.goto("/relationships")
    me.get_by_role("link", name="Outreach", exact=True).click()
    expect(me.get_by_text("No outreach yet")).to_be_visible()
    me.get_by_role("link", name="Begin an outreach").first.click()
    me.get_by_label("Name").fill("Fertility clinics within 20 km")
    me.get_by_role("button", name="Choose whom to ask").click()
    me.get_by_label("Near").fill("Leeds")
    me.get_by_role("button", name="Search").click()
    me.get_by_text(DOCTOR).check()
    me.get_by_role("button", name="Add the ticked ones").click()
    expect(me.get_by_role("heading", name="Fertility clinics within 20 km")).to_be_visible()
    return me.url


def steps_are_noted_in_one_press(me: Page) -> None:
    stand = me.get_by_role("region", name="Where each stands")
    stand.get_by_role("button", name=f"Visit with {DOCTOR}").click()
    stand.get_by_role("button", name=f"CV left with {DOCTOR}").click()
    expect(stand.get_by_text("Under way")).to_be_visible()
    station(me, "outreach-under-way")


def the_doctor_sends_somebody(doctor: Page) -> None:
    people.find_in_directory(doctor, THERAPIST)
    doctor.get_by_role("link", name="Refer", exact=True).click()
    referrals.write_letter(
        doctor, reason="Sore back after long days", question="Could you see her this month?"
    )
    referrals.send_to_inbox(doctor, THERAPIST)


def the_report_joins_both(me: Page) -> None:
    stand = me.get_by_role("region", name="Where each stands")
    expect(stand).to_contain_text("after 0 days")
    report = me.get_by_role("region", name="What came of it")
    expect(report).to_contain_text("First referral")
    expect(report.get_by_role("row").filter(has_text="Visit")).to_contain_text("Too few to say")
    station(me, "outreach-first-referral")


def a_stranger_is_looked_at(me: Page) -> None:
    people.find_in_directory(me, STRANGER)
    me.get_by_role("link", name=f"Check the profile of {STRANGER}").click()
    me.get_by_role("textbox", name="Register (optional)").fill("AfN")
    me.get_by_role("textbox", name="Number (optional)").fill("4711")
    choose(me.get_by_role("group", name="What the register shows"), "Found")
    me.get_by_label("Last post on").fill("2026-01-15")
    choose(me.get_by_role("group", name="Answers the public"), "Yes")
    station(me, "profile-check")
    me.get_by_role("button", name="Share with the community").click()
    observed = me.get_by_role("region", name="What was observed")
    expect(observed.get_by_role("listitem").filter(has_text="Register")).to_contain_text("AfN 4711")
    expect(observed).to_contain_text("answers the public: yes")
