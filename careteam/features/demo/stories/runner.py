"""A runner with a torn Achilles tendon: the specialist decided on no surgery and no cast."""

from __future__ import annotations

from datetime import date

from careteam.domain.referral import Action, DeclineReason
from careteam.features.clients.details import Details
from careteam.features.clients.goals import Wording
from careteam.features.demo.stories.story import Cast, Step, Story, accepted, booked
from careteam.features.notes.choosing import ALL
from careteam.features.teams.operations import set_later

INJURY = 66
"""Days ago."""
FEELINGS = ("mental_health",)


def tell(cast: Cast) -> None:
    story = _begin(cast)
    _ask_the_team(cast, story)
    _find_somebody_to_talk_to(story)
    with cast.then(50):
        reason = "When the physiotherapist clears running."
        set_later(actor=cast.lead, seat=story.seat("sport_coach"), reason=reason)
    _recover(story)
    _ask_about_the_way_back(story)


def _begin(cast: Cast) -> Story:
    story = Story.begin(
        cast,
        "runner",
        Details(
            name="Tomas Greywater",
            date_of_birth=date(1984, 5, 17),
            email="tomas@example.org",
            phone="+44 7700 900901",
            safe_contact="phone",
            place="Topsham",
            language="English",
            general_practitioner="Quayside Surgery",
        ),
        Wording(
            statement="I want to run the coast path again, without thinking of my ankle.",
            measure="own_activity",
            baseline=1,
            target=8,
            target_on=cast.day(INJURY - 300),
        ),
        "achilles_rupture_nonoperative",
        days_ago=58,
        anchor_on=cast.day(INJURY),
    )
    story.answer(
        58,
        confirmed="yes",
        sudden_pop="yes",
        days_since=8,
        new_pop="no",
        calf_clot="no",
        clot_risk="no",
        numb_skin="no",
        steroid="no",
        antibiotic="no",
        diabetes_vascular="no",
        smoke="no",
        sport_level="recreational_sport",
        fear_mood="yes",
    )
    story.own(58, "orthopaedic_surgeon", "fracture")
    story.own(58, "general_practitioner", "quay")
    return story


def _ask_the_team(cast: Cast, story: Story) -> None:
    story.refer(
        57,
        "physiotherapist",
        "bryn",
        reason="Achilles tendon torn, no surgery and no cast, in a boot since last week.",
        question="Would you lead the rehabilitation within the clinic's protocol?",
        steps=[accepted(56), booked(cast, 55, 49), Step(48, Action.SEEN)],
    )
    story.refer(
        50,
        "nutritionist",
        "basil",
        reason="Heals a torn tendon and moves much less than he is used to.",
        question="What should he eat for healing without gaining weight?",
        steps=[
            accepted(48),
            booked(cast, 47, 35),
            Step(34, Action.SEEN),
            Step(
                12,
                Action.REPORT,
                {
                    "text": "Two talks; enough protein now. He has the plan.",
                    "next_step": "Weigh once in January.",
                },
            ),
        ],
    )


def _find_somebody_to_talk_to(story: Story) -> None:
    """The first one is full; the second has seen the letter and not yet answered."""
    reason = "Afraid of tearing it again; sleeps badly since."
    question = "Would you see him for a few sessions?"
    first = story.refer(
        20,
        "psychologist",
        "gideon",
        reason=reason,
        question=question,
        also=FEELINGS,
        steps=[Step(17, Action.DECLINE, {"reason": DeclineReason.NO_CAPACITY})],
    )
    story.refer(
        5,
        "psychologist",
        "philippa",
        reason=reason,
        question=question,
        also=FEELINGS,
        previous=first,
        steps=[Step(4, Action.ACKNOWLEDGE)],
    )


def _recover(story: Story) -> None:
    """All agree but one who is silent; since then the last wedge was put off."""
    story.plan(55)
    story.agree(45, members=["bryn"], by_hand=["general_practitioner"])
    story.reach("dx", 55)
    story.reach("programme", 51)
    story.reach("wb", 37)
    story.reach("neutral", 12, "in_progress")
    story.put_off("neutral", 3, days=9)
    story.hold(
        40,
        "bryn",
        "no stretching of the calf past neutral",
        "A tendon stretched this early heals too long.",
    )
    story.note(40, "bryn", "Change wedges sitting down; no barefoot standing yet.", "safety_alerts")
    story.note(
        9,
        "linnet",
        "On stairs he trusts the leg now, one step at a time.",
        "functional_status",
        audience=ALL,
    )
    story.measure("own_activity", {58: 1, 44: 2, 30: 3, 9: 4})
    story.measure("pain_nrs", {58: 6, 44: 4, 30: 3, 9: 3})
    story.measure("confidence_nrs", {58: 3, 30: 4, 9: 5})


def _ask_about_the_way_back(story: Story) -> None:
    """The letter carries the values and steps so far."""
    story.refer(
        9,
        "sports_physician",
        "corin",
        reason="Eight weeks after a torn Achilles tendon, wants to run again.",
        question="Could you see him before he leaves the boot and advise on the way back?",
    )
