"""The shipped content: whole, safe in its wording, and right in the three stories."""

import pytest

from careteam.domain.pathway import Pathway, evaluate, none_of_these, screening_groups
from careteam.features.pathways.content import load_content

PATHWAYS = load_content().pathways
CATALOGUE = load_content().catalogue
EVERY = pytest.mark.parametrize("pathway", PATHWAYS.values(), ids=list(PATHWAYS))


def test_seventeen_pathways_and_one_catalogue_are_read_once() -> None:
    assert len(PATHWAYS) == 17
    assert load_content() is load_content()
    assert len(CATALOGUE.measures) == 49
    assert len(CATALOGUE.disciplines) == 39
    assert len(CATALOGUE.matrix.classes) == 21
    assert len(CATALOGUE.general_red_flags) == 43
    assert CATALOGUE.disciplines["mld_therapist"].nucc == "225700000X"
    assert CATALOGUE.disciplines["mld_therapist"].nucc_is_broader
    assert CATALOGUE.disciplines["cardiologist"].nucc is None


@EVERY
def test_every_pathway_says_it_is_a_draft(pathway: Pathway) -> None:
    assert pathway.status == "draft_for_clinical_review"
    assert pathway.clinically_reviewed_by is None


@EVERY
def test_questions_of_private_classes_are_sensitive(pathway: Pathway) -> None:
    private = {"body_measures", "mental_health", "reproductive_sexual"}
    asked = [item for item in pathway.screening if item.information_class in private]
    assert [item.id for item in asked if not item.sensitive] == []


@EVERY
def test_first_card_holds_every_emergency_it_can(pathway: Pathway) -> None:
    emergencies = {flag.id for flag in pathway.red_flags if flag.urgency == "emergency"}
    asking = {
        condition.question
        for rule in pathway.rules
        for effect in rule.effects
        for condition in rule.conditions
        if getattr(effect, "red_flag", "") in emergencies
    }
    today = [question.id for question in screening_groups(pathway).today]
    assert set(today[: len(asking)]) == asking
    assert len(screening_groups(pathway).today_cards[0]) <= 5


@EVERY
def test_caution_for_others_never_names_the_cause(pathway: Pathway) -> None:
    everything_yes = {
        question.id: "yes" for question in pathway.screening if "yes" in question.answer
    }
    outcome = evaluate(pathway, everything_yes)
    private = {item.id for item in pathway.screening if item.sensitive}
    for caution in outcome.cautions:
        rules = [pathway.rule_by_id[cause.rule] for cause in caution.causes]
        if any(condition.question in private for rule in rules for condition in rule.conditions):
            words = caution.for_others.lower()
            for secret in ("pregnan", "ohss", "ovar", "cancer", "mania", "eating", "test"):
                assert secret not in words


@EVERY
def test_none_of_these_raises_nothing(pathway: Pathway) -> None:
    outcome = evaluate(pathway, none_of_these(pathway, pathway.screening))
    always = [rule.id for rule in pathway.rules if rule.quantifier == "always"]
    assert [item.rule for item in outcome.results if item.truth == "fires"] == always
    assert not outcome.is_blocked
    assert outcome.red_flags == ()


def test_information_classes_of_some_questions() -> None:
    found = {
        (pathway, name): PATHWAYS[pathway].question_by_id[name].information_class
        for pathway, name in [
            ("weight_loss", "ed_past"),
            ("weight_loss", "low_weight"),
            ("fertility_ttc", "cycle"),
            ("achilles_rupture_nonoperative", "calf_clot"),
            ("achilles_rupture_nonoperative", "antibiotic"),
            ("pregnancy_postnatal", "safe_home"),
            ("marathon_first_race", "weeks_to_race"),
        ]
    }
    assert list(found.values()) == [
        "mental_health",
        "body_measures",
        "reproductive_sexual",
        "presenting_problem",
        "medicines_allergies",
        "social_work",
        "goal_plan",
    ]


def test_unconfirmed_rupture_puts_the_doctor_first() -> None:
    pathway = PATHWAYS["achilles_rupture_nonoperative"]
    outcome = evaluate(pathway, {"confirmed": "no", "sudden_pop": "yes"})
    assert [(item.discipline, item.urgency) for item in outcome.see_first] == [
        ("emergency_care", "same_day")
    ]
    assert outcome.is_blocked
    assert outcome.leads_to_now
    assert not outcome.is_hands_on_ready
    assert "emergency_care" not in [role.discipline for role in outcome.roles]


def test_past_eating_disorder_changes_team_pathway_and_measure() -> None:
    outcome = evaluate(PATHWAYS["weight_loss"], {"ed_past": "yes"})
    assert [item.pathway for item in outcome.switches] == ["weight_loss_ed_history"]
    assert [item.measure for item in outcome.hidden_measures] == ["weight_kg"]
    asked = {role.discipline: role.requirement for role in outcome.asked_roles}
    assert asked["counsellor"] == "required"
    assert asked["psychologist"] == "required"


def test_current_symptoms_take_the_fitness_instructor_away() -> None:
    outcome = evaluate(PATHWAYS["weight_loss"], {"ed_now": "yes"})
    states = {role.discipline: role.state for role in outcome.roles}
    assert states["fitness_instructor"] == "removed"
    assert outcome.roles[0].discipline == "general_practitioner"


def test_possible_pregnancy_holds_the_belly_when_trying_for_a_baby() -> None:
    outcome = evaluate(PATHWAYS["fertility_ttc"], {"pregnant_now": "unsure"})
    assert [hold.scope for hold in outcome.standing_holds] == ["abdomen"]


def test_not_knowing_about_pregnancy_is_not_pregnancy_in_back_pain() -> None:
    pathway = PATHWAYS["chronic_low_back_pain"]
    unsure = evaluate(pathway, {"pregnant": "unsure"})
    assert unsure.switches == ()
    assert len(unsure.holds) == 1
    pregnant = evaluate(pathway, {"pregnant": "yes"})
    assert [item.pathway for item in pregnant.switches] == ["pregnancy_postnatal"]


def test_every_sign_can_be_read_alone() -> None:
    """A sign is shown in a list of its own, without the one that stood above it in the file."""
    flags = [*CATALOGUE.general_red_flags, *CATALOGUE.shared_red_flags]
    flags += [flag for pathway in PATHWAYS.values() for flag in pathway.red_flags]
    leaning = [flag.sign for flag in flags if flag.sign.casefold().startswith("as above")]
    assert leaning == []
