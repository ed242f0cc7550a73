"""One entry: shown, added, changed, kept right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from careteam.features.accounts.models import Account
from careteam.features.directory.details import details_of
from careteam.features.directory.models import Practitioner
from careteam.features.directory.queries import get_practitioner
from careteam.kit.db import db
from careteam.web.frame.forms import shown
from tests.personas import World, an_account
from tests.support.statements import statements
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]
IDA: dict[str, Any] = {
    "name": "Ida Fern",
    "kind": "person",
    "disciplines": ["podiatrist", "osteopath"],
    "practice": "Quay Rooms",
    "place": "Bath",
    "languages": "English, Polish",
    "email": "ida@example.org",
    "phone": "0117 496 0101",
    "accepting": "yes",
    "sees_in_person": "y",
}


def find(name: str) -> Practitioner:
    return db.session.query(Practitioner).filter_by(name=name).one()


def test_added_with_the_fields_of_the_form(world: World, signed_in: SignedIn) -> None:
    rowan = signed_in("rowan")
    answer = rowan.post("/practitioners/new", IDA)
    row = get_practitioner(world.rowan, find("Ida Fern").id)
    assert answer.location == f"/practitioners/{row.id}"
    assert [each.discipline for each in row.disciplines] == ["podiatrist", "osteopath"]
    assert [each.code for each in row.languages] == ["en", "pl"]
    assert (row.workplaces[0].practice, row.workplaces[0].place) == ("Quay Rooms", "Bath")
    assert (row.accepting, row.accepting_said_on) == ("yes", date(2026, 3, 4))
    page = rowan.get(f"/practitioners/{row.id}").text
    assert "tel:+44-117-496-0101" in page
    assert "mailto:ida@example.org" in page
    assert f"/referrals/new?to={row.id}" in page
    assert "/now/names?discipline=podiatrist" in page


def test_pressing_twice_adds_one(world: World, signed_in: SignedIn) -> None:
    rowan, new_id = signed_in("rowan"), str(uuid4())
    for _ in range(2):
        answer = rowan.post("/practitioners/new", IDA | {"new_id": new_id})
        assert answer.location == f"/practitioners/{new_id}"
    assert db.session.query(Practitioner).filter_by(name="Ida Fern").count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Give a name."),
        ({"disciplines": ""}, "Choose a discipline."),
        ({"disciplines": "wizard"}, "Not a valid choice"),
        ({"languages": "English, Elvish"}, "We do not know the language “Elvish”."),
        ({"email": "ida at example"}, "This is not an e-mail address."),
        ({"website": "javascript:alert(1)"}, "This is not a web address."),
        ({"fee_from": "60", "fee_to": "45"}, "The highest fee is below the lowest."),
        ({"usual_wait_days": "-3"}, "0 to 1095 days."),
        ({"accepting": "maybe"}, "Not a valid choice"),
    ],
)
def test_wrong_field_keeps_what_was_typed(
    world: World, signed_in: SignedIn, wrong: dict[str, str], words: str
) -> None:
    answer = signed_in("rowan").post("/practitioners/new", IDA | wrong)
    assert answer.status_code == 422
    assert words in answer.text
    assert "Quay Rooms" in answer.text
    assert db.session.query(Practitioner).filter_by(email="ida@example.org").count() == 0


def test_unknown_town_is_kept_and_said(world: World, signed_in: SignedIn) -> None:
    rowan = signed_in("rowan")
    answer = rowan.post("/practitioners/new", IDA | {"place": "Xyzzyville"})
    page = rowan.get(answer.location).text
    assert "We do not know the town “Xyzzyville”" in page
    assert "No distance" in page


def test_own_entry_is_filled_in_from_the_account_and_claimed(
    world: World, signed_in: SignedIn
) -> None:
    account_id = an_account("Linden New", None).id
    db.session.commit()
    linden = signed_in("linden")
    page = linden.get("/practitioners/new?mine=1").text
    assert 'value="Linden New"' in page
    assert 'value="linden@example.org"' in page
    answer = linden.post("/practitioners/new", IDA | {"name": "Linden New", "mine": "1"})
    row = find("Linden New")
    assert answer.location == f"/practitioners/{row.id}"
    assert row.claimed_at is not None
    assert db.session.get_one(Account, account_id).practitioner_id == row.id
    assert "Nobody has confirmed" not in linden.get(answer.location).text


def test_mine_of_somebody_with_an_entry_adds_another_person(
    world: World, signed_in: SignedIn
) -> None:
    signed_in("rowan").post("/practitioners/new", IDA | {"mine": "1"})
    assert find("Ida Fern").claimed_at is None


def changed(world: World, **fields: Any) -> dict[str, Any]:
    """The edit form of Juniper as somebody would send it back."""
    row = get_practitioner(world.rowan, world.juniper)
    form = {
        "name": row.name,
        "kind": "person",
        "disciplines": "dietitian",
        "practice": row.workplaces[0].practice,
        "place": "Bristol",
        "email": row.email,
        "phone": row.phone,
        "accepting": "unknown",
        "sees_in_person": "y",
        "version": row.version,
        "was": shown(details_of(row).values()),
    }
    db.session.commit()
    return form | fields


def test_change_is_saved(world: World, signed_in: SignedIn) -> None:
    rowan = signed_in("rowan")
    assert rowan.get(f"/practitioners/{world.juniper}/edit").status_code == 200
    sent = changed(world, phone="0117 496 0555") | {
        "workplaces-0-practice": "Second Rooms",
        "workplaces-0-place": "Bath",
    }
    assert rowan.post(f"/practitioners/{world.juniper}/edit", sent).status_code == 303
    row = get_practitioner(world.rowan, world.juniper)
    assert row.phone == "+441174960555"
    assert [each.place for each in row.workplaces] == ["Bristol", "Bath"]
    emptied = changed(world) | {"workplaces-0-practice": "", "workplaces-0-place": ""}
    rowan.post(f"/practitioners/{world.juniper}/edit", emptied)
    db.session.expire_all()
    assert len(get_practitioner(world.rowan, world.juniper).workplaces) == 1


def test_late_edit_of_another_field_is_merged(world: World, signed_in: SignedIn) -> None:
    rowan, wren = signed_in("rowan"), signed_in("wren")
    late = changed(world, bio="Knows runners.")
    wren.post(f"/practitioners/{world.juniper}/edit", changed(world, phone="0117 496 0555"))
    assert rowan.post(f"/practitioners/{world.juniper}/edit", late).status_code == 303
    row = get_practitioner(world.rowan, world.juniper)
    assert (row.phone, row.bio) == ("+441174960555", "Knows runners.")


def test_late_edit_of_the_same_field_shows_both(world: World, signed_in: SignedIn) -> None:
    rowan, wren = signed_in("rowan"), signed_in("wren")
    late = changed(world, disciplines="nutritionist")
    wren.post(f"/practitioners/{world.juniper}/edit", changed(world, disciplines="osteopath"))
    answer = rowan.post(f"/practitioners/{world.juniper}/edit", late)
    assert answer.status_code == 409
    assert "Osteopath" in answer.text
    assert "Nothing is lost" in answer.text
    row = get_practitioner(world.rowan, world.juniper)
    assert [each.discipline for each in row.disciplines] == ["osteopath"]


def test_claimed_entry_is_not_anothers_to_change(world: World, signed_in: SignedIn) -> None:
    wren, entry = signed_in("wren"), f"/practitioners/{world.rowan.practitioner_id}"
    assert wren.get(entry).status_code == 200
    assert wren.get(f"{entry}/edit").status_code == 403
    for ending in ("edit", "accepting", "verify", "registration", "retire", "restore"):
        sent = {"accepting": "no", "registration_body": "Made-up Council"}
        assert wren.post(f"{entry}/{ending}", sent).status_code == 403, ending
    assert wren.get(f"{entry}/account").status_code == 403
    assert signed_in("sorrel").get(f"{entry}/edit").status_code == 200


def test_unknown_entry_is_nothing(world: World, signed_in: SignedIn) -> None:
    rowan, nobody = signed_in("rowan"), f"/practitioners/{uuid4()}"
    assert rowan.get(nobody).status_code == 404
    assert rowan.get(f"{nobody}/edit").status_code == 404
    for ending in ("edit", "accepting", "verify", "registration", "retire", "restore", "claim"):
        assert rowan.post(f"{nobody}/{ending}").status_code == 404, ending


def test_entry_nobody_confirmed_says_so(world: World, signed_in: SignedIn) -> None:
    rowan, address = signed_in("rowan"), f"/practitioners/{world.juniper}"
    assert "Nobody has confirmed this entry yet." in rowan.get(address).text
    rowan.post(f"{address}/verify")
    assert "Nobody has confirmed" not in rowan.get(address).text
    db.session.get_one(Practitioner, world.juniper).verified_on = date(2025, 8, 30)
    db.session.commit()
    page = rowan.get(address).text
    assert "Nobody has confirmed this entry for six months" in page
    assert "30 August 2025" in page


def test_accepting_is_said_in_one_tap_and_undone(world: World, signed_in: SignedIn) -> None:
    rowan, address = signed_in("rowan"), f"/practitioners/{world.juniper}"
    rowan.post(f"{address}/accepting", {"accepting": "yes"})
    page = rowan.get(address).text
    assert "said on 4 March 2026" in page
    assert 'name="accepting" value="unknown"' in page
    assert rowan.post(f"{address}/accepting", {"accepting": "perhaps"}).status_code == 422


def test_registration_looked_up_is_noted_with_day_and_name(
    world: World, signed_in: SignedIn
) -> None:
    rowan, address = signed_in("rowan"), f"/practitioners/{world.juniper}"
    answer = rowan.post(f"{address}/registration", {"registration_body": ""})
    assert answer.status_code == 422
    assert "Say which register." in answer.text
    rowan.post(
        f"{address}/registration",
        {
            "registration_body": "Made-up Council",
            "registration_number": "MC1",
            "checked_on": "2026-03-02",
        },
    )
    assert "2 March 2026, by Rowan Member" in rowan.get(address).text


def test_taken_out_and_put_back(world: World, signed_in: SignedIn) -> None:
    rowan, address = signed_in("rowan"), f"/practitioners/{world.juniper}"
    rowan.post(f"{address}/retire", {"reason": "has moved"})
    page = rowan.get(address).text
    assert "has moved" in page
    assert f'action="{address}/restore"' in page
    assert "Juniper Outside" not in rowan.get("/practitioners").text
    rowan.post(f"{address}/restore")
    assert "Juniper Outside" in rowan.get("/practitioners").text


def test_own_entry_stays(world: World, signed_in: SignedIn) -> None:
    rowan, address = signed_in("rowan"), f"/practitioners/{world.rowan.practitioner_id}"
    rowan.post(f"{address}/retire")
    assert "This is your own entry" in rowan.get(address).text


@pytest.mark.either_database
def test_entry_costs_the_same_with_more_workplaces(world: World, signed_in: SignedIn) -> None:
    rowan, costs = signed_in("rowan"), []
    for number in range(2):
        places = {f"workplaces-{number}-place": "Bath" for number in range(number * 3)}
        rowan.post(f"/practitioners/{world.juniper}/edit", changed(world) | places)
        rowan.get(f"/practitioners/{world.juniper}")
        with statements() as seen:
            rowan.get(f"/practitioners/{world.juniper}")
        costs.append(len(seen))
    assert costs[0] == costs[1]


def test_entry_that_nobody_confirmed_for_six_months_says_so_in_the_list(
    world: World, signed_in: SignedIn
) -> None:
    wren, row = signed_in("wren"), db.session.get_one(Practitioner, world.juniper)
    row.created_at, row.verified_on = datetime(2025, 1, 5, tzinfo=UTC), date(2025, 9, 1)
    db.session.commit()
    assert "Not confirmed for six months" in wren.get("/practitioners?q=Juniper").text
    path = f"/practitioners/{world.juniper}"
    assert "last confirmed on 1 September 2025" in wren.get(path).text
    wren.post(f"{path}/availability", {"accepting": "yes", "usual_wait_days": "7"})
    assert "Not confirmed" not in wren.get("/practitioners?q=Juniper").text
    refused = wren.post(f"{path}/availability", {"accepting": "no", "usual_wait_days": "2000"})
    assert refused.status_code == 422
    assert "0 to 1095 days." in refused.text
