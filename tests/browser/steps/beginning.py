"""The first minutes of a community: set-up, own entry, contacts, a colleague with an account."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.steps import entering, people

THERAPIST = "Wren Alder"
MASSAGE = "Massage therapist (sports, remedial, soft-tissue)"
MEMBER = "member@example.org"
CONTACTS = [
    "Pim Sandbank, physio, 01632 960 101, Leeds",
    "Orla Quill, orthopaedic surgeon, 01632 960 102, Leeds",
    "Bram Fennel, GP, 01632 960 103, Leeds",
    "Nell Barley, nutritionist, 01632 960 104, Leeds",
    "Otis Rye, nutritionist, 01632 960 105, Bradford",
    "Isla Track, running coach, 01632 960 106, Leeds",
    "Ines Lark, counsellor, 01632 960 111, Leeds",
    "Tova Reed, personal trainer, 01632 960 112, Leeds",
    "Sol Marsh, counsellor, 01632 960 113, Bradford",
    "Ada Plume, psychologist, 01632 960 114, Leeds",
    "Dora Vetch, dietitian, 01632 960 115, Leeds",
]


def begin(page: Page, setup_link: str) -> None:
    """From the printed link to a therapist with an entry of her own and her contacts."""
    entering.set_up(page, setup_link, name=THERAPIST, email="wren@example.org")
    people.add_own_entry(page, discipline=MASSAGE, place="Leeds")
    people.import_contacts(page, CONTACTS)


def give_account(page: Page, name: str) -> None:
    people.give_account(page, name, email=MEMBER)


def member_comes_in(page: Page) -> Page:
    """The colleague's own browser, at Today."""
    entering.sign_in_first_time(page, email=MEMBER)
    page.goto("/")
    return page
