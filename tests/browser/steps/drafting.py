"""A pathway of the community's own: published once, and changed since."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from careteam import create_app
from careteam.features.accounts.models import Account
from careteam.features.accounts.queries import actor_of
from careteam.features.pathways.drafting import values_of
from careteam.features.pathways.operations import change_parts, copy_pathway, publish_pathway
from careteam.kit.db import db
from careteam.settings import read_settings
from tests.browser.steps.linking import settings_of
from tests.browser.steps.sampling import MAIN_EMAIL


def own_pathway(folder: Path) -> list[str]:
    """Linnet is a steward too: where to begin, with a rule of the draft that has a problem."""
    app = create_app(read_settings(settings_of(folder)))
    with app.app_context():
        linnet = actor_of(db.session.scalars(select(Account).filter_by(email=MAIN_EMAIL)).one())
        own = copy_pathway(actor=linnet, pathway="chronic_low_back_pain", title="Desk backs")
        db.session.flush()
        publish_pathway(actor=linnet, own=own, note="New", version=own.version)
        first, *others = values_of(own.source)["rules"]
        rules = [{**first, "when": {"any": []}}, *others]
        change_parts(actor=linnet, own=own, parts={"rules": rules})
        draft = f"/pathways/own/{own.id}"
        db.session.commit()
        db.engine.dispose()
    return [f"{draft}/parts/rules/{first['id']}", f"{draft}/parts/rules/new", draft]
