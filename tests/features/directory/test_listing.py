"""Search: words, filters, distance, order, what to drop, and what it costs."""

from __future__ import annotations

from decimal import Decimal

import pytest

from careteam.domain.matching import WorkingWay
from careteam.features.directory.details import Details, Work
from careteam.features.directory.filters import Filters
from careteam.features.directory.models import Practitioner, Workplace
from careteam.features.directory.operations import add_practitioner, retire_practitioner
from careteam.features.directory.queries import drops_for, list_practitioners
from careteam.kit.db import db
from careteam.kit.places import Place, distance_km, resolve
from tests.personas import World
from tests.support.statements import statements

BATH = Place("Bath", "GB", 51.3751, -2.36172, 94782)


def an_entry(world: World, name: str, *towns: str, **more: object) -> Practitioner:
    disciplines = more.pop("disciplines", ("podiatrist",))
    row = add_practitioner(
        actor=world.rowan,
        details=Details(
            name=name,
            disciplines=disciplines,  # type: ignore[arg-type]
            workplaces=tuple(Work("Quay Rooms", town) for town in towns),
            **more,  # type: ignore[arg-type]
        ),
    )
    db.session.commit()
    return row


def names(world: World, filters: Filters) -> list[str]:
    return [item.entry.name for item in list_practitioners(world.wren, filters).items]


def test_words_are_found_without_case_and_accents_in_any_order(world: World) -> None:
    an_entry(world, "Élodie Fern", "Bath")
    assert names(world, Filters(words="fern ELODIE")) == ["Élodie Fern"]
    assert names(world, Filters(words="podiatrist quay")) == ["Élodie Fern"]
    assert names(world, Filters(words="fern%")) == []


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(discipline="dietitian"), ["Juniper Outside"]),
        (Filters(language="pl"), ["Otto Teal"]),
        (Filters(accepting=True), ["Otto Teal"]),
        (Filters(ways=frozenset({WorkingWay.HOME_VISIT})), ["Otto Teal"]),
        (Filters(public_only=True), ["Otto Teal"]),
        (Filters(fee=Decimal(40), words="quay"), []),
        (Filters(fee=Decimal(60), words="quay"), ["Otto Teal"]),
    ],
)
def test_each_filter_narrows(world: World, filters: Filters, expected: list[str]) -> None:
    an_entry(
        world,
        "Otto Teal",
        "Bath",
        languages=("en", "pl"),
        accepting="yes",
        visits_homes=True,
        is_public_service=True,
        fee_from=Decimal("45.00"),
    )
    assert names(world, filters) == expected


def test_distance_is_to_the_nearest_workplace_and_gives_the_order(world: World) -> None:
    an_entry(world, "Ada Two", "Leeds", "Keynsham")
    an_entry(world, "Bea Near", "Bath")
    found = list_practitioners(
        world.wren, Filters(near=BATH, within_km=12, discipline="podiatrist")
    )
    assert [item.entry.name for item in found.items] == ["Bea Near", "Ada Two"]
    assert found.items[0].km == pytest.approx(0, abs=1)
    assert found.items[1].km == pytest.approx(10.6, abs=1)


@pytest.mark.parametrize("town", ["Yate", "Leeds", "Plymouth", "Lerwick"])
def test_distance_in_the_database_is_that_of_the_sphere(world: World, town: str) -> None:
    place = resolve(town, "GB")
    assert place is not None
    an_entry(world, "Ada Far", town)
    found = list_practitioners(world.wren, Filters(near=BATH, discipline="podiatrist"))
    assert found.items[0].km == pytest.approx(distance_km(BATH, place), abs=0.001)


def test_any_distance_puts_unknown_places_last(world: World) -> None:
    an_entry(world, "Ada Nowhere")
    an_entry(world, "Bea Far", "Leeds")
    assert names(world, Filters(near=BATH, discipline="podiatrist")) == ["Bea Far", "Ada Nowhere"]
    assert names(world, Filters(near=BATH, within_km=50, discipline="podiatrist")) == []


def test_box_corner_outside_the_circle_is_left_out(world: World) -> None:
    """Yate lies about 18.3 km from Bath; a box of 15 km reaches further at its corner."""
    yate = resolve("Yate", "GB")
    assert yate is not None
    an_entry(world, "Ada Yate", "Yate")
    assert names(world, Filters(near=BATH, within_km=17, discipline="podiatrist")) == []
    assert names(world, Filters(near=BATH, within_km=20, discipline="podiatrist")) == ["Ada Yate"]


@pytest.mark.parametrize(
    ("longitude", "is_near"), [(-179.95, True), (179.99, True), (-179.0, False)]
)
def test_circle_across_the_date_line_is_whole(
    world: World, longitude: float, is_near: bool
) -> None:
    row = an_entry(world, "Ada Taveuni", "Bath")
    place = db.session.query(Workplace).filter_by(practitioner_id=row.id).one()
    place.latitude, place.longitude = -16.8, longitude
    db.session.commit()
    near = Place("Somosomo", "FJ", -16.8, 179.98, 2000)
    found = names(world, Filters(near=near, within_km=20))
    assert found == (["Ada Taveuni"] if is_near else [])


def test_pages_of_a_circle_are_by_distance_then_name(world: World) -> None:
    """Also where many work at one distance, over the end of a page."""
    for name in ("Cara", "Ada", "Bea"):
        an_entry(world, f"{name} Bath", "Bath")
    gone = an_entry(world, "Abe Gone", "Bath")
    an_entry(world, "Abe Keynsham", "Keynsham")
    retire_practitioner(actor=world.rowan, practitioner=gone)
    db.session.commit()
    for filters in (
        Filters(near=BATH, within_km=12),
        Filters(near=BATH, within_km=12, discipline="podiatrist"),
        Filters(near=BATH, discipline="podiatrist"),
    ):
        pages = [list_practitioners(world.wren, filters, page, 2) for page in (1, 2, 3)]
        found = [item.entry.name for page in pages for item in page.items]
        assert found == ["Ada Bath", "Bea Bath", "Cara Bath", "Abe Keynsham"]
        assert [page.total for page in pages] == [4, 4, 4]


def test_retired_entries_are_shown_to_a_steward_who_asks_only(world: World) -> None:
    row = an_entry(world, "Gone Heath", "Bath")
    retire_practitioner(actor=world.rowan, practitioner=row)
    db.session.commit()
    asked = Filters(retired=True)
    assert names(world, Filters(words="gone")) == []
    assert "Gone Heath" not in names(world, asked)
    listed = list_practitioners(world.sorrel, asked)
    assert [item.entry.name for item in listed.items] == ["Gone Heath"]


def test_drops_name_the_single_filter_that_hides_everybody(world: World) -> None:
    an_entry(world, "Ada Full", "Bath", accepting="no")
    an_entry(world, "Bea Full", "Bath", accepting="no")
    nothing = Filters(discipline="podiatrist", accepting=True, near=BATH, within_km=5)
    assert names(world, nothing) == []
    assert drops_for(world.wren, nothing) == [("accepting", 2)]


def test_pages_follow_each_other_without_gap_or_repeat(world: World) -> None:
    for number in range(5):
        an_entry(world, "Same Name", "Bath", email=f"same{number}@example.org")
    pages = [list_practitioners(world.wren, Filters(words="same"), page, 2) for page in (1, 2, 3)]
    ids = [item.entry.id for page in pages for item in page.items]
    assert len(ids) == len(set(ids)) == 5
    assert [page.total for page in pages] == [5, 5, 5]
    assert [page.has_more for page in pages] == [True, True, False]


@pytest.mark.parametrize("filters", [Filters(), Filters(near=BATH, within_km=100)])
@pytest.mark.either_database
def test_a_page_costs_the_same_for_one_and_for_many(world: World, filters: Filters) -> None:
    costs = []
    for number in range(2):
        an_entry(world, f"Ada {number}", "Bath", "Yate", languages=("en", "pl"))
        db.session.expunge_all()
        with statements() as seen:
            list_practitioners(world.wren, filters)
        costs.append(len(seen))
    assert costs[0] == costs[1] == 3
