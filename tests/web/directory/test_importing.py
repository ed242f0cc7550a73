"""The first import in a browser: nothing is written before it is confirmed."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from openpyxl import Workbook

from careteam.domain.importing import Draft
from careteam.features.directory.models import Practitioner
from careteam.features.imports import rereading
from careteam.features.imports.contents import Brought, read
from careteam.features.imports.models import ImportDraft
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]
PASTED = """Ida Example, physio, 0117 496 0101, ida@example.com, Bristol
Juniper Outside; dietitian; juniper@example.org
Noor Alder, Reiki healer, Bath
0117 496 0199"""


def bring(visitor: Visitor, rows: str = PASTED) -> str:
    answer = visitor.post("/import/practitioners", {"rows": rows})
    assert answer.status_code == 303, answer.text
    return answer.location


def count() -> int:
    return db.session.query(Practitioner).count()


def test_preview_says_what_happens_to_every_row(world: World, signed_in: SignedIn) -> None:
    rowan = signed_in("rowan")
    assert rowan.get("/import/practitioners").status_code == 200
    page = rowan.get(bring(rowan)).text
    assert "Import 1 entry" in page
    assert "Juniper Outside in the directory has the same contact" in page
    assert "We do not know the discipline “Reiki healer”" in page
    assert "This row has no name" in page
    assert count() == 4


def test_correction_then_confirmation_writes_all_at_once(world: World, signed_in: SignedIn) -> None:
    rowan = signed_in("rowan")
    preview = bring(rowan)
    columns = {
        f"column-{at}": name
        for at, name in enumerate(("name", "disciplines", "phone", "email", "website", "bio"))
    }
    assert (
        rowan.post(preview, columns | {"default": "", "row-3": "massage_therapist"}).status_code
        == 303
    )
    assert "Import 2 entries" in rowan.get(preview).text
    answer = rowan.post(f"{preview}/confirm")
    assert answer.location == f"{preview}/done"
    assert count() == 6
    page = rowan.get(answer.location).text
    assert "2 entries are in the directory now" in page
    assert "Next: who do you already work with?" in page
    assert 'href="/practitioners/quick-history"' in page
    ida = db.session.query(Practitioner).filter_by(name="Ida Example").one()
    assert (ida.phone, ida.added_by_id) == ("+441174960101", world.rowan.practitioner_id)


def test_similar_name_is_said_beforehand_and_offered_afterwards(
    world: World, signed_in: SignedIn
) -> None:
    rowan = signed_in("rowan")
    preview = bring(rowan, "Name,Does,Town\nJohn Smith,physio,Bath\nJon Smith,physio,Bath")
    rows = rowan.get(f"{preview}?show=perhaps").text
    assert "Perhaps here (1)" in rows
    assert "Perhaps the same as John Smith in row 2" in rows
    assert "row 3" in rows
    rowan.post(f"{preview}/confirm")
    assert count() == 6, "both are written; nothing is made one"
    assert "Have similar names" in rowan.get("/practitioners/duplicates").text


def test_default_discipline_takes_in_the_rest(world: World, signed_in: SignedIn) -> None:
    rowan = signed_in("rowan")
    preview = bring(rowan, "Ida Example\nOtto Sample")
    page = rowan.get(preview).text
    assert "2 rows lack a discipline" in page
    answer = rowan.post(preview, {"default": "counsellor"})
    assert answer.status_code == 303
    assert "Import 2 entries" in rowan.get(preview).text


def test_confirming_twice_writes_once(world: World, signed_in: SignedIn) -> None:
    rowan = signed_in("rowan")
    preview = bring(rowan)
    rowan.post(f"{preview}/confirm")
    assert rowan.post(f"{preview}/confirm").location == f"{preview}/done"
    assert rowan.get(preview).location == f"{preview}/done"
    assert rowan.post(preview).location == f"{preview}/done"
    assert count() == 5
    made = db.session.query(Practitioner).filter_by(name="Ida Example").one().id
    assert db.session.query(ImportDraft).one().content == {"made": [str(made)]}


def test_file_is_read_by_what_it_is(world: World, signed_in: SignedIn) -> None:
    book, rowan = Workbook(), signed_in("rowan")
    for row in (("Naam", "Beroep"), ("Ida Example", "fysio")):
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    files = {"file": (io.BytesIO(data.getvalue()), "list.csv")}
    answer = rowan.post("/import/practitioners", files)
    assert "Import 1 entry" in rowan.get(answer.location).text


def test_what_cannot_be_read_is_answered_in_words(world: World, signed_in: SignedIn) -> None:
    rowan = signed_in("rowan")
    answer = rowan.post("/import/practitioners", {"rows": ""})
    assert answer.status_code == 422
    assert "Choose a file or paste some rows." in answer.text
    for data in (b"%PDF-1.7", b"PK\x03\x04broken", b"", b"\xff\xfe\x00"):
        answer = rowan.post("/import/practitioners", {"file": (io.BytesIO(data), "x.xlsx")})
        assert answer.status_code == 422, data


def test_preview_is_its_owners_and_ends_after_a_day(world: World, signed_in: SignedIn) -> None:
    rowan, wren = signed_in("rowan"), signed_in("wren")
    preview = bring(rowan)
    for address in (preview, f"{preview}/done", f"/import/practitioners/{uuid4()}"):
        assert wren.get(address).status_code == 404
        assert wren.post(address.removesuffix("/done") + "/confirm").status_code == 404
    with clock.stopped(clock.now() + timedelta(days=1, minutes=1)):
        assert rowan.post(f"{preview}/confirm").status_code == 404
        bring(rowan)
        assert db.session.query(ImportDraft).count() == 1
    assert count() == 4


def test_choice_outside_the_list_is_refused(world: World, signed_in: SignedIn) -> None:
    rowan = signed_in("rowan")
    preview = bring(rowan)
    assert rowan.post(preview, {"default": "wizard", "column-0": "name"}).status_code == 422


def test_long_lists_are_shown_in_pages(world: World, signed_in: SignedIn) -> None:
    rowan = signed_in("rowan")
    preview = bring(rowan, "\n".join(f"Ida Example {n}x, physio" for n in range(130)))
    assert "1 to 100 of 130" in rowan.get(preview).text
    assert "101 to 130 of 130" in rowan.get(f"{preview}?page=2").text
    assert "No such rows." in rowan.get(f"{preview}?show=refused").text


def test_import_is_undone_but_for_what_somebody_touched(world: World, signed_in: SignedIn) -> None:
    rowan, before = signed_in("rowan"), count()
    names = ("Ida", "Noor", "Arlo", "Edda")
    rows = "\n".join(f"{name} Example, physio, {name.lower()}@example.com" for name in names)
    preview = bring(rowan, rows)
    rowan.post(f"{preview}/confirm")
    assert count() == before + 4
    assert f'href="{preview}/done"' in rowan.get("/import/practitioners").text
    changed, met, _, _ = (
        db.session.query(Practitioner).filter_by(name=f"{name} Example").one().id for name in names
    )
    rowan.post(f"/practitioners/{changed}/accepting", {"accepting": "yes"})
    rowan.post(f"/relationships/people/{met}/touches", {"kind": "met", "new_id": str(uuid4())})

    assert signed_in("wren").post(f"{preview}/undo").status_code == 404
    for _ in range(2):
        assert rowan.post(f"{preview}/undo").status_code == 303
    page = rowan.get(f"{preview}/done").text
    assert "2 entries were taken back" in page
    assert "2 stay: somebody changed the entry or noted something with it." in page
    assert "Undo the import" not in page
    assert count() == before + 2


def test_import_is_undone_within_thirty_days(world: World, signed_in: SignedIn) -> None:
    rowan, now = signed_in("rowan"), clock.now()
    preview = bring(rowan)
    rowan.post(f"{preview}/confirm")
    draft = db.session.query(ImportDraft).one()
    draft.expires_at = now - timedelta(minutes=1)
    db.session.commit()
    assert rowan.post(f"{preview}/undo").status_code == 404


def test_address_book_of_a_phone_is_looked_at_like_any_list(
    world: World, signed_in: SignedIn
) -> None:
    rowan = signed_in("rowan")
    cards = "\n".join(
        f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nTITLE:{title}\nEMAIL:{email}\nEND:VCARD"
        for name, title, email in (
            ("Ida Example", "physio", "ida@example.com"),
            ("Juniper Outside", "dietitian", "juniper@example.org"),
        )
    )
    file = (io.BytesIO(f"{cards}\nBEGIN:VCARD\nFN:Cut".encode()), "contacts.vcf")
    answer = rowan.post("/import/practitioners", {"file": file})
    page = rowan.get(answer.location).text
    assert "Import 1 entry" in page
    assert "Juniper Outside in the directory has the same contact" in page
    assert "This row is a card that is cut off." in page


SIX = "Name\tDoes\tTown\n" + "\n".join(f"Ida{n} Example\tphysio\tBath" for n in range(6))


def test_rows_are_left_out_and_brought_back(world: World, signed_in: SignedIn) -> None:
    rowan, before = signed_in("rowan"), count()
    preview = bring(rowan, SIX)
    sent = {"rows": ["2", "3", "4"], "leave-3": "y", "leave-4": "y"}
    assert rowan.post(preview, sent).status_code == 303
    page = rowan.get(preview).text
    assert "Import 4 entries" in page
    assert "Left out (2)" in page
    assert "You left this row out." in rowan.get(f"{preview}?show=refused").text
    rowan.post(preview, {"rows": ["3"]})
    rowan.post(f"{preview}/confirm", {"rows": ["2"], "leave-2": "y"})
    assert count() == before + 4
    names = {name for (name,) in db.session.query(Practitioner.name)}
    assert names >= {"Ida1 Example", "Ida3 Example"}
    assert names.isdisjoint({"Ida0 Example", "Ida2 Example"})


def test_choices_of_a_page_are_kept_by_turning_it(
    world: World, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("careteam.web.directory.importing.ROWS_A_PAGE", 4)
    rowan = signed_in("rowan")
    preview = bring(rowan, SIX)
    answer = rowan.post(preview, {"rows": ["2", "3"], "leave-2": "y", "go": "2"})
    assert answer.location == f"{preview}?page=2"
    page = rowan.get(answer.location).text
    assert "Import 5 entries" in page
    assert 'name="leave-7"' in page
    assert 'name="leave-2"' not in page
    rowan.post(f"{answer.location}", {"rows": ["7"], "leave-7": "y"})
    assert "Import 4 entries" in rowan.get(preview).text


def test_all_that_are_perhaps_here_are_left_out_at_once(world: World, signed_in: SignedIn) -> None:
    rowan = signed_in("rowan")
    preview = bring(rowan, "Name,Does,Town\nJohn Smith,physio,Bath\nJon Smith,physio,Bath")
    rowan.post(preview, {"all": "leave-perhaps"})
    page = rowan.get(preview).text
    assert "Import 1 entry" in page
    assert "1 row is left out because you said so" in page
    rowan.post(preview, {"all": "bring-back"})
    assert "Import 2 entries" in rowan.get(preview).text


def test_columns_read_otherwise_are_shown_before_anything_is_written(
    world: World, signed_in: SignedIn
) -> None:
    rowan, before = signed_in("rowan"), count()
    preview = bring(rowan, "Name\tDoes\tTown\nIda Example\tphysio\tBath")
    columns = {"column-0": "name", "column-1": "disciplines", "column-2": "practice"}
    answer = rowan.post(f"{preview}/confirm", {"rows": ["2"], **columns})
    assert answer.location == preview
    assert "Look at the rows once more" in rowan.get(preview).text
    assert count() == before
    assert rowan.post(f"{preview}/confirm", {"rows": ["2"], **columns}).location.endswith("/done")


def test_rows_are_read_again_only_where_they_may_say_something_else(
    world: World, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    rowan, reads = signed_in("rowan"), list[Brought]()

    def watched(brought: Brought) -> tuple[Draft, ...]:
        reads.append(brought)
        return read(brought)

    monkeypatch.setattr(rereading, "read", watched)
    preview = bring(rowan, SIX)
    for address in (preview, f"{preview}?show=new"):
        assert rowan.get(address).status_code == 200
    rowan.post(preview, {"rows": ["2"], "leave-2": "y"})
    assert "Import 5 entries" in rowan.get(preview).text
    assert len(reads) == 1
    rowan.post(preview, {"row-3": "osteopath", "default": "counsellor"})
    assert "Import 5 entries" in rowan.get(preview).text
    assert len(reads) == 2


OLD_MAC = "Name,Beruf,Notes\nJ\u00f6rg K\u00f6hler,physio,\nS\u00f6ren Th\u00f6ne,physio,\n"


def test_letters_are_read_in_another_encoding(world: World, signed_in: SignedIn) -> None:
    rowan = signed_in("rowan")
    file = (io.BytesIO(OLD_MAC.encode("mac_roman")), "old.csv")
    preview = rowan.post("/import/practitioners", {"file": file}).location
    page = rowan.get(preview).text
    assert "J\u0161rg K\u0161hler" in page, "nothing in it tells"
    assert '<option selected value="cp1252">' in page
    answer = rowan.post(f"{preview}/confirm", {"rows": ["2", "3"], "encoding": "mac_roman"})
    assert answer.location == preview, "nobody has seen yet how it is read then"
    page = rowan.get(preview).text
    assert "J\u00f6rg K\u00f6hler" in page
    assert '<option selected value="mac_roman">' in page
    assert rowan.post(preview, {"encoding": "wingdings"}).status_code == 422
    sent = {"rows": ["2", "3"], "leave-3": "y", "encoding": "mac_roman"}
    assert rowan.post(f"{preview}/confirm", sent).location == f"{preview}/done"
    assert db.session.query(Practitioner).filter_by(name="J\u00f6rg K\u00f6hler").count() == 1


def test_letters_of_a_list_in_utf8_are_not_asked_about(world: World, signed_in: SignedIn) -> None:
    rowan = signed_in("rowan")
    preview = rowan.post("/import/practitioners", {"file": (io.BytesIO(OLD_MAC.encode()), "l.csv")})
    page = rowan.get(preview.location).text
    assert "J\u00f6rg K\u00f6hler" in page
    assert 'name="encoding"' not in page
    assert "The letters were read as UTF-8" in page
