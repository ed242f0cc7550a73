"""Her partner, with a record and a goal of his own, and one step that stands in both plans."""

from __future__ import annotations

from careteam.domain.planning import CLIENT
from careteam.features.clients.details import Details
from careteam.features.clients.goals import Wording
from careteam.features.demo.keys import sample_id
from careteam.features.demo.stories.story import Cast, Story
from careteam.features.plans.checking import Structure
from careteam.features.plans.mirroring import mirror
from careteam.features.plans.operations import add_milestone
from careteam.features.teams.partners.operations import Given, link
from careteam.kit import clock


def tell(cast: Cast, hers: Story) -> None:
    his = Story.begin(
        cast,
        "partner",
        Details(
            name="Jory Saltmarsh",
            preferred_name="Jory",
            email="jory@example.org",
            phone="+44 7700 900904",
            safe_contact="phone",
            place="Exmouth",
            language="English",
        ),
        Wording(
            statement="I want to be there for us, and to keep well myself.",
            measure="wellbeing_nrs",
            baseline=6,
            target=8,
            target_on=cast.day(-82),
        ),
        None,
        days_ago=82,
    )
    with cast.then(82, 11):
        said = Given(clock.today(), "spoken")
        link(
            actor=cast.lead,
            client=hers.client,
            partner=his.client,
            pair_id=sample_id("pair", "baby"),
            given=said,
            partners=said,
        )
    _plan(cast, hers, his)
    his.measure("wellbeing_nrs", {82: 6, 40: 7})


def _plan(cast: Cast, hers: Story, his: Story) -> None:
    """What they want to ask is theirs together; that he runs again is his alone."""
    with cast.then(81, 11):
        add_milestone(
            actor=cast.lead,
            goal=his.goal,
            milestone_id=sample_id("milestone", "partner", "run"),
            structure=Structure("Run twice a week again", CLIENT, cast.day(-20)),
        )
    with cast.then(62, 11):
        asked = add_milestone(
            actor=cast.lead,
            goal=hers.goal,
            milestone_id=sample_id("milestone", "baby", "questions"),
            structure=Structure("Write down what we want to ask the clinic", CLIENT, cast.day(-8)),
        )
        mirror(
            actor=cast.lead,
            milestone=asked,
            goal=his.goal,
            milestone_id=sample_id("milestone", "partner", "questions"),
            title="Write down what we want to ask",
        )
