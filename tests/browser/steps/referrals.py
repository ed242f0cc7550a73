"""Writing a referral, and answering one: signed in, or by hand for somebody without an account."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.steps.pressing import choose, unfold


def begin_referral(page: Page, name: str) -> None:
    """On the page of a place: to this candidate."""
    page.get_by_role("link", name=f"Refer to {name}").first.click()
    expect(page.get_by_role("heading", name=f"Refer to {name}", level=1)).to_be_visible()


def write_letter(page: Page, *, reason: str, question: str) -> None:
    page.get_by_label("Reason, in one sentence").fill(reason)
    page.get_by_label("Your one question").fill(question)


def client_agreed(page: Page, how: str = "Spoken") -> None:
    """The consent card beside the letter."""
    choose(page, how)


def send_to_inbox(page: Page, name: str) -> None:
    page.get_by_role("button", name=f"Send to {name}").click()
    expect(page.get_by_role("heading", name=f"To {name}", level=1)).to_be_visible()


def hand_over(page: Page, name: str, by: str = "By telephone") -> None:
    choose(page, by)
    page.get_by_role("button", name=f"Record as handed over to {name}").click()
    expect(page.get_by_role("heading", name=f"To {name}", level=1)).to_be_visible()


def open_from_inbox(page: Page, sender: str) -> None:
    """The receiver's way: Today, then what was sent to them."""
    page.goto("/referrals")
    page.get_by_role("link", name=f"From {sender}").first.click()
    expect(page.get_by_role("heading", name=f"From {sender}", level=1)).to_be_visible()


def acknowledge(page: Page) -> None:
    unfold(page, "I have it, answer follows")
    page.get_by_role("button", name="I have it, answer follows").click()


def accept(page: Page) -> None:
    unfold(page, "Accept")
    page.get_by_role("button", name="Accept", exact=True).click()


def told_accepted(page: Page) -> None:
    """The sender writes down the call back."""
    unfold(page, "They accepted")
    page.get_by_role("button", name="They accepted", exact=True).click()


def told_declined(page: Page, reason: str) -> None:
    unfold(page, "They declined")
    form = page.get_by_role("form", name="They declined")
    choose(form, reason)
    form.get_by_role("button", name="They declined", exact=True).click()


def member_accepts(page: Page, sender: str) -> None:
    """The receiver, signed in: seen first, accepted then."""
    open_from_inbox(page, sender)
    acknowledge(page)
    accept(page)
    expect(page.get_by_role("link", name="Client and plan")).to_be_visible()


def telephone_and_next(page: Page, first: str, then: str, *, reason: str, question: str) -> None:
    """On the page of a place: the first has no capacity, the next accepts, both by telephone."""
    begin_referral(page, first)
    write_letter(page, reason=reason, question=question)
    client_agreed(page)
    hand_over(page, first)
    told_declined(page, "No capacity at the moment")
    page.get_by_role("link", name="Ask the next one").click()
    page.get_by_role("link", name=f"Refer to {then}").first.click()
    expect(page.get_by_label("Your one question")).to_have_value(question)
    client_agreed(page)
    hand_over(page, then)
    told_accepted(page)
    expect(page.get_by_role("main")).to_contain_text("Entered by hand")
