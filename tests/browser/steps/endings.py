"""The last part of a story: cleared in writing, agreed by everybody, reached, closed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.steps.linking import READ_OUT
from tests.browser.steps.pressing import choose, unfold
from tests.browser.steps.stations import station, take_pictures
from tests.support.files import pdf_text, pdf_title


def open_client(page: Page, name: str) -> None:
    page.goto("/clients")
    page.get_by_role("main").get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def plan_of(page: Page, name: str) -> str:
    """To the whole plan of a client; its address."""
    open_client(page, name)
    page.get_by_role("link", name="The whole plan").first.click()
    expect(page.get_by_role("heading", name="Recovery plan", level=1)).to_be_visible()
    return page.url


def take_the_place(page: Page, path: str, code: Callable[[], str]) -> None:
    """Behind the link: yes, then the code from the mail."""
    page.goto(path)
    page.get_by_role("link", name="I can take this").tap()
    page.get_by_role("button", name="Accept").tap()
    page.get_by_role("link", name="Read the letter").tap()
    page.get_by_role("button", name="Send a code").tap()
    expect(page.get_by_text("A code is on its way")).to_be_visible()
    page.get_by_label("Code of six digits").fill(code())
    page.get_by_role("button", name="Open").tap()
    expect(page.get_by_text("You are on the team")).to_be_visible()


def clear(page: Page, said: str) -> None:
    """By whoever is asked: behind the link, or on the client's page."""
    page.get_by_role("link", name=re.compile("^Clear it")).tap()
    page.get_by_label("What is cleared, and on which condition").fill(said)
    station(page, "ending-clears")
    page.get_by_role("button", name="Save the clearance").tap()
    expect(page.get_by_text(re.compile("It is (cleared|written down)"))).to_be_visible()
    unfold(page, "Cleared in writing")
    expect(page.get_by_text(said)).to_be_visible()


def enter_clearance(page: Page, *, who: str, way: str, said: str, letter: bytes) -> None:
    """On the client's page: what came by letter, with the letter, which opens again."""
    page.get_by_role("link", name=re.compile("^Enter it")).click()
    page.get_by_label("Who gives it?").select_option(label="Somebody else")
    page.get_by_label("Their name and what they are").fill(who)
    choose(page, way)
    page.get_by_label("What is cleared, and on which condition").fill(said)
    file: FilePayload = {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": letter}
    page.get_by_label("The letter, where there is one").set_input_files(file)
    station(page, "ending-clearance-by-hand")
    page.get_by_role("button", name="Save the clearance").click()
    expect(page.get_by_text("It is written down.")).to_be_visible()
    unfold(page, "Cleared in writing")
    cleared = page.get_by_role("list", name="Cleared in writing")
    expect(cleared).to_contain_text(f"{who}, ")
    expect(cleared).to_contain_text("by letter. Entered by hand by Linnet Meadowsweet.")
    kept = cleared.get_by_role("link", name="PDF, 1 page").get_attribute("href")
    assert page.request.get(kept or "").body() == letter
    take_pictures(page, "ending-cleared-by-hand")


def end_hold(page: Page, name: str, why: str) -> None:
    open_client(page, name)
    care = page.get_by_role("region", name="Take care")
    unfold(care, "end it")
    take_pictures(page, "ending-hold")
    care.get_by_label("What has changed?").first.fill(why)
    care.get_by_role("button", name="End it").first.click()
    expect(page.get_by_text("It is ended and no longer told.")).to_be_visible()


def preview_slip(page: Page, title: str, *, days: int) -> None:
    """A later date, what it moves, and everything moved along."""
    page.get_by_role("main").get_by_role("link", name=title, exact=True).first.click()
    page.get_by_role("link", name="Change", exact=True).click()
    due = page.get_by_label("Target date")
    due.fill((date.fromisoformat(due.input_value()) + timedelta(days=days)).isoformat())
    page.get_by_role("button", name="Save milestone").first.click()
    moved = page.get_by_role("group", name="What this date moves")
    expect(moved).to_contain_text("Nothing is saved yet.")
    expect(moved).to_contain_text(f"{days} days")
    take_pictures(page, "ending-slip")
    choose(moved, "Move them along")
    moved.get_by_role("button", name="Save milestone").click()
    expect(page.get_by_text(f"{title} is saved.")).to_be_visible()


def publish(page: Page, plan: str) -> int:
    """The next version; its number."""
    page.goto(plan)
    link = page.get_by_role("link", name=re.compile(r"^Publish version \d+$"))
    version = int(link.first.inner_text().split()[-1])
    link.first.click()
    take_pictures(page, "ending-publish")
    page.get_by_role("button", name=f"Publish version {version}").click()
    expect(page.get_by_role("region", name="Agreement")).to_contain_text(f"Version {version}")
    return version


def agrees(page: Page, version: int) -> None:
    """At the plan, signed in."""
    take_pictures(page, "ending-member-asked")
    page.get_by_role("form", name="Your answer").get_by_role("button", name="I agree").click()
    expect(page.get_by_text(f"Thank you. You agree to version {version}.")).to_be_visible()


def agrees_by_link(page: Page, version: int) -> None:
    page.goto(page.url)
    page.get_by_role("link", name="Answer").first.tap()
    take_pictures(page, "ending-link-asked")
    page.get_by_role("button", name="I agree").tap()
    expect(page.get_by_text(f"Thank you. You agree to version {version}.")).to_be_visible()


def client_agrees(page: Page, path: str) -> None:
    """On the client's own page, with the code that was read out."""
    page.goto(path)
    page.get_by_label("Code of six digits").fill(READ_OUT)
    page.get_by_role("button", name="Open my page").tap()
    take_pictures(page, "ending-client-home")
    page.get_by_role("link", name="Read the plan and say what you think").tap()
    take_pictures(page, "ending-client-plan")
    page.get_by_role("button", name="I agree").tap()
    expect(page.get_by_text("Thank you").first).to_be_visible()


def rest_by_telephone(page: Page) -> None:
    """Everybody who has yet to answer says yes on the telephone; the lead writes it down."""
    while (enter := page.get_by_role("link", name="Enter the answer")).count():
        enter.first.click()
        choose(page, "Agrees")
        choose(page, "By telephone")
        take_pictures(page, "ending-telephone")
        page.get_by_role("button", name="Save the answer").click()
        expect(page.get_by_text(re.compile("^The answer of .* is kept"))).to_be_visible()


def reach_everything(page: Page, plan: str) -> None:
    """The round tick of every line that is open; the plan answers in place."""
    page.goto(plan)
    table = page.get_by_role("region", name="Milestones")
    while (tick := table.locator("button[aria-pressed=false]")).count():
        title = tick.first.inner_text().strip()
        tick.first.click()
        expect(
            table.get_by_role("button", name=title, exact=True, pressed=True).first
        ).to_be_visible()
    take_pictures(page, "ending-reached")


def plan_as_pdf(page: Page, plan: str) -> str:
    """The words of the plan as PDF, under names that say nothing of anybody."""
    answer = page.request.get(f"{plan}.pdf")
    assert answer.ok
    assert "filename=plan-20" in answer.headers["content-disposition"]
    assert pdf_title(answer.body()) == "Plan"
    return pdf_text(answer.body())


def end_goal(page: Page, plan: str, why: str) -> None:
    page.goto(plan.removesuffix("/plan"))
    take_pictures(page, "ending-goal")
    page.get_by_label("Reason").fill(why)
    page.get_by_role("button", name="End the goal").click()
    expect(page.get_by_text("Ended", exact=True).first).to_be_visible()
