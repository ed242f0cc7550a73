"""`flask backup` and `flask restore`, each on a database file of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.engine import make_url

from careteam import create_app
from careteam.access.actor import Actor
from careteam.cli.copies import postgresql_line
from careteam.features.accounts.models import Account, SignIn
from careteam.features.accounts.queries import actor_of
from careteam.features.directory.models import Practitioner
from careteam.features.letters.attaching import attach
from careteam.features.letters.models import Attachment, AttachmentContent
from careteam.features.referrals.operations import Letter, write_referral
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.migrating import upgrade_database
from careteam.settings import Settings
from tests.conftest import NOW
from tests.personas import a_practitioner, build_world
from tests.support.files import a_pdf
from tests.support.visitor import Visitor


def application(file: Path) -> Flask:
    made = create_app(
        Settings(
            database_url=f"sqlite:///{file}",
            data_folder=file.parent,
            secret_key="k" * 40,
            testing=True,
        )
    )
    made.config["SESSION_COOKIE_SECURE"] = False
    return made


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A community in a file, made by all migrations, of which each test gets a copy."""
    file: Path = tmp_path_factory.mktemp("migrated") / "careteam.sqlite3"
    made = application(file)
    with clock.stopped(NOW), made.app_context():
        upgrade_database()
        build_world()
        db.session.remove()
        db.engine.dispose()
    return file


@pytest.fixture
def own(migrated: Path, tmp_path: Path) -> Iterator[Flask]:
    """A community in a file."""
    file = tmp_path / "careteam.sqlite3"
    shutil.copy(migrated, file)
    made = application(file)
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


def an_actor(email: str) -> Actor:
    return actor_of(db.session.scalars(select(Account).where(Account.email == email)).one())


def run(app: Flask, *arguments: object) -> tuple[int, str]:
    db.session.remove()
    db.engine.dispose()
    result = app.test_cli_runner().invoke(args=[str(each) for each in arguments])
    return result.exit_code, result.output


def names() -> list[str]:
    found = list(db.session.scalars(select(Practitioner.name).order_by(Practitioner.name)))
    db.session.rollback()
    return found


def test_restored_database_has_what_the_backup_had_and_signs_in(own: Flask, tmp_path: Path):
    copy = tmp_path / "copy.sqlite3"
    code, output = run(own, "backup", copy)
    assert (code, output.split(":")[1]) == (0, " 4 practitioners, 1 client, 0 referrals. "
                                               "The copy was checked.\n")  # fmt: skip
    a_practitioner("Later Added")
    db.session.commit()

    code, output = run(own, "restore", copy, "--replace")

    assert code == 0, output
    assert "careteam.sqlite3.before-restore-20260304-093000" in output
    assert names() == ["Ash Seated", "Juniper Outside", "Rowan Member", "Wren Lead"]
    answer = Visitor(own).sign_in("wren@example.org", "quiet river stones")
    assert answer.status_code == 303


def test_files_of_referrals_are_in_the_one_file(own: Flask, tmp_path: Path):
    wren = an_actor("wren@example.org")
    juniper = db.session.scalars(
        select(Practitioner.id).where(Practitioner.name == "Juniper Outside")
    ).one()
    letter = Letter(sender_id=wren.practitioner_id, receiver_id=juniper)
    data = a_pdf()
    attach(
        actor=wren,
        referral=write_referral(actor=wren, letter=letter, referral_id=uuid4()),
        attachment_id=uuid4(),
        data=data,
        label="Clinic plan",
        information_class=None,
    )
    db.session.commit()
    copy = tmp_path / "copy.sqlite3"
    assert run(own, "backup", copy)[0] == 0
    db.session.execute(delete(Attachment))
    db.session.commit()
    assert run(own, "restore", copy, "--replace")[0] == 0
    assert db.session.scalars(select(AttachmentContent.data)).all() == [data]


def test_sessions_of_the_backup_do_not_live_again(own: Flask, tmp_path: Path):
    visitor = Visitor(own)
    visitor.sign_in("wren@example.org", "quiet river stones")
    run(own, "backup", tmp_path / "copy.sqlite3")

    run(own, "restore", tmp_path / "copy.sqlite3", "--replace")

    assert db.session.scalars(select(SignIn.id).where(SignIn.ended_at.is_(None))).all() == []
    assert visitor.get("/account").status_code == 303


def test_data_are_not_replaced_unasked(own: Flask, tmp_path: Path):
    run(own, "backup", tmp_path / "copy.sqlite3")

    code, output = run(own, "restore", tmp_path / "copy.sqlite3")

    assert code == 1
    assert "Add --replace" in output
    assert not list(tmp_path.glob("*.before-restore-*"))


def test_empty_installation_takes_a_backup_without_being_asked_twice(own: Flask, tmp_path: Path):
    run(own, "backup", tmp_path / "copy.sqlite3")
    other = application(tmp_path / "elsewhere" / "careteam.sqlite3")

    with other.app_context():
        code, output = run(other, "restore", tmp_path / "copy.sqlite3")
        assert (code, len(names())) == (0, 4), output
        db.session.remove()
        db.engine.dispose()


def test_damaged_backup_changes_nothing(own: Flask, tmp_path: Path):
    broken = tmp_path / "broken.sqlite3"
    broken.write_text("no database")

    code, output = run(own, "restore", broken, "--replace")

    assert (code, "Nothing was changed." in output) == (1, True)
    assert len(names()) == 4


def test_backup_of_a_newer_program_is_refused(own: Flask, tmp_path: Path):
    with db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    run(own, "backup", tmp_path / "copy.sqlite3")

    code, output = run(own, "restore", tmp_path / "copy.sqlite3", "--replace")

    assert (code, "newer Careteam" in output) == (1, True)


def test_backup_overwrites_nothing(own: Flask, tmp_path: Path):
    (tmp_path / "copy.sqlite3").write_text("mine")

    code, output = run(own, "backup", tmp_path / "copy.sqlite3")

    assert (code, "overwrites nothing" in output) == (1, True)


def test_postgresql_gets_its_own_lines_without_a_password():
    url = make_url("postgresql+psycopg://care:secret@db.example.org:5433/team")

    assert postgresql_line("backup", url, Path("of today.dump")) == (
        "pg_dump --format=custom --no-owner --file='of today.dump' "
        "--dbname=postgresql://care@db.example.org:5433/team"
    )
    assert postgresql_line("restore", url, Path("x.dump")) == (
        "pg_restore --clean --if-exists --no-owner --single-transaction "
        "--dbname=postgresql://care@db.example.org:5433/team x.dump"
    )
