"""Ties from memory: two taps a person, one save."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from careteam.features.directory.models import Practitioner
from careteam.features.network.models import RememberedTie
from careteam.kit.db import db
from tests.personas import World, a_practitioner
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]
ADDRESS = "/practitioners/quick-history"


def answers(**ties: tuple[UUID, str, str]) -> dict[str, str]:
    sent = {f"sent-{id_}": band for id_, band, _ in ties.values()}
    return sent | {f"received-{id_}": band for id_, _, band in ties.values()}


def ties() -> dict[UUID, tuple[str, str]]:
    rows = db.session.query(RememberedTie).all()
    return {row.practitioner_id: (row.sent, row.received) for row in rows}


def test_one_save_notes_the_whole_list(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    page = wren.get(ADDRESS).text
    assert "about, by hand" in page
    assert "Save for 3 people" in page
    form = answers(
        juniper=(world.juniper, "few", "many"),
        ash=(world.ash.practitioner_id, "none", "none"),  # type: ignore[arg-type]
    )
    assert wren.post(ADDRESS, form).status_code == 303
    assert ties() == {world.juniper: ("few", "many")}
    row = db.session.query(RememberedTie).one()
    assert (row.author_id, row.said_on) == (world.wren.practitioner_id, date(2026, 3, 4))
    checked = f'id="sent-{world.juniper}-1" name="sent-{world.juniper}" type="radio" value="few"'
    assert checked in wren.get(ADDRESS).text.replace("checked ", "")


def test_none_twice_forgets_the_tie(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    wren.post(ADDRESS, answers(juniper=(world.juniper, "few", "none")))
    wren.post(ADDRESS, answers(juniper=(world.juniper, "none", "none")))
    assert ties() == {}


def test_those_i_added_come_first_and_everybody_on_request(
    world: World, signed_in: SignedIn
) -> None:
    mine = a_practitioner("Ida Mine", "podiatrist")
    mine.added_by_id = world.wren.practitioner_id
    db.session.commit()
    wren = signed_in("wren")
    page = wren.get(ADDRESS).text
    assert "Ida Mine" in page
    assert "Juniper Outside" not in page
    everybody = wren.get(f"{ADDRESS}?who=all").text
    assert "Juniper Outside" in everybody
    wren.post(f"{ADDRESS}?who=all", answers(juniper=(world.juniper, "some", "none")))
    assert "Juniper Outside" in wren.get(ADDRESS).text


def test_wrong_band_is_refused_and_nothing_written(world: World, signed_in: SignedIn) -> None:
    form = answers(juniper=(world.juniper, "lots", "few"))
    assert signed_in("wren").post(ADDRESS, form).status_code == 422
    assert ties() == {}


def test_memory_is_private_to_who_noted_it(world: World, signed_in: SignedIn) -> None:
    signed_in("wren").post(ADDRESS, answers(juniper=(world.juniper, "few", "few")))
    page = signed_in("rowan").get(ADDRESS).text
    assert (
        f'id="sent-{world.juniper}-1" name="sent-{world.juniper}" type="radio" value="few" checked'
        not in page
    )
    assert db.session.query(Practitioner).count() == 4


def test_without_an_own_entry_it_asks_for_one(world: World, signed_in: SignedIn) -> None:
    sorrel = signed_in("sorrel")
    assert "Add your entry" in sorrel.get(ADDRESS).text
    form = answers(juniper=(world.juniper, "few", "few"))
    assert sorrel.post(ADDRESS, form).status_code == 403
    assert ties() == {}
