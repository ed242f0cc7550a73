"""One person of the network: figures of the two, own referrals, ties with others in bands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest

from careteam.domain.network.ties import PairFigures
from careteam.features.clients.models import Client
from careteam.features.referrals.models import Referral
from careteam.kit.db import db
from careteam.web.network.saying import balance_words
from tests.personas import World, a_practitioner
from tests.support.pages import legible
from tests.support.referring import JANUARY, refer, remember
from tests.support.statements import statements
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]


def figures(given: int, received: int) -> PairFigures:
    return PairFigures("a", "b", given, 0, None, received, 0, None, None, None)


@pytest.mark.parametrize(
    ("given", "received", "said"),
    [
        (0, 0, "No referral recorded between you yet"),
        (1, 0, "Too few to say (1 referral)"),
        (2, 2, "Too few to say (4 referrals)"),
        (5, 0, "You only send"),
        (0, 8, "You only receive"),
        (4, 2, "About even"),
        (3, 3, "About even"),
        (6, 2, "You send more than you receive"),
        (1, 9, "You receive more than you send"),
    ],
)
def test_balance_in_words(given: int, received: int, said: str) -> None:
    assert balance_words(figures(given, received)) == said


def test_panel_gives_the_figures_of_the_two(world: World, signed_in: SignIn) -> None:
    refer(world.wren.practitioner_id, world.juniper, 3, status="closed")
    refer(world.wren.practitioner_id, world.juniper, 1, status="declined")
    refer(world.juniper, world.wren.practitioner_id, 1, status="accepted")
    remember(world.wren.practitioner_id, world.juniper, "many", "none")

    answer = signed_in("wren").client.get(f"/network/people/{world.juniper}/panel")
    said = legible(answer.text)

    assert "<html" not in answer.text
    assert "<h2>Juniper Outside</h2>" in answer.text
    assert "You sent 4 3 accepted" in said
    assert "You received 1 1 accepted" in said
    assert "You send more than you receive" in said
    assert "Last 10 January 2026" in said
    assert "about 6 or more, by hand" in said
    assert said.count("Sent 10 Jan") == 4
    assert said.count("Received 10 Jan") == 1
    assert 'href="tel:' in answer.text


def test_referrals_between_two_stand_by_the_day_that_is_told(
    world: World, signed_in: SignIn
) -> None:
    for months in (1, 0, 2):
        at = JANUARY.replace(month=1 + months)
        refer(world.wren.practitioner_id, world.juniper, status="closed", at=at)
    said = legible(signed_in("wren").get(f"/network/people/{world.juniper}").text)
    places = [said.index(f"Sent {day}") for day in ("10 Mar", "10 Feb", "10 Jan")]
    assert places == sorted(places)


def test_ties_with_others_are_shown_in_bands(world: World, signed_in: SignIn) -> None:
    refer(world.juniper, world.ash.practitioner_id, 12)
    refer(world.rowan.practitioner_id, world.juniper, 4)
    said = legible(signed_in("wren").client.get(f"/network/people/{world.juniper}/panel").text)
    assert "Refers to others Ash Seated" in said
    assert "last in January to June 2026 some" in said
    assert "Rowan Member" not in said
    assert "12" not in said


def test_page_of_a_person_works_without_scripts(world: World, signed_in: SignIn) -> None:
    refer(world.wren.practitioner_id, world.juniper, 2)
    page = signed_in("wren").get(f"/network/people/{world.juniper}")
    assert page.status_code == 200
    assert "<h1>Juniper Outside</h1>" in page.text
    assert "You sent 2" in legible(page.text)


def test_own_page_lists_own_ties_in_full(world: World, signed_in: SignIn) -> None:
    refer(world.wren.practitioner_id, world.juniper, 2)
    refer(world.ash.practitioner_id, world.wren.practitioner_id, 3)
    said = legible(signed_in("wren").get(f"/network/people/{world.wren.practitioner_id}").text)
    assert "This is you" in said
    assert "You refer to Juniper Outside Dietitian" in said
    assert "You receive from Ash Seated" in said
    assert "Refer a client" not in said


def test_no_client_is_named_beside_the_picture(world: World, signed_in: SignIn) -> None:
    client = db.session.get_one(Client, world.client_id)
    db.session.add(
        Referral(
            id=uuid4(),
            sender_id=client.lead_id,
            receiver_id=world.juniper,
            client_id=client.id,
            author_id=client.lead_id,
            status="sent",
            sent_at=JANUARY,
            reason="Low mood since the operation",
        )
    )
    db.session.commit()
    page = signed_in("wren").get(f"/network/people/{world.juniper}").text
    assert "Sent 10 Jan" in legible(page)
    assert "Hazel" not in page
    assert "Low mood" not in page


def test_steward_sees_bands_and_no_referrals(world: World, signed_in: SignIn) -> None:
    refer(world.wren.practitioner_id, world.juniper, 6)
    said = legible(signed_in("sorrel").get(f"/network/people/{world.juniper}").text)
    assert "Receives from others Wren Lead" in said
    assert "few" in said
    assert "You sent" not in said
    assert "Referrals between you" not in said


def test_past_referral_is_marked_as_logged_by_hand(world: World, signed_in: SignIn) -> None:
    refer(world.wren.practitioner_id, world.juniper, status="closed", happened_on=date(2025, 6, 1))
    said = legible(signed_in("wren").get(f"/network/people/{world.juniper}").text)
    assert "Sent 1 Jun 2025" in said
    assert "logged by hand" in said


@pytest.mark.parametrize("ending", ["", "/panel"])
def test_nobody_and_strangers(
    world: World, signed_in: SignIn, visitor: Visitor, ending: str
) -> None:
    assert signed_in("wren").get(f"/network/people/{uuid4()}{ending}").status_code == 404
    answer = visitor.get(f"/network/people/{world.juniper}{ending}")
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in")


@pytest.mark.either_database
def test_person_costs_the_same_however_many_ties(world: World, signed_in: SignIn) -> None:
    wren = signed_in("wren")

    def cost() -> int:
        with statements() as seen:
            assert wren.get(f"/network/people/{world.juniper}").status_code == 200
        return len(seen)

    refer(world.wren.practitioner_id, world.juniper)
    refer(world.juniper, world.ash.practitioner_id, 5)
    cost()
    one = cost()
    for number in range(5):
        refer(world.juniper, a_practitioner(f"Oak {number}").id, 6)
        refer(world.juniper, world.wren.practitioner_id, 2)
    assert cost() == one
