"""The directory as files: a table that comes back as it went, and cards that phones read."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from decimal import Decimal

import pytest

from careteam.domain.importing import Outcome
from careteam.domain.importing.disciplines import read_disciplines
from careteam.exports.directories import practitioners_csv
from careteam.features.directory.catalogue import discipline_labels
from careteam.features.directory.details import Details, Work, details_of
from careteam.features.directory.models import Practitioner
from careteam.features.directory.operations import new_entry
from careteam.features.directory.queries import get_practitioner
from careteam.features.imports.contents import details_of_draft, judged, understand
from careteam.kit import clock
from careteam.kit.cards import Card, cards_of
from careteam.kit.db import db
from careteam.kit.tables import read_csv
from tests.personas import World
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]
FULL = Details(
    name="=Ida; Fern",
    disciplines=("podiatrist", "osteopath"),
    email="ida@example.org",
    phone="0117 496 0101",
    website="ida.example.org",
    fee_from=Decimal("40.50"),
    fee_to=Decimal(60),
    accepting="no",
    registration_body="HCPC",
    registration_number="PH1",
    bio='Says "yes",\nand more',
    languages=("en", "pl"),
    workplaces=(Work("Quay Rooms", "Bath"),),
)


@pytest.fixture
def ida(world: World) -> Practitioner:
    row = new_entry(world.rowan, FULL)
    db.session.commit()
    return get_practitioner(world.rowan, row.id)


def test_table_comes_back_as_it_went(ida: Practitioner) -> None:
    (draft,) = judged(understand(read_csv(practitioners_csv([ida]))), ())
    assert (draft.outcome, draft.notes) == (Outcome.NEW, ())
    back, went = details_of_draft(draft).values(), details_of(ida).values()
    assert {name: back[name] for name in back if back[name] != went[name]} == {}


def test_each_discipline_is_understood_by_the_word_of_the_table(world: World) -> None:
    labels = discipline_labels()
    understood = {id_: read_disciplines(label, labels).ids for id_, label in labels.items()}
    assert understood == {id_: (id_,) for id_ in labels}


def test_files_hold_whoever_is_in_the_directory(
    world: World, ida: Practitioner, signed_in: SignIn
) -> None:
    db.session.get_one(Practitioner, world.juniper).retired_at = clock.now()
    ida_id = ida.id
    db.session.commit()
    rowan = signed_in("rowan")
    answer = rowan.get("/practitioners.csv")
    assert answer.headers["Content-Disposition"] == "attachment; filename=directory.csv"
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert {row[0] for row in rows[1:]} == {
        "Ash Seated",
        "Rowan Member",
        "Wren Lead",
        "'=Ida; Fern",
    }
    cards = rowan.get("/practitioners.vcf")
    assert cards.mimetype == "text/vcard"
    assert cards.data.count(b"BEGIN:VCARD") == 4
    one = rowan.get(f"/practitioners/{ida_id}.vcf").data.decode()
    assert "FN:=Ida\\; Fern\r\n" in one
    assert "TEL;TYPE=WORK,VOICE:+441174960101\r\n" in one
    assert rowan.get(f"/practitioners/{world.juniper}.vcf").status_code == 404


def test_card_is_one_line_each_and_cuts_no_character() -> None:
    made = cards_of([Card("1", "Ida É Fern", note="ü" * 100 + "\nEND:VCARD\r\n;,\\")]).decode()
    lines = made.split("\r\n")
    assert lines[:5] == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "UID:urn:uuid:1",
        "FN:Ida É Fern",
        "N:Fern;Ida É;;;",
    ]
    assert max(len(line.encode()) for line in lines) <= 75
    unfolded = made.replace("\r\n ", "")
    assert "NOTE:" + "ü" * 100 + "\\nEND:VCARD\\n\\;\\,\\\\\r\n" in unfolded
    assert unfolded.count("\r\nEND:VCARD") == 1
