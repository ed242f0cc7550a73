"""Occasions that the worked example has none of, for pages that are there only then."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from sqlalchemy import select

from careteam.access.actor import Actor, Kind
from careteam.features.clients.goals import Wording, add_goal
from careteam.features.letters.attaching import attach
from careteam.features.pathways.content import keep_up, load_content
from careteam.features.pathways.drafting import values_of
from careteam.features.pathways.operations import change_parts, copy_pathway, publish_pathway
from careteam.features.pathways.published_queries import current_stamp
from careteam.features.plans.making import make_plan
from careteam.features.referrals.models import Referral
from careteam.kit import clock
from careteam.kit.db import db
from tests.browser.steps.linking import at_the_database, client_named, main_actor
from tests.support.files import a_pdf

SECOND = "Look back together, once more"


def newer_pathway(folder: Path) -> str:
    """A goal of Jory's whose pathway was published anew since: where that is shown."""
    with at_the_database(folder):
        lead = main_actor()
        own = copy_pathway(actor=lead, pathway="chronic_low_back_pain", title="Standing backs")
        db.session.flush()
        publish_pathway(actor=lead, own=own, note="New", version=own.version)
        db.session.flush()
        keep_up(current_stamp())
        goal = add_goal(
            actor=lead,
            client=client_named("Jory Saltmarsh"),
            goal_id=uuid4(),
            wording=Wording(statement="I want to stand at the stove again."),
            pathway=own.pathway,
            anchor_on=clock.today(),
        )
        assert goal.pathway_version == load_content().pathways[own.pathway].version
        make_plan(actor=lead, goal=goal)
        first, *others = values_of(own.source)["milestones"]
        steps = [{**first, "name": SECOND}, *others]
        change_parts(actor=lead, own=own, parts={"milestones": steps})
        publish_pathway(actor=lead, own=own, note="Words", version=own.version)
        return f"/goals/{goal.id}/pathway/newer"


def file_that_came(folder: Path) -> str:
    """Whoever was asked about Tomas adds a file: where the one who keeps the record finds it."""
    with at_the_database(folder):
        client = client_named("Tomas Greywater")
        referral = db.session.scalars(
            select(Referral).where(Referral.client_id == client.id, Referral.status == "reported")
        ).first()
        assert referral is not None
        receiver = Actor(Kind.MEMBER, name="Them", practitioner_id=referral.receiver_id)
        attach(
            actor=receiver,
            referral=referral,
            attachment_id=uuid4(),
            data=a_pdf(),
            label=None,
            information_class="goal_plan",
        )
        return f"/added/files/{referral.id}"
