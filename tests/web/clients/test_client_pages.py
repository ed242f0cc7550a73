"""The list, the record and its details in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest

from careteam.features.clients.models import Client, Goal
from careteam.features.consents.models import Consent
from careteam.features.teams.screening import answer_screening
from careteam.kit import clock
from careteam.kit.db import db
from careteam.web.frame.forms import shown
from tests.personas import World, a_client, a_goal, a_seat
from tests.support.statements import statements
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]


def addresses(world: World) -> list[str]:
    client, goal = world.client_id, world.goal_id
    return [
        f"/clients/{client}",
        f"/clients/{client}/edit",
        f"/clients/{client}/log",
        f"/clients/{client}/consent",
        f"/clients/{client}/consent/new?practitioner={world.juniper}",
        f"/clients/{client}/goals/new",
        f"/goals/{goal}",
        f"/goals/{goal}/edit",
    ]


def test_lead_opens_every_page(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    assert [wren.get(each).status_code for each in addresses(world)] == [200] * 8


@pytest.mark.parametrize("name", ["rowan", "sorrel"])
def test_record_does_not_exist_for_others(world: World, signed_in: SignedIn, name: str) -> None:
    other = signed_in(name)
    assert [other.get(each).status_code for each in addresses(world)] == [404] * 8
    for ending in ("edit", "goals/new", "consent/new"):
        assert other.post(f"/clients/{world.client_id}/{ending}").status_code == 404
    for ending in ("edit", "pause", "resume", "end"):
        assert other.post(f"/goals/{world.goal_id}/{ending}").status_code == 404
    consent = f"/clients/{world.client_id}/consent/{world.consent_id}"
    for ending in ("withdraw", "again"):
        assert other.post(f"{consent}/{ending}").status_code == 404
    assert db.session.get_one(Consent, world.consent_id).withdrawn_at is None


def test_seated_practitioner_sees_record_and_goal_only(world: World, signed_in: SignedIn) -> None:
    ash = signed_in("ash")
    found = [ash.get(each).status_code for each in addresses(world)]
    assert found == [200, 404, 404, 404, 404, 404, 200, 404]
    page = ash.get(f"/clients/{world.client_id}").text
    assert "Walk to the shop without pain" in page
    assert "Ash Seated would know: your name, date of birth and contact; your goal and plan" in page
    for word in ("Stop sharing", "Agreed to this record", "/edit"):
        assert word not in page


def test_seated_practitioner_with_names_only_sees_no_goal(
    world: World, signed_in: SignedIn
) -> None:
    db.session.get_one(Consent, world.consent_id).classes = ["identity_contact", "safety_alerts"]
    db.session.commit()
    ash = signed_in("ash")
    page = ash.get(f"/clients/{world.client_id}").text
    assert "You see names and times only" in page
    assert "Walk to the shop" not in page
    assert ash.get(f"/goals/{world.goal_id}").status_code == 404


def test_whoever_sees_names_only_is_still_told_what_to_avoid_and_not_why(
    world: World, signed_in: SignedIn
) -> None:
    goal = db.session.get_one(Goal, world.goal_id)
    goal.pathway = "chronic_low_back_pain"
    answer_screening(actor=world.wren, goal=goal, answers={"pregnant": "unsure"})
    db.session.get_one(Consent, world.consent_id).classes = ["identity_contact", "safety_alerts"]
    db.session.commit()
    page = signed_in("ash").get(f"/clients/{world.client_id}").text
    assert "Take care" in page
    assert "until the lead says otherwise" in page
    assert "pregnan" not in page.lower()


@pytest.mark.parametrize(
    ("way", "shown_there", "hidden"),
    [
        (None, 'href="tel:+44-7700-900901"', "mailto:"),
        ("phone", 'href="tel:+44-7700-900901"', "mailto:"),
        ("email", 'href="mailto:elm%40example.org"', "tel:+44-7700"),
        ("post", "Contact only by post", "tel:+44-7700"),
        ("in_person", "Contact only in person", "tel:+44-7700"),
        ("none", "Do not make contact", "tel:+44-7700"),
    ],
)
def test_top_of_the_page_reaches_the_client_only_in_the_safe_way(
    world: World, signed_in: SignedIn, way: str | None, shown_there: str, hidden: str
) -> None:
    client = db.session.get_one(Client, world.client_id)
    client.phone, client.email = "07700 900901", "elm@example.org"
    client.safe_contact = way
    db.session.commit()
    page = signed_in("wren").get(f"/clients/{world.client_id}").text
    top = page.partition('class="page-actions"')[2].partition("</header>")[0]
    assert shown_there in top
    assert hidden not in page


def test_parts_of_the_page_are_linked_from_its_top(world: World, signed_in: SignedIn) -> None:
    for name in ("wren", "ash"):
        page = signed_in(name).get(f"/clients/{world.client_id}").text
        links = re.findall(
            r'href="#([a-z]+)"', page.partition('class="jumps"')[2].split("</nav>")[0]
        )
        assert links[0] == "team"
        assert links[-1] == "person"
        assert [link for link in links if f'id="{link}"' not in page] == []


def test_visitor_is_asked_to_sign_in(world: World, visitor: Visitor) -> None:
    assert [visitor.get(each).status_code for each in addresses(world)] == [303] * 8


def test_unknown_record_and_goal_are_nothing(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    assert wren.get(f"/clients/{uuid4()}").status_code == 404
    assert wren.get(f"/goals/{uuid4()}").status_code == 404
    assert wren.get(f"/clients/{world.client_id}?goal={uuid4()}").status_code == 404
    assert wren.get(f"/clients/{world.client_id}?goal=x").status_code == 404
    unknown = f"/clients/{world.client_id}/consent/new?practitioner="
    assert wren.get(unknown + str(uuid4())).status_code == 404
    assert wren.get(unknown + "x").status_code == 404


def test_empty_list_says_what_to_do(world: World, signed_in: SignedIn) -> None:
    page = signed_in("rowan").get("/clients").text
    assert "Your clients will be here" in page
    assert "Add your first client" in page
    steward = signed_in("sorrel").get("/clients").text
    assert "you need an entry in the directory" in steward
    assert 'href="/practitioners/new?mine=1"' in steward
    assert "/clients/new" not in steward


def test_search_that_finds_nobody_offers_all(world: World, signed_in: SignedIn) -> None:
    page = signed_in("wren").get("/clients?q=<b>zzz").text
    assert "Nobody found for “&lt;b&gt;zzz”" in page
    assert "Show all clients" in page


@pytest.mark.either_database
def test_list_and_page_cost_the_same_with_more_rows(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    costs = []
    for _ in range(2):
        for address in ("/clients", f"/clients/{world.client_id}?goal={world.goal_id}"):
            wren.get(address)
            with statements() as seen:
                assert wren.get(address).status_code == 200
            costs.append(len(seen))
        goal = db.session.get_one(Goal, world.goal_id)
        for number in range(3):
            assert world.wren.practitioner_id is not None
            a_goal(a_client(world.wren.practitioner_id, f"Elm {number}"))
            a_goal(db.session.get_one(Client, world.client_id), f"Goal {number}")
            a_seat(goal, "dietitian", filled_by=world.juniper)
        db.session.commit()
    assert costs[:2] == costs[2:]


def test_pages_of_a_long_list_end(world: World, signed_in: SignedIn) -> None:
    assert world.wren.practitioner_id is not None
    for number in range(55):
        a_client(world.wren.practitioner_id, f"Elm {number:02}")
    db.session.commit()
    wren = signed_in("wren")
    assert "Page 1 of 2" in wren.get("/clients").text
    assert "Hazel Sample" in wren.get("/clients?page=2").text
    assert "Page 2 of 2" in wren.get("/clients?page=99999").text


def new_client(wren: Visitor, **more: str) -> tuple[int, str]:
    form = {"name": "Elm Made", "consent_to_keep": "y", "keep_consent_how": "paper", **more}
    answer = wren.post("/clients/new", form)
    return answer.status_code, answer.location or answer.text


def test_name_and_consent_start_a_record(world: World, signed_in: SignedIn) -> None:
    key = uuid4()
    wren = signed_in("wren")
    for _ in range(2):
        status, _ = new_client(wren, new_id=str(key))
        assert status == 303
    client = db.session.query(Client).filter_by(name="Elm Made").one()
    assert (client.id, client.keep_consent_how) == (key, "paper")
    assert client.keep_consent_given_on == date(2026, 3, 4)


def test_no_record_without_consent_to_keep_it(world: World, signed_in: SignedIn) -> None:
    answer = signed_in("wren").post("/clients/new", {"name": "Elm Made", "place": "Bath"})
    assert answer.status_code == 422
    assert "Without the client" in answer.text
    assert 'value="Elm Made"' in answer.text
    assert 'value="Bath"' in answer.text
    assert db.session.query(Client).count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "word"),
    [
        ("name", " \x00 ", "Give a name."),
        ("email", "elm@", "This is not an e-mail address."),
        ("date_of_birth", "31/31/1990", "Not a valid date value."),
        ("date_of_birth", "1712-01-01", "Give a year between 1900 and 2199."),
        ("date_of_birth", "2030-01-01", "This day is still to come."),
        ("language", "blurb", "Give one language"),
        ("name", "x" * 201, "longer than 200"),
        ("keep_consent_how", "dream", "Not a valid choice."),
        ("safe_contact", "pigeon", "Not a valid choice."),
    ],
)
def test_wrong_input_is_said_beside_the_field(
    world: World, signed_in: SignedIn, field: str, typed: str, word: str
) -> None:
    status, text = new_client(signed_in("wren"), **{field: typed})
    assert status == 422
    assert word in text
    assert db.session.query(Client).count() == 1


def edit(wren: Visitor, world: World, version: int, was: str, **sent: str) -> tuple[int, str]:
    form = {"name": "Hazel Sample", "version": str(version), "was": was, **sent}
    answer = wren.post(f"/clients/{world.client_id}/edit", form)
    return answer.status_code, answer.text


DETAILS = {
    "name": "Hazel Sample",
    "preferred_name": None,
    "date_of_birth": None,
    "email": None,
    "phone": None,
    "safe_contact": None,
    "place": None,
    "language": None,
    "communication_needs": None,
    "general_practitioner": None,
}


def test_two_edits_of_different_fields_are_both_kept(world: World, signed_in: SignedIn) -> None:
    wren, was = signed_in("wren"), shown(DETAILS)
    assert edit(wren, world, 1, was, phone="0117 4960001")[0] == 303
    assert edit(wren, world, 1, was, language="Polish")[0] == 303
    client = db.session.get_one(Client, world.client_id)
    assert (client.phone, client.language) == ("0117 496 0001", "pl")


def test_two_edits_of_one_field_show_both_values(world: World, signed_in: SignedIn) -> None:
    wren, was = signed_in("wren"), shown(DETAILS)
    edit(wren, world, 1, was, place="Bath")
    status, text = edit(wren, world, 1, was, place="Wells")
    assert status == 409
    assert "Bath" in text
    assert "Wells" in text
    assert db.session.get_one(Client, world.client_id).place == "Bath"


def test_late_edit_without_a_base_overwrites_nothing(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    edit(wren, world, 1, shown(DETAILS), place="Bath")
    assert edit(wren, world, 1, "not json", place="Wells")[0] == 409
    assert edit(wren, world, 99, shown(DETAILS), place="Wells")[0] == 409


def test_goal_set_aside_shows_only_on_the_leads_goal_page(
    world: World, signed_in: SignedIn
) -> None:
    db.session.get_one(Goal, world.goal_id).set_aside_at = clock.now()
    db.session.commit()
    wren, ash = signed_in("wren"), signed_in("ash")
    words = "Walk to the shop without pain"
    assert words in wren.get(f"/goals/{world.goal_id}").text
    for page in ("/clients", f"/clients/{world.client_id}", f"/goals/{world.goal_id}/edit"):
        assert words not in wren.get(page).text, page
    for page in ("/clients", f"/clients/{world.client_id}", f"/goals/{world.goal_id}"):
        assert words not in ash.get(page).text, page
