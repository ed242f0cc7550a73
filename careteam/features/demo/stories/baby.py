"""A woman trying for a baby, for fourteen months now."""

from __future__ import annotations

from datetime import date

from careteam.domain.referral import Action, Contact
from careteam.features.clients.details import Details
from careteam.features.clients.goals import Wording
from careteam.features.demo.keys import practitioner_id, sample_id
from careteam.features.demo.stories import couple
from careteam.features.demo.stories.story import Cast, Step, Story, accepted, booked
from careteam.features.teams.operations import add_seat, hide_seat

FERTILITY = ("reproductive_sexual",)
"""What she lets those know who care for it, besides what their part needs."""


def tell(cast: Cast) -> None:
    story = _begin(cast)
    _ask_the_team(cast, story)
    _ask_for_support(story)
    story.plan(97)
    story.reach("screened", 96)
    story.reach("gp_check", 88)
    story.reach("smoke_free", 88)
    story.reach("refer_decision", 83)
    story.reach("nutrition_plan", 58)
    story.reach("active", 20, "in_progress")
    couple.tell(cast, story)
    story.measure("wellbeing_nrs", {100: 5, 58: 6, 14: 7})
    story.measure("stress_nrs", {100: 7, 58: 6, 14: 4})
    story.measure("sleep_nrs", {100: 5, 14: 7})


def _begin(cast: Cast) -> Story:
    story = Story.begin(
        cast,
        "baby",
        Details(
            name="Elowen Hartsease",
            preferred_name="Ellie",
            date_of_birth=date(cast.day(0).year - 35, 1, 12),
            email="elowen@example.org",
            phone="+44 7700 900902",
            safe_contact="email",
            place="Exmouth",
            language="English",
            general_practitioner="Clifftop Surgery",
        ),
        Wording(
            statement="We would like a baby, and I want to feel well and unhurried on the way.",
            measure="wellbeing_nrs",
            baseline=5,
            target=8,
            target_on=cast.day(-82),
        ),
        "fertility_ttc",
        days_ago=100,
        anchor_on=cast.day(98),
    )
    nothing = (
        "cycle known_cause losses pregnant_now medicines_now conditions weight_range ed_past "
        "smoke_drink pelvic_symptoms low_mood age_36"
    )
    story.answer(100, months_trying=14, **dict.fromkeys(nothing.split(), "no"))
    story.own(100, "general_practitioner", "cliff", also=FERTILITY)
    return story


def _ask_the_team(cast: Cast, story: Story) -> None:
    story.refer(
        96,
        "nutritionist",
        "thora",
        reason="Both want to eat well before a pregnancy.",
        question="Would you see them together and write one plan for both?",
        steps=[accepted(95), booked(cast, 95, 84), Step(83, Action.SEEN)],
    )
    story.refer(
        84,
        "fertility_clinic",
        "fertility",
        reason="Trying for fourteen months; the practice has done the first tests.",
        question="Could you see both for an assessment?",
        also=FERTILITY,
        steps=[
            Step(80, Action.ACKNOWLEDGE),
            accepted(66),
            booked(cast, 62, -9, "Orchard Centre, second floor"),
        ],
    )
    story.refer(
        60,
        "fitness_instructor",
        "dorian",
        reason="Would like to move more and enjoy it.",
        question="Would you set up something gentle, twice a week?",
        steps=[accepted(59, Contact.CLIENT), booked(cast, 58, 52), Step(51, Action.SEEN)],
    )


def _ask_for_support(story: Story) -> None:
    """The counsellor asked something; the client keeps this seat from her trainer."""
    cast = story.cast
    story.refer(
        8,
        "counsellor",
        "tobias",
        reason="The months of waiting weigh on her.",
        question="Would you offer her a first talk?",
        steps=[Step(2, Action.ASK, {"text": "Would evenings suit her, or only mornings?"})],
    )
    with cast.then(8, 15):
        seat = story.seat("counsellor")
        hide_seat(actor=cast.lead, seat=seat, practitioner_id=practitioner_id("dorian"))
        add_seat(
            actor=cast.lead,
            goal=story.goal,
            seat_id=sample_id("seat", "baby", "acupuncturist"),
            discipline="acupuncturist",
            purpose="Helps her rest; she has had it before and liked it.",
        )
    story.refer(
        6,
        "acupuncturist",
        "ambrose",
        reason="Wants acupuncture for rest while they try for a baby.",
        question="Do you have room, and what do you need to know from the clinic?",
        also=FERTILITY,
        steps=[accepted(6, Contact.CLIENT)],
    )
