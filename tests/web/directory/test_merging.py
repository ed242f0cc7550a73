"""Two entries of one person: found, made one with all that was noted, and taken apart again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from careteam.features.clients.models import Goal
from careteam.features.consents.models import Consent
from careteam.features.directory.details import Details
from careteam.features.directory.models import Practitioner
from careteam.features.directory.operations import new_entry
from careteam.features.network.models import RememberedTie
from careteam.features.referrals.models import Referral
from careteam.features.relationships.models import Tending, Touch
from careteam.features.teams.models import Seat
from careteam.kit.db import db
from tests.personas import World, a_consent, a_practitioner, a_seat
from tests.support.pages import legible
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]
DAY = date(2026, 3, 2)


@pytest.fixture
def twin(world: World) -> UUID:
    """Juniper once more, with a website, one year older in everybody's notes."""
    juniper = db.session.get_one(Practitioner, world.juniper)
    details = Details(
        name=juniper.name,
        disciplines=("dietitian",),
        email=juniper.email,
        website="juniper.example.org",
        registration_body="HCPC",
        registration_number="DT1",
    )
    row = new_entry(world.rowan, details)
    db.session.commit()
    return row.id


def about(person: UUID, model: type, column: str = "practitioner_id") -> int:
    db.session.expire_all()
    return db.session.query(model).filter_by(**{column: person}).count()


def note_all(world: World, person: UUID) -> None:
    """What each of several rooms may hold about somebody."""
    wren = world.wren.practitioner_id
    goal = db.session.get_one(Goal, world.goal_id)
    a_seat(goal, "dietitian", filled_by=person)
    a_consent(goal, person, ["nutrition"])
    mine = {"author_id": wren, "practitioner_id": person}
    db.session.add_all(
        [
            Touch(kind="met", happened_on=DAY, **mine),
            Tending(every_months=3, wished_on=DAY, **mine),
            RememberedTie(sent="few", received="none", said_on=DAY, **mine),
            Referral(sender_id=wren, receiver_id=person, author_id=wren),
            Referral(sender_id=person, receiver_id=world.juniper, is_past=True, happened_on=DAY),
        ]
    )
    db.session.commit()


def test_all_follows_and_goes_back(world: World, twin: UUID, signed_in: SignIn) -> None:
    note_all(world, twin)
    wren, place = signed_in("wren"), f"/practitioners/{world.juniper}"
    found = wren.get("/practitioners/duplicates").text
    assert f"{place}/merge?with={twin}" in found.replace("&amp;", "&") or f"{twin}/merge" in found
    assert "the same e-mail" in wren.get(f"{place}/merge").text
    compared = legible(wren.get(f"{place}/merge?with={twin}").text)
    assert "Registration number nothing DT1 DT1" in compared
    assert "Telephone 0117 496 1498 nothing 0117 496 1498" in compared

    answer = wren.post(f"{place}/merge", {"other": str(twin)})
    assert answer.location == place
    moved = [Touch, Tending, RememberedTie, Seat, Consent]
    assert [about(world.juniper, each) for each in moved] == [1] * 5
    assert [about(twin, each) for each in moved] == [0] * 5
    assert about(world.juniper, Referral, "receiver_id") == 2
    assert about(twin, Referral, "sender_id") == 1, "none is between her and herself"
    entry = db.session.get_one(Practitioner, world.juniper)
    assert (entry.website, entry.registration_number) == ("https://juniper.example.org", "DT1")
    gone = wren.get(f"/practitioners/{twin}").text
    assert "The same person as Juniper" in gone
    assert "Take the two apart" in gone
    assert wren.get(f"/practitioners/{twin}/merge").status_code == 404
    wren.post(f"/practitioners/{twin}/restore")
    assert db.session.get_one(Practitioner, twin).retired_at is not None

    wren.post(f"/practitioners/{twin}/part")
    assert [about(twin, each) for each in moved] == [1] * 5
    assert about(twin, Referral, "receiver_id") == 1
    assert db.session.get_one(Practitioner, twin).retired_at is None
    assert db.session.get_one(Practitioner, world.juniper).registration_number is None
    wren.post(f"/practitioners/{twin}/part")
    assert [about(twin, each) for each in moved] == [1] * 5


def test_the_one_that_stays_is_named(world: World, twin: UUID, signed_in: SignIn) -> None:
    db.session.get_one(Practitioner, twin).name = "Dr J. Outside"
    db.session.commit()
    wren, place = signed_in("wren"), f"/practitioners/{world.juniper}"
    wren.post(f"{place}/merge", {"other": str(twin)})
    assert "Juniper Outside is one entry now." in wren.get(place).text


def test_what_both_have_stays_and_what_came_since_is_kept(
    world: World, twin: UUID, signed_in: SignIn
) -> None:
    """A client's own word about the entry that stays goes before one about the other."""
    note_all(world, twin)
    goal = db.session.get_one(Goal, world.goal_id)
    a_consent(goal, world.juniper, [])
    mine = {"author_id": world.wren.practitioner_id, "practitioner_id": world.juniper}
    db.session.add(Tending(every_months=6, wished_on=DAY, **mine))
    db.session.commit()
    wren = signed_in("wren")
    wren.post(f"/practitioners/{world.juniper}/merge", {"other": str(twin)})
    assert [about(twin, each) for each in (Consent, Tending, Touch)] == [1, 1, 0]
    db.session.add(Touch(kind="visit", happened_on=DAY, **mine))
    db.session.commit()
    wren.post(f"/practitioners/{twin}/part")
    assert [about(world.juniper, each) for each in (Consent, Tending, Touch)] == [1, 1, 1]
    assert about(twin, Touch) == 1


def test_nobody_merges_a_stranger_into_themself(
    world: World, twin: UUID, signed_in: SignIn
) -> None:
    """That would give them the seats and consents of another."""
    own = f"/practitioners/{world.rowan.practitioner_id}/merge"
    rowan = signed_in("rowan")
    for answer in (rowan.get(own), rowan.post(own, {"other": str(twin)})):
        assert answer.status_code == 403
    other = rowan.post(f"/practitioners/{twin}/merge", {"other": str(world.ash.practitioner_id)})
    assert other.status_code == 403
    for wrong in ("", "x", str(world.goal_id)):
        path = f"/practitioners/{twin}/merge"
        assert rowan.post(path, {"other": wrong}).status_code == 404
        assert "Which other entry" in rowan.get(f"{path}?with={wrong}&q=x").text
    assert db.session.get_one(Practitioner, twin).retired_at is None
    sorrel = signed_in("sorrel")
    ash = f"/practitioners/{world.ash.practitioner_id}/merge"
    sorrel.post(f"/practitioners/{twin}/merge", {"other": str(world.ash.practitioner_id)})
    assert "Somebody signs in as Ash" in sorrel.get(f"/practitioners/{twin}").text
    sorrel.post(ash, {"other": str(twin)})
    assert db.session.get_one(Practitioner, twin).merged_into_id == world.ash.practitioner_id


def test_whoever_is_removed_is_erased_in_both(world: World, twin: UUID, signed_in: SignIn) -> None:
    third = a_practitioner("Juniper Again").id
    db.session.commit()
    wren, sorrel = signed_in("wren"), signed_in("sorrel")
    wren.post(f"/practitioners/{twin}/merge", {"other": str(third)})
    wren.post(f"/practitioners/{world.juniper}/merge", {"other": str(twin)})
    wren.post(f"/practitioners/{third}/part")
    assert db.session.get_one(Practitioner, third).merged_into_id == twin, "the last one first"
    assert sorrel.post(f"/practitioners/{twin}/remove").status_code == 409
    removed = sorrel.post(f"/practitioners/{world.juniper}/remove")
    assert removed.status_code == 303
    for each in (world.juniper, twin, third):
        entry = db.session.get_one(Practitioner, each)
        assert (entry.email, entry.website) == (None, None), entry.name
    wren.post(f"/practitioners/{twin}/part")
    assert db.session.get_one(Practitioner, twin).merged_into_id == world.juniper


def test_pair_told_apart_is_not_offered_again_until_it_is_taken_back(
    world: World, twin: UUID, signed_in: SignIn
) -> None:
    wren, rowan = signed_in("wren"), signed_in("rowan")
    both = f"/practitioners/{world.juniper}/merge?with={twin}"
    assert "Juniper Outside and Juniper Outside" in wren.get("/practitioners/duplicates").text
    for _ in range(2):
        answer = wren.post(f"/practitioners/{twin}/two-people", {"other": str(world.juniper)})
        assert answer.location == "/practitioners/duplicates"
    page = rowan.get("/practitioners/duplicates").text
    assert "Nobody seems to be here twice" in page
    assert "Likely" not in rowan.get(f"/practitioners/{twin}/merge").text
    assert "Somebody said that these are two people" in rowan.get(both).text

    rowan.post(f"/practitioners/{world.juniper}/one-person", {"other": str(twin)})
    assert "Juniper Outside and Juniper Outside" in wren.get("/practitioners/duplicates").text
    assert "Somebody said" not in rowan.get(both).text
    for other in (str(twin), "nobody", ""):
        assert rowan.post(f"/practitioners/{twin}/two-people", {"other": other}).status_code == 404
