"""Every test has a clean database, a stopped clock, and no way out of this machine."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import settings

from careteam import create_app
from careteam.access.actor import Actor
from careteam.features.accounts import signing_in
from careteam.features.accounts.models import Account
from careteam.kit import clock
from careteam.kit.db import db
from careteam.settings import Settings
from tests.personas import PASSWORD, World, build_world
from tests.support.database import TestDatabase
from tests.support.sample import fill
from tests.support.visitor import Visitor

settings.register_profile(
    "careteam", max_examples=int(os.environ.get("CARETEAM_EXAMPLES", "25")), deadline=None
)
settings.load_profile("careteam")
"""Enough to find what is often wrong; `CARETEAM_EXAMPLES=1000` looks for what seldom is."""

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
"""A Wednesday morning."""

DATABASE_FIXTURES = {"app", "visitor", "world", "sample", "database", "signed_in"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that uses a database fixture runs on both databases, but where either will do."""
    for item in items:
        uses_database = DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
        if uses_database and not item.get_closest_marker("either_database"):
            item.add_marker(pytest.mark.database)


def pytest_collection_finish() -> None:
    """What is loaded by now stays; searching it for garbage took a tenth of the time of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def database() -> Iterator[TestDatabase]:
    with TestDatabase.started(os.environ.get("TEST_DATABASE", "sqlite")) as started:
        yield started


@pytest.fixture(scope="session")
def _application(
    database: TestDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    application = create_app(
        Settings(
            database_url=database.url,
            data_folder=tmp_path_factory.mktemp("var"),
            mail_folder=tmp_path_factory.mktemp("mail"),
            secret_key="k" * 40,
            timezone=ZoneInfo("Europe/London"),
            public_url="https://team.example.org",
            testing=True,
        )
    )
    application.config["SESSION_COOKIE_SECURE"] = False
    application.config["SESSION_COOKIE_NAME"] = "careteam-form"
    application.extensions["test_database"] = database
    database.make_tables(application)
    yield application
    with application.app_context():
        db.engine.dispose()


@pytest.fixture(autouse=True)
def _stopped_clock(request: pytest.FixtureRequest) -> Iterator[None]:
    if request.node.get_closest_marker("browser"):
        yield
        return
    with clock.stopped(NOW):
        yield


@pytest.fixture
def app(
    _application: Flask, database: TestDatabase, request: pytest.FixtureRequest
) -> Iterator[Flask]:
    """The application with an empty database."""
    if not database.made.keys() & set(request.fixturenames):  # else it is filled from a copy
        database.clean(_application)
    with _application.app_context():
        yield _application


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Somebody with a browser, not signed in."""
    return Visitor(app)


@pytest.fixture
def world(app: Flask, database: TestDatabase) -> World:
    """The cast and one client; see `tests/personas.py`."""
    return database.made_once(app, "world", build_world)


@pytest.fixture
def sample(app: Flask, database: TestDatabase) -> Actor:
    """The worked example alone, as the person who keeps its clients."""
    return database.made_once(app, "sample", fill)


@pytest.fixture
def signed_in(app: Flask, world: World) -> Callable[[str], Visitor]:
    """`signed_in("wren")` is a browser in which Wren has signed in, by the shortest way."""

    def sign_in(name: str) -> Visitor:
        db.session.remove()  # as before and after every request
        account = db.session.query(Account).filter_by(email=f"{name}@example.org").one()
        visitor = Visitor(app)
        visitor.keep_session(signing_in.sign_in(account, PASSWORD, "A test's browser"))
        db.session.commit()
        db.session.remove()
        return visitor

    return sign_in
