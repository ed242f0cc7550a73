"""The three stories of the worked example to their end: cleared, agreed by everybody, reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from careteam.features.clients.models import Goal
from careteam.features.plans.models import Milestone
from careteam.features.teams.models import Answer
from careteam.kit.db import db
from tests.browser.conftest import OpenPage
from tests.browser.steps import endings
from tests.browser.steps.linking import (
    at_the_database,
    client_named,
    give_page,
    hand_over,
    mailed_code,
    settings_of,
)
from tests.browser.steps.sampling import sign_in, sign_in_as_main
from tests.browser.steps.stations import station
from tests.support.browser import PHONE
from tests.support.files import a_pdf
from tests.support.server import serving

TOMAS, ELOWEN, GARETH = "Tomas Greywater", "Elowen Hartsease", "Gareth Stonecrop"
ASKS_FIRST = {TOMAS: "steroid", ELOWEN: "medicines_now", GARETH: "exercise_urge"}
"""The question whose answer has somebody clear a phase in writing."""


@dataclass
class Place:
    url: str
    folder: Path
    pages: dict[str, str]
    """Paths of the clients' own pages."""


@pytest.fixture(scope="module")
def place(folder: Path) -> Iterator[Place]:
    """The worked example behind an https address; an answer of each client asks for a word."""
    with at_the_database(folder):
        for name, question in ASKS_FIRST.items():
            goal = db.session.scalars(select(Goal).filter_by(client_id=client_named(name).id)).one()
            answer = select(Answer).filter_by(goal_id=goal.id, question=question)
            db.session.scalars(answer).one().value = "yes"
        # what the client does themselves concerns them when it moves
        raises = select(Milestone).filter_by(title="25 double-leg heel raises")
        step = db.session.scalars(raises).one()
        step.owner_seat_id, step.owner_is_client = None, True
        pages = {name: give_page(name) for name in ASKS_FIRST}
    with serving(settings_of(folder)) as url:
        yield Place(url.replace("127.0.0.1", "localhost"), folder, pages)


@pytest.fixture
def lead(place: Place, open_page: OpenPage) -> Page:
    return sign_in_as_main(open_page(place.url))


def test_tendon_cleared_by_link_slipped_agreed_and_reached(
    place: Place, lead: Page, open_page: OpenPage
) -> None:
    surgeon = open_page(place.url, device=PHONE)
    path = hand_over(
        place.folder,
        of=TOMAS,
        to="Estuary Fracture Clinic",
        place="orthopaedic_surgeon",
        asks="May the calf be loaded?",
    )
    endings.take_the_place(surgeon, path, lambda: mailed_code(place.folder))
    plan = endings.plan_of(lead, TOMAS)
    expect(
        lead.get_by_text("Waits for a written clearance: Orthopaedic surgeon").first
    ).to_be_visible()
    station(surgeon, "ending-link-asked-to-clear")
    endings.clear(surgeon, "Loading in the boot may go on. No injection.")
    lead.goto(plan)
    expect(lead.get_by_text("Waits for a written clearance")).to_have_count(0)

    endings.end_hold(lead, TOMAS, "Seen by Bryn: the calf is calm.")
    lead.goto(plan)
    endings.preview_slip(lead, "Out of the boot", days=9)
    version = endings.publish(lead, plan)
    bryn = sign_in(open_page(place.url, device=PHONE), "bryn@example.org")
    bryn.goto(plan)
    endings.agrees(bryn, version)
    endings.agrees_by_link(surgeon, version)
    endings.client_agrees(open_page(place.url, device=PHONE), place.pages[TOMAS])
    all_agree_and_it_is_reached(lead, plan, version, "Reached: he runs the coast path.")


def all_agree_and_it_is_reached(lead: Page, plan: str, version: int, why: str) -> None:
    """From the telephone to the end, the same in each story."""
    lead.goto(plan)
    endings.rest_by_telephone(lead)
    expect(lead.get_by_text("Agreed: it runs")).to_be_visible()
    agreement = lead.get_by_role("region", name="Agreement")
    expect(agreement).not_to_contain_text("Yet to answer")
    expect(agreement).to_contain_text("by telephone, entered by Linnet Meadowsweet")
    endings.reach_everything(lead, plan)
    sheet = endings.plan_as_pdf(lead, plan)
    assert re.search(rf"Version {version} of \d+ [A-Z][a-z]{{2}} 20\d\d, agreed\.", sheet), sheet
    endings.end_goal(lead, plan, why)


def test_baby_cleared_by_letter_agreed_and_reached(
    place: Place, lead: Page, open_page: OpenPage
) -> None:
    plan = endings.plan_of(lead, ELOWEN)
    endings.open_client(lead, ELOWEN)
    endings.enter_clearance(
        lead,
        who="Dr Ivy Moss, GP at the surgery",
        way="By letter",
        said="The medicines may stay as they are.",
        letter=a_pdf(),
    )
    version = endings.publish(lead, plan)
    thora = sign_in(open_page(place.url, device=PHONE), "thora@example.org")
    thora.goto(plan)
    endings.agrees(thora, version)
    endings.client_agrees(open_page(place.url, device=PHONE), place.pages[ELOWEN])
    all_agree_and_it_is_reached(lead, plan, version, "Reached: the baby is on its way.")


def test_body_goal_cleared_by_the_psychologist_agreed_and_reached(
    place: Place, lead: Page, open_page: OpenPage
) -> None:
    plan = endings.plan_of(lead, GARETH)
    isolde = sign_in(open_page(place.url, device=PHONE), "isolde@example.org")
    endings.open_client(isolde, GARETH)
    endings.clear(isolde, "Walking with the family is fine. Nothing is counted.")
    version = endings.publish(lead, plan)
    isolde.goto(plan)
    endings.agrees(isolde, version)
    endings.client_agrees(open_page(place.url, device=PHONE), place.pages[GARETH])
    all_agree_and_it_is_reached(lead, plan, version, "Reached: at home in his body.")
