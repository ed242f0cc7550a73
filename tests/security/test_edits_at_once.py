"""Eight editors on one plan, a server of two processes: what was acknowledged is there."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from careteam import create_app
from careteam.features.demo.keys import sample_id
from careteam.features.plans.models import Milestone
from careteam.kit.db import db
from careteam.settings import read_settings
from tests.support.sample import SAMPLE_PASSWORD
from tests.support.server import running_server
from tools.benching.editing import edit_together

EDITS = 80
"""The larger run is in `make bench`."""


@pytest.mark.browser
def test_no_acknowledged_edit_is_lost(tmp_path: Path) -> None:
    settings = {"CARETEAM_DATA": str(tmp_path), "CARETEAM_DEMO": "1"}
    goal_id = sample_id("goal", "runner")
    with running_server({**settings, "CARETEAM_WORKERS": "2"}) as url:
        app = create_app(read_settings(settings))
        with app.app_context():
            rows = db.session.query(Milestone).filter_by(goal_id=goal_id, status="planned")
            milestones = [row.id for row in rows.order_by(Milestone.due_on).limit(4)]
            db.session.rollback()
        port = urlsplit(url).port
        assert port is not None
        found = edit_together(app, port, SAMPLE_PASSWORD, goal_id, milestones, EDITS)
        with app.app_context():
            db.engine.dispose()
    assert (found.acknowledged, found.lost, found.failed) == (EDITS, 0, 0)
