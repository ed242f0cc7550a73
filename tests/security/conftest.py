"""The ground of the hostile tests, laid once a stage."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.personas import build_world
from tests.security.grounds import Findings, Ground, build
from tests.support.database import TestDatabase


@pytest.fixture
def ground(app: Flask, database: TestDatabase) -> Ground:
    """The cast, a row of every model, and a browser of each persona."""
    return database.made_once(app, "ground", lambda: build(app, build_world()))


@pytest.fixture
def findings() -> Findings:
    return Findings()
