"""The first minutes of a community: set-up, own entry, contacts, a colleague with an account."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import Community, OpenPage
from tests.browser.steps import entering, people

THERAPIST = "Wren Alder"
MASSAGE = "Massage therapist (sports, remedial, soft-tissue)"


def begin(
    community: Community,
    open_page: OpenPage,
    device: dict[str, Any],
    *,
    contacts: list[str],
    member: str,
    discipline: str = MASSAGE,
) -> Page:
    """The therapist's browser, with `contacts` in the directory and an account for `member`."""
    page = open_page(community.url, **device)
    entering.set_up(page, community.setup_link, name=THERAPIST, email="wren@example.org")
    people.add_own_entry(page, discipline=discipline, place="Leeds")
    people.import_contacts(page, contacts)
    people.give_account(page, member, email="member@example.org")
    return page


def member_signs_in(community: Community, open_page: OpenPage, device: dict[str, Any]) -> Page:
    """The colleague's own browser, at Today."""
    page = open_page(community.url, **device)
    entering.sign_in_first_time(page, email="member@example.org")
    page.goto("/")
    return page
