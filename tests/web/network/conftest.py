from __future__ import annotations

import pytest
from flask import Flask

from careteam.access.actor import Actor
from careteam.features.accounts import signing_in
from careteam.features.accounts.models import Account
from careteam.kit.db import db
from tests.support.sample import SAMPLE_PASSWORD
from tests.support.visitor import Visitor


@pytest.fixture
def linnet(sample: Actor, app: Flask) -> Visitor:
    account = db.session.query(Account).filter_by(email="linnet@example.org").one()
    visitor = Visitor(app)
    visitor.keep_session(signing_in.sign_in(account, SAMPLE_PASSWORD, "A test's browser"))
    db.session.commit()
    return visitor
