"""Rows of people who are there already: what differs is shown, ticked, taken over, given back."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable

from careteam.features.directory.details import details_of
from careteam.features.directory.models import Practitioner
from careteam.features.directory.operations import change_practitioner
from careteam.features.directory.queries import get_practitioner
from careteam.features.imports.models import ImportChange
from careteam.features.imports.operations import forget_removed
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]
LIST = (
    "Name,Discipline,Practice,Town,Telephone,E-mail,Fee\n"
    "Juniper Outside,dietitian,Mill,York,0117 496 0101,juniper@example.org,50\n"
    "Ida Example,physio,,,,ida@example.com,\n"
)


def bring(visitor: Visitor, text: str = LIST) -> str:
    file = (io.BytesIO(text.encode()), "list.csv")
    answer = visitor.post("/import/practitioners", {"file": file})
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def boxes(text: str) -> dict[str, str]:
    """The words of each box by its field, and whether it is ticked."""
    found = re.findall(r'<input([^>]*name="(take-[^"]+)"[^>]*)>\s*<label[^>]*>([^<]*)<', text)
    return {
        name: ("ticked " if " checked" in tag else "") + html.unescape(words)
        for tag, name, words in found
    }


def juniper(world: World) -> Practitioner:
    db.session.expire_all()
    return get_practitioner(world.rowan, world.juniper)


def test_what_differs_is_shown_and_only_what_is_ticked_is_taken(
    world: World, signed_in: SignedIn
) -> None:
    rowan, before = signed_in("rowan"), details_of(juniper(world))
    preview = bring(rowan)
    page = rowan.get(f"{preview}?show=changed").text
    assert "Changed (1)" in page
    assert boxes(page) == {
        "take-2-phone": "Telephone: 0117 496 0101 (now 0117 496 1498)",
        "take-2-fee": "Fee: 50 (now nothing)",
        "take-2-workplaces": "Workplaces: Juniper's rooms, Bristol; Mill, York "
        "(now Juniper's rooms, Bristol)",
    }
    sent = {"ticks": "2", "take-2-phone": "y", "default": ""}
    assert rowan.post(preview, sent).status_code == 303
    page = rowan.get(preview).text
    assert boxes(page)["take-2-phone"].startswith("ticked ")
    assert "Import 1 entry and change 1 entry" in page
    rowan.post(f"{preview}/confirm", {"ticks": "2", "take-2-phone": "y", "take-2-fee": "y"})
    now = details_of(juniper(world))
    assert (now.phone, str(now.fee_from), now.workplaces) == (
        "+441174960101", "50.00", before.workplaces,
    )  # fmt: skip
    assert "1 entry was changed" in rowan.get(f"{preview}/done").text

    rowan.post(f"{preview}/undo")
    assert details_of(juniper(world)) == before
    assert "1 entry says again what it said before" in rowan.get(f"{preview}/done").text
    assert db.session.query(ImportChange).count() == 0


def test_all_are_ticked_at_once_and_nothing_is_lost_to_a_later_change(
    world: World, signed_in: SignedIn
) -> None:
    rowan = signed_in("rowan")
    preview = bring(rowan)
    rowan.post(preview, {"all": "take"})
    assert "and change 1 entry" in rowan.get(preview).text
    entry = juniper(world)
    details = details_of(entry)
    change_practitioner(actor=world.rowan, practitioner=entry, details=details)
    db.session.commit()
    assert "and change" not in rowan.get(preview).text, "it was ticked of what it said before"
    rowan.post(f"{preview}/confirm")
    assert details_of(juniper(world)) == details

    preview = bring(rowan)
    rowan.post(preview, {"all": "take"})
    rowan.post(f"{preview}/confirm")
    rowan.post(f"/practitioners/{world.juniper}/accepting", {"accepting": "yes"})
    rowan.post(f"{preview}/undo")
    assert juniper(world).phone == "+441174960101"
    assert "1 changed entry was left" in rowan.get(f"{preview}/done").text


def test_nothing_ticked_and_nothing_new_is_answered_in_words(
    world: World, signed_in: SignedIn
) -> None:
    rowan = signed_in("rowan")
    preview = bring(rowan, "\n".join(LIST.split("\n")[:2]))
    rowan.post(preview, {"ticks": "2", "take-2-phone": "y", "default": ""})
    answer = rowan.post(f"{preview}/confirm", {"ticks": "2"})
    assert answer.location == preview
    page = rowan.get(preview).text
    assert "no row is new, and no change is ticked" in page
    assert boxes(page)["take-2-phone"].startswith("Telephone"), "what was unticked stays so"


def test_entry_of_a_member_is_theirs_to_change(world: World, signed_in: SignedIn) -> None:
    rowan = signed_in("rowan")
    assert world.wren.practitioner_id is not None
    rowan_sees = get_practitioner(world.rowan, world.wren.practitioner_id)
    rowan_sees.email = "wren@example.net"
    db.session.commit()
    row = f"{rowan_sees.name},dietitian,,,0117 496 0199,wren@example.net,"
    page = rowan.get(bring(rowan, f"{LIST}{row}")).text
    assert "has the same contact wren@example.net" in page
    assert not any(name.startswith("take-4-") for name in boxes(page))


def test_columns_are_remembered_for_the_account_and_these_headings(
    world: World, signed_in: SignedIn
) -> None:
    text = "Who,Trade,Ring\nIda Example,physio,0117 496 0101\n"
    rowan = signed_in("rowan")
    preview = bring(rowan, text)
    assert "read as you said" not in rowan.get(preview).text
    said = {"column-0": "name", "column-1": "bio", "column-2": "phone", "default": "osteopath"}
    assert rowan.post(preview, said).status_code == 303
    again = rowan.get(bring(rowan, text.replace("Who,", "WHO ,"))).text
    assert "read as you said of an earlier list" in again
    assert re.search(r'id="column-1".*?<option selected value="bio"', again, re.DOTALL)
    assert (
        "read as you said" not in rowan.get(bring(rowan, text.replace("Who,Trade", "Who,Job"))).text
    )
    assert "read as you said" not in signed_in("wren").get(bring(signed_in("wren"), text)).text


def test_nothing_is_kept_of_whoever_asked_to_be_removed(world: World, signed_in: SignedIn) -> None:
    rowan = signed_in("rowan")
    preview = bring(rowan)
    rowan.post(preview, {"all": "take"})
    rowan.post(f"{preview}/confirm")
    assert forget_removed() is None
    juniper(world).removal_asked_at = clock.now()
    assert forget_removed() == "Imported changes erased of people who were removed: 1."
    assert db.session.query(ImportChange).count() == 0


def test_of_two_rows_of_one_entry_the_first_has_the_word(world: World, signed_in: SignedIn) -> None:
    rowan, before = signed_in("rowan"), details_of(juniper(world))
    again = "Juniper Outside,dietitian,,,0117 496 0177,juniper@example.org,\n"
    preview = bring(rowan, LIST + again.replace("dietitian", "dietitian; counsellor"))
    rowan.post(preview, {"all": "take"})
    assert "and change 1 entry" in rowan.get(preview).text
    rowan.post(f"{preview}/confirm")
    now = details_of(juniper(world))
    assert (now.phone, now.disciplines) == ("+441174960101", ("dietitian", "counsellor"))
    rowan.post(f"{preview}/undo")
    assert details_of(juniper(world)) == before
