"""A man who wants to lose weight and has an eating disorder in his past.

His answer changes the pathway: the team gains a counsellor and a psychologist, weight is hidden,
and the goal is worded anew.
"""

from __future__ import annotations

from datetime import date

from careteam.domain.referral import Action
from careteam.features.clients.details import Details
from careteam.features.clients.goals import Wording, reword_goal
from careteam.features.demo.stories.story import Cast, Step, Story, accepted, booked
from careteam.features.teams.proposing import switch_pathway

NEW_PATHWAY = "weight_loss_ed_history"
MIND = ("mental_health",)
"""What he lets his clinicians know besides what their part needs."""


def tell(cast: Cast) -> None:
    story = _begin(cast)
    _change_course(cast, story)
    _ask_the_team(cast, story)
    story.plan(40)
    story.reach("safe", 38)
    story.reach("lead", 29)
    story.reach("rules", 24)
    story.reach("cope", 10, "in_progress")
    story.measure("wellbeing_nrs", {44: 4, 30: 4, 16: 5, 3: 6})
    story.measure("sleep_nrs", {44: 4, 16: 5, 3: 6})


def _begin(cast: Cast) -> Story:
    story = Story.begin(
        cast,
        "weight",
        Details(
            name="Gareth Stonecrop",
            date_of_birth=date(1977, 2, 8),
            email="gareth@example.org",
            phone="+44 7700 900903",
            safe_contact="phone",
            place="Exeter",
            language="English",
            general_practitioner="Four Elms Surgery",
        ),
        Wording(
            statement="I want to lose fourteen kilos before my daughter's wedding.",
            measure="weight_kg",
            baseline=104,
            target=90,
            target_on=cast.day(-120),
        ),
        "weight_loss",
        days_ago=46,
        anchor_on=cast.day(46),
    )
    nothing = (
        "ed_now unplanned_loss low_weight pregnant heart diabetes_meds weight_medicine "
        "other_disease move_pain snore low_mood age_18"
    )
    story.answer(46, ed_past="yes", **dict.fromkeys(nothing.split(), "no"))
    return story


def _change_course(cast: Cast, story: Story) -> None:
    """Lead and client agree on other words once the old ones are set aside."""
    with cast.then(46, 12):
        switch_pathway(actor=cast.lead, goal=story.goal, pathway=NEW_PATHWAY)
    nothing = (
        "current_symptoms faint_heart rapid_loss insulin periods_bone self_harm pregnant "
        "treating_team exercise_urge"
    )
    story.answer(45, share_ed="clinicians_only", **dict.fromkeys(nothing.split(), "no"))
    with cast.then(45, 12):
        reword_goal(
            actor=cast.lead,
            goal=story.goal,
            wording=Wording(
                statement="I want to feel at home in my body and have energy for my family.",
                measure="wellbeing_nrs",
                baseline=4,
                target=7,
                target_on=cast.day(-120),
            ),
            reason="The answers to the safety questions changed the plan.",
        )
    story.own(45, "general_practitioner", "elms", also=MIND)


def _ask_the_team(cast: Cast, story: Story) -> None:
    story.refer(
        43,
        "psychologist",
        "isolde",
        reason="Wants to change how he lives; there is a history he will tell you himself.",
        question="Would you lead clinically and say what comes first?",
        also=MIND,
        steps=[accepted(41), booked(cast, 41, 33), Step(32, Action.SEEN)],
    )
    story.refer(
        43,
        "counsellor",
        "marisol",
        reason="Much on his mind before a family event.",
        question="Could you see him every two weeks until then?",
        also=MIND,
        steps=[accepted(42), booked(cast, 42, 30), Step(29, Action.SEEN)],
    )
    story.refer(
        40,
        "dietitian",
        "imogen",
        reason="Regular meals first; numbers are not talked about.",
        question="Would you work with him on regular eating, together with the psychologist?",
        also=MIND,
        steps=[
            accepted(39),
            booked(cast, 38, 11),
            Step(10, Action.NOT_ATTENDED),
        ],
    )
