"""What a practitioner notes of her dealings with a colleague."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from careteam.access.actor import Actor
from careteam.features.directory.models import Interest, TrustWords
from careteam.features.relationships.models import (
    Ask,
    AskedName,
    Call,
    Campaign,
    CampaignTarget,
    GroupTending,
    Observation,
    PracticeTending,
    ProfileCard,
    Tending,
    Touch,
    YearlyMail,
)
from careteam.features.standing.models import StandingTeam
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World

DAY = date(2026, 3, 2)
SHARED_FACT = UUID(int=43)
"""About Juniper, by Wren; the others about her are drafts."""


def keep_in_touch(world: World, actor: Actor) -> None:
    assert actor.practitioner_id is not None
    mine = {"author_id": actor.practitioner_id}
    team = StandingTeam(id=uuid4(), name="Keeping in touch", **mine)
    db.session.add_all(
        [
            team,
            Interest(practitioner_id=world.juniper, kind="other", **mine),
            Call(practitioner_id=world.juniper, outcome="spoke", at=clock.now(), **mine),
            Touch(practitioner_id=world.juniper, kind="met", happened_on=DAY, **mine),
            Tending(practitioner_id=world.juniper, every_months=3, wished_on=DAY, **mine),
        ]
    )
    db.session.flush()
    db.session.add(GroupTending(team_id=team.id, every_months=6, wished_on=DAY, **mine))
    db.session.add(TrustWords(practitioner_id=world.juniper, sentence="She listens.", **mine))
    ask = Ask(id=uuid4(), discipline="dietitian", asked_where="A group", asked_on=DAY, **mine)
    db.session.add(ask)
    db.session.flush()
    db.session.add(AskedName(ask_id=ask.id, name="Tansy Heard-of", **mine))
    db.session.add(PracticeTending(folded="a clinic", practice="A clinic", **mine))
    db.session.add(Observation(practitioner_id=world.juniper, fact="met", observed_on=DAY, **mine))
    if actor is world.wren:
        db.session.add(YearlyMail(practitioner_id=world.juniper, asked_at=clock.now()))
        about = {"practitioner_id": world.juniper, "fact": "met", "observed_on": DAY}
        db.session.add(Observation(id=SHARED_FACT, shared_at=clock.now(), **about, **mine))
    campaign = Campaign(id=uuid4(), name="Clinics", steps="visit", began_on=DAY, **mine)
    db.session.add(campaign)
    db.session.flush()
    db.session.add(CampaignTarget(campaign_id=campaign.id, practice="A clinic", **mine))
    db.session.add(ProfileCard(**mine))
