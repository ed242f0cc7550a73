"""Somebody without an account, on a phone, with the link from a mail. Every tap is counted."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.steps.mails import Post


@dataclass
class Holder:
    """`taps` so far. Filling in a field is no tap; choosing one of several is."""

    page: Page
    post: Post
    email: str
    taps: int = 0

    def open_mail(self) -> None:
        """The link in the mail; the address with the secret is left at once."""
        path = self.post.link_to(self.email)
        self.page.goto(path)
        expect(self.page.get_by_role("heading", name="asks for your help", level=1)).to_be_visible()
        assert path not in self.page.url

    def tap(self, where: Locator) -> None:
        where.tap()
        self.taps += 1

    def link(self, name: str) -> None:
        before = self.page.url
        self.tap(self.page.get_by_role("link", name=name).first)
        self.page.wait_for_url(lambda url: url != before)

    def button(self, name: str) -> None:
        self.tap(self.page.get_by_role("button", name=name).first)

    def thanked(self, words: str) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible()

    def show_code(self) -> None:
        """Ask for a code, read it from the mail, show it."""
        self.link("Read the letter")
        self.button("Send a code to")
        expect(self.page.get_by_text("A code is on its way")).to_be_visible()
        self.page.get_by_label("Code of six digits").fill(self.post.code_to(self.email))
        self.button("Open")
        expect(self.page.get_by_label("Code of six digits")).to_have_count(0)
