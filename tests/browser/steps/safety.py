"""The safety questions, read out card by card."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.steps.pressing import choose

ASK = re.compile("Ask the safety questions|Go on asking|Look at the answers")


def ask_safety_questions(page: Page) -> None:
    """From the client's page to the first card."""
    page.get_by_role("link", name=ASK).first.click()
    expect(page.get_by_role("heading", name="Safety questions", level=1)).to_be_visible()


def answer(page: Page, question: str, words: str) -> None:
    """`question` is the beginning of what is asked."""
    asked = page.get_by_role("group", name=question)
    if asked.count():
        choose(asked, words)
    else:
        page.get_by_label(question).fill(words)


def save_card(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=False).click()


def none_of_these(page: Page) -> None:
    """Every open question of the card is answered with no."""
    page.get_by_role("button", name="None of these").click()


def answer_all(page: Page, answers: dict[str, str]) -> None:
    """Card by card, until none is open: these answers, and no to everything else."""
    while page.get_by_role("heading", name="Safety questions", level=1).count():
        for question, words in answers.items():
            if page.get_by_text(question).count():
                answer(page, question, words)
        if page.get_by_role("button", name="None of these").count():
            none_of_these(page)
        else:
            save_card(page)
