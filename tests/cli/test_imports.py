"""`flask import practitioners FILE` and `flask import referrals FILE`."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from flask import Flask
from openpyxl import Workbook

from careteam.features.accounts.models import Account
from careteam.features.directory.models import Practitioner
from careteam.features.imports.models import ImportDraft
from careteam.features.imports.undoing import may_undo
from careteam.features.referrals.models import Referral
from careteam.kit.db import db
from tests.personas import World

ROWS = "name,discipline,e-mail\nIda Example,physio,ida@example.org\nOtto Sample,wizard,\n"


def run(app: Flask, folder: Path, *options: str, rows: str = ROWS) -> str:
    file = folder / "list.csv"
    file.write_text(rows)
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["import", "practitioners", str(file), *options])
    assert result.exit_code == 0, result.output
    return result.output


def names() -> list[str]:
    return sorted(row.name for row in db.session.query(Practitioner))


def test_new_rows_are_written_and_the_others_named(app: Flask, tmp_path: Path) -> None:
    output = run(app, tmp_path)
    assert "Row 3, Otto Sample: left out. We do not know the discipline “wizard”." in output
    assert "1 new, 0 changed, 0 here already, 1 left out" in output
    assert names() == ["Ida Example"]
    db.session.rollback()
    assert "0 new" in run(app, tmp_path)


def test_dry_run_writes_nothing(app: Flask, tmp_path: Path) -> None:
    output = run(app, tmp_path, "--dry-run", "--discipline", "osteopath")
    assert "2 new, 0 changed, 0 here already, 0 left out" in output
    assert "Nothing was written." in output
    assert names() == []


def test_changes_are_told_and_taken_only_when_asked_for(app: Flask, tmp_path: Path) -> None:
    run(app, tmp_path)
    entry = db.session.query(Practitioner).one()
    entry.phone, entry.email = "+441174960101", "ida@example.org"
    db.session.commit()
    rows = "name,discipline,e-mail,telephone\nIda Example,physio,ida@example.org,0117 496 0102\n"
    output = run(app, tmp_path, rows=rows)
    assert "Telephone: 0117 496 0102 (now 0117 496 0101)" in output
    assert "0 new, 1 changed" in output
    assert "stays as it is here" in output
    db.session.expire_all()
    assert db.session.query(Practitioner).one().phone == "+441174960101"
    run(app, tmp_path, "--take-changes", rows=rows)
    db.session.expire_all()
    assert db.session.query(Practitioner).one().phone == "+441174960102"


def test_unreadable_file_stops_with_the_reason(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(b"%PDF-1.7")
    result = app.test_cli_runner().invoke(args=["import", "practitioners", str(file)])
    assert result.exit_code == 1
    assert "This is a PDF." in result.output


def invoke(app: Flask, *words: str) -> tuple[int, str]:
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["import", *words])
    db.session.rollback()
    return result.exit_code, result.output


def test_import_of_an_account_can_be_undone_by_it(world: World, app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(ROWS)
    email = db.session.get_one(Account, world.rowan.account_id).email
    code, output = invoke(app, "practitioners", str(file), "--account", email)
    assert (code, "1 new, 0 changed" in output) == (0, True), output
    draft = db.session.query(ImportDraft).one()
    assert (draft.source, draft.added, may_undo(draft)) == ("list.csv", 1, True)
    assert invoke(app, "practitioners", str(file), "--account", "x@example.org")[0] == 1
    assert invoke(app, "practitioners", str(file), "--account", email)[0] == 0, "nothing is new"


def test_past_referrals_come_from_a_workbook(world: World, app: Flask, tmp_path: Path) -> None:
    book, file = Workbook(), tmp_path / "past.xlsx"
    for row in (
        ("from", "to", "date", "answer"),
        ("Wren Lead", "Ash Seated", date(2025, 11, 3), "accepted"),
        ("Wren Lead", "Juniper Outside", "3 November 2025", ""),
        ("Ash Seated", "Juniper Outside", datetime(2025, 11, 3, 10), "declined"),
        ("Wren Lead", "Nobody Known", date(2025, 11, 3), "accepted"),
    ):
        book.active.append(row)
    book.save(file)
    before = db.session.query(Referral).count()
    words = ("referrals", str(file), "--account", "wren@example.org", "--answer", "declined")
    code, output = invoke(app, *words, "--dry-run")
    assert (code, "2 new, 0 here already, 2 left out" in output) == (0, True), output
    assert "Nothing was written." in output
    assert "Row 5: left out. “Nobody Known” is not in the directory." in output
    assert db.session.query(Referral).count() == before
    assert "2 new" in invoke(app, *words)[1]
    assert db.session.query(Referral).count() == before + 2
    assert "0 new, 2 here already" in invoke(app, *words)[1]
    file.write_bytes(b"%PDF-1.7")
    assert "This is a PDF." in invoke(app, *words)[1]
