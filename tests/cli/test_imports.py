"""`flask import practitioners FILE`."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from careteam.features.directory.models import Practitioner
from careteam.kit.db import db

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
