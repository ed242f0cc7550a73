"""What is stored of an entry, who may change it, and when it counts as checked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from careteam.access.actor import Actor
from careteam.domain.matching import Accepting, WorkingWay
from careteam.features.directory import operations
from careteam.features.directory.details import Details, Work, details_of
from careteam.features.directory.models import Practitioner
from careteam.features.directory.queries import (
    candidates_for,
    contacts_of,
    get_practitioner,
    names_of,
)
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict, Forbidden, Invalid
from careteam.kit.places import resolve
from tests.personas import World
from tests.support.statements import statements

PODIATRIST = Details(
    name="Ida Fern",
    disciplines=("podiatrist",),
    phone="0117 496 0101",
    email="Ida@Example.org",
    website="example.org/ida",
    workplaces=(Work("Quay Rooms", "Bath"), Work(), Work("Mill", "Nowhereville")),
)


def add(world: World, details: Details = PODIATRIST) -> Practitioner:
    row = operations.add_practitioner(actor=world.rowan, details=details)
    db.session.commit()
    return get_practitioner(world.rowan, row.id)


def test_entry_is_stored_in_one_form(world: World) -> None:
    row = add(world)
    assert (row.phone, row.email) == ("+441174960101", "ida@example.org")
    assert row.website == "https://example.org/ida"
    assert row.search_text == "ida fern quay rooms bath mill nowhereville podiatrist"
    assert [each.place for each in row.workplaces] == ["Bath", "Nowhereville"]
    assert row.workplaces[0].latitude == pytest.approx(51.38, abs=0.05)
    assert row.workplaces[1].latitude is None
    assert row.added_by_id == world.rowan.practitioner_id


def test_number_with_an_extension_keeps_it(world: World) -> None:
    row = add(world, Details(name="Ida", disciplines=("podiatrist",), phone="0117 496 0101 ext 5"))
    assert row.phone == "0117 496 0101 x5"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"disciplines": ()}, "disciplines"),
        ({"disciplines": ("wizard",)}, "disciplines"),
        ({"languages": ("xx",)}, "languages"),
        ({"email": "ida at example"}, "email"),
        ({"website": "javascript://example.org/%0aalert(1)"}, "website"),
        ({"accepting": "maybe"}, "accepting"),
        ({"usual_wait_days": -1}, "usual_wait_days"),
    ],
)
def test_wrong_details_are_refused_by_field(
    world: World, wrong: dict[str, object], field: str
) -> None:
    details = Details(**{"name": "Ida", "disciplines": ("podiatrist",), **wrong})  # type: ignore[arg-type]
    with pytest.raises(Invalid) as refused:
        operations.add_practitioner(actor=world.rowan, details=details)
    assert refused.value.field == field


def test_change_of_disciplines_alone_counts_as_a_change_of_the_entry(world: World) -> None:
    row = add(world)
    before = row.version
    changed = Details(**(details_of(row).values() | {"disciplines": ("osteopath", "podiatrist")}))
    operations.change_practitioner(actor=world.rowan, practitioner=row, details=changed)
    db.session.commit()
    again = get_practitioner(world.rowan, row.id)
    assert again.version == before + 1
    assert details_of(again).disciplines == ("osteopath", "podiatrist")


def test_new_registration_number_is_no_longer_looked_up(world: World) -> None:
    row = add(world)
    operations.check_registration(
        actor=world.wren, practitioner=row, body="Made-up Council", number="MC1"
    )
    assert row.registration_checked_by == "Wren Lead"
    changed = Details(**(details_of(row).values() | {"registration_number": "MC2"}))
    operations.change_practitioner(actor=world.rowan, practitioner=row, details=changed)
    assert row.registration_checked_on is None


def test_editing_is_not_verifying(world: World) -> None:
    row = add(world)
    operations.change_practitioner(actor=world.rowan, practitioner=row, details=PODIATRIST)
    assert not row.verified_by
    operations.verify_practitioner(actor=world.wren, practitioner=row)
    assert (row.verified_on, row.verified_by) == (date(2026, 3, 4), "Wren Lead")
    with pytest.raises(Invalid):
        operations.verify_practitioner(
            actor=world.wren, practitioner=row, on=clock.today() + timedelta(days=1)
        )


@pytest.mark.parametrize(("name", "refused"), [("wren", True), ("rowan", False), ("sorrel", False)])
def test_claimed_entry_is_changed_by_its_owner_and_stewards(
    world: World, name: str, refused: bool
) -> None:
    actor: Actor = world.cast[name]
    row = get_practitioner(actor, world.rowan.practitioner_id)  # type: ignore[arg-type]
    if refused:
        with pytest.raises(Forbidden):
            operations.say_accepting(actor=actor, practitioner=row, accepting="no")
        return
    operations.say_accepting(actor=actor, practitioner=row, accepting="no")
    assert (row.accepting, row.accepting_said_on) == ("no", date(2026, 3, 4))


def test_own_entry_is_not_taken_out_by_its_owner(world: World) -> None:
    row = get_practitioner(world.rowan, world.rowan.practitioner_id)  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        operations.retire_practitioner(actor=world.rowan, practitioner=row)


def test_retired_entry_keeps_its_name_for_what_points_at_it(world: World) -> None:
    row = add(world)
    operations.retire_practitioner(actor=world.wren, practitioner=row, reason="has moved")
    db.session.commit()
    assert names_of([row.id, None]) == {row.id: "Ida Fern"}
    contact = contacts_of(world.wren, [row.id])[row.id]
    assert (contact.discipline, contact.where) == ("Podiatrist", "Quay Rooms, Bath")
    assert contact.is_retired
    assert candidates_for(world.wren, ["podiatrist"]) == ()
    operations.restore_practitioner(actor=world.wren, practitioner=row)
    assert len(candidates_for(world.wren, ["podiatrist"])) == 1


def test_candidates_carry_what_the_order_needs(world: World) -> None:
    row = add(world, Details(**(PODIATRIST.values() | {"accepting": "yes", "sees_online": True})))
    away = add(world, Details(name="Ada Away", disciplines=("osteopath",)))
    away.away_until = date(2026, 3, 20)
    db.session.commit()
    found = candidates_for(
        world.wren,
        ["podiatrist", "osteopath"],
        resolve("Bath", "GB"),
        without=[world.rowan.practitioner_id],  # type: ignore[list-item]
    )
    assert [(each.name, each.ruled_out) for each in found] == [
        ("Ada Away", "is away until 20 March 2026"),
        ("Ida Fern", ""),
    ]
    ida = found[1]
    assert (ida.practitioner_id, ida.accepting) == (str(row.id), Accepting.YES)
    assert ida.ways == {WorkingWay.IN_PERSON, WorkingWay.ONLINE}
    assert ida.distance_km == pytest.approx(0, abs=1)


@pytest.mark.either_database
def test_candidates_cost_the_same_for_one_and_for_three(world: World) -> None:
    costs = []
    for count in (1, 2):
        for _ in range(count):
            add(world)
        db.session.expunge_all()
        with statements() as seen:
            candidates_for(world.wren, ["podiatrist"], resolve("Bath", "GB"))
        costs.append(len(seen))
    assert costs == [5, 5]
