"""What a consent allows, and the card on which it is given."""

from datetime import date
from uuid import UUID

import pytest

from careteam.domain.consent import (
    Choice,
    Consent,
    allows,
    classes_of_choice,
    consent_card,
    default_level,
    full_classes,
    is_clinical,
    level,
    longest_until,
    spoken_sentence,
)
from careteam.domain.pathway.catalogue import InformationClass, InformationMatrix, ViewerGroup
from careteam.domain.pathway.vocabulary import AccessLevel, Sensitivity

NEEDLES, DOCTOR = UUID(int=1), UUID(int=2)
RUN, BABY = UUID(int=11), UUID(int=12)
MAY = date(2026, 5, 10)

CLASSES = (
    InformationClass("identity_contact", "Identity", "your name", Sensitivity.PERSONAL),
    InformationClass("goal_plan", "Goal and plan", "your goal and plan", Sensitivity.HEALTH_LIGHT),
    InformationClass("safety_alerts", "Alerts", "what to avoid", Sensitivity.HEALTH_MINIMISED),
    InformationClass("presenting_problem", "Problem", "your problem", Sensitivity.HEALTH),
    InformationClass("results_imaging", "Results", "your results", Sensitivity.HEALTH),
    InformationClass("mental_health", "Mood", "your mood", Sensitivity.HEALTH_HIGHLY_SENSITIVE),
    InformationClass(
        "reproductive_sexual", "Cycle", "your cycle", Sensitivity.HEALTH_HIGHLY_SENSITIVE
    ),
    InformationClass("own_session_notes", "Own notes", "their notes", Sensitivity.HEALTH),
    InformationClass(
        "therapy_process_notes", "Process", "counselling notes", Sensitivity.HEALTH_HIGHLY_SENSITIVE
    ),
)


def group(name: str, clinical: bool, levels: str) -> ViewerGroup:
    """``levels`` holds one letter a class: full, summary, own, ask, none."""
    words = {word.value[0]: word for word in AccessLevel}
    access = {item.id: words[letter] for item, letter in zip(CLASSES, levels.split(), strict=True)}
    return ViewerGroup(name, name, clinical, (name,), access, "Note.")


MATRIX = InformationMatrix(
    level_meanings=dict.fromkeys(AccessLevel, "Meaning."),
    classes=CLASSES,
    groups=(
        group("acupuncturist", False, "f s f s n n n o n"),
        group("counsellor", True, "f f f f n f a o o"),
        group("general_practitioner", True, "f f f f f f f o n"),
        group("receptionist", False, "f n n n n n n n n"),
    ),
)

GIVEN = Consent(
    practitioner=NEEDLES,
    goals=frozenset({BABY}),
    classes=frozenset({"identity_contact", "safety_alerts", "reproductive_sexual"}),
    given_on=date(2026, 5, 1),
    until_on=date(2026, 12, 31),
)


def allowed(consent: Consent, **changes: object) -> bool:
    asked: dict[str, object] = {
        "practitioner": NEEDLES,
        "goal": BABY,
        "information_class": "reproductive_sexual",
        "day": MAY,
    }
    return allows(consent, **{**asked, **changes})  # type: ignore[arg-type]


def level_of(information_class: str, *consents: Consent, **changes: object) -> str:
    asked: dict[str, object] = {
        "practitioner": NEEDLES,
        "disciplines": ["acupuncturist"],
        "goal": BABY,
        "day": MAY,
    }
    found = level(MATRIX, consents, information_class=information_class, **{**asked, **changes})  # type: ignore[arg-type]
    return found.value


def test_consent_allows_exactly_what_it_names() -> None:
    assert allowed(GIVEN)
    assert not allowed(GIVEN, practitioner=DOCTOR)
    assert not allowed(GIVEN, goal=RUN)
    assert not allowed(GIVEN, information_class="mental_health")
    assert allowed(GIVEN, goal=None)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 4, 30), False),
        (date(2026, 5, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_consent_lasts_from_its_first_to_its_last_day(day: date, expected: bool) -> None:
    assert allowed(GIVEN, day=day) is expected


def test_withdrawal_works_on_the_same_day() -> None:
    withdrawn = Consent(
        NEEDLES, frozenset({BABY}), GIVEN.classes, date(2026, 5, 1), withdrawn_on=MAY
    )
    assert not allowed(withdrawn)
    assert allowed(withdrawn, day=date(2026, 5, 9))
    assert level_of("identity_contact", withdrawn) == "none"


def test_matrix_gives_the_widest_level_of_the_disciplines_of_a_seat() -> None:
    assert default_level(MATRIX, ["acupuncturist"], "presenting_problem") == "summary"
    both = ["acupuncturist", "counsellor"]
    assert default_level(MATRIX, both, "presenting_problem") == "full"
    assert default_level(MATRIX, both, "results_imaging") == "none"
    assert default_level(MATRIX, ["juggler"], "identity_contact") == "none"
    assert default_level(MATRIX, [], "identity_contact") == "none"


def test_without_consent_nothing_is_seen_whatever_the_matrix_says() -> None:
    assert level_of("identity_contact") == "none"
    assert level_of("identity_contact", GIVEN, practitioner=DOCTOR) == "none"
    assert level_of("identity_contact", GIVEN, goal=RUN) == "none"


def test_client_widens_a_level_by_naming_the_class() -> None:
    assert level_of("reproductive_sexual", GIVEN) == "full"


def test_class_left_out_is_asked_for_and_never_full() -> None:
    doctor = {"practitioner": DOCTOR, "disciplines": ["general_practitioner"]}
    narrow = Consent(DOCTOR, frozenset({BABY}), frozenset({"identity_contact"}), date(2026, 5, 1))
    assert level_of("presenting_problem", narrow, **doctor) == "ask"
    assert level_of("mental_health", narrow, **doctor) == "ask"
    assert level_of("own_session_notes", narrow, **doctor) == "own"
    assert level_of("presenting_problem", GIVEN) == "summary"
    assert level_of("results_imaging", GIVEN) == "none"


def test_restriction_beats_matrix_and_tick_for_non_clinical_roles() -> None:
    restricted = ["reproductive_sexual"]
    assert level_of("reproductive_sexual", GIVEN, restricted=restricted) == "none"
    assert level_of("identity_contact", GIVEN, restricted=restricted) == "full"


def test_restriction_leaves_clinical_roles_as_they_are() -> None:
    for_doctor = Consent(DOCTOR, frozenset({BABY}), frozenset({"mental_health"}), date(2026, 5, 1))
    assert (
        level_of(
            "mental_health",
            for_doctor,
            practitioner=DOCTOR,
            disciplines=["general_practitioner"],
            restricted=["mental_health"],
        )
        == "full"
    )
    assert is_clinical(MATRIX, ["acupuncturist", "counsellor"])
    assert not is_clinical(MATRIX, ["acupuncturist", "juggler"])


def test_full_classes_join_the_consents_in_force() -> None:
    other = Consent(NEEDLES, frozenset({BABY}), frozenset({"mental_health"}), date(2026, 5, 2))
    ended = Consent(
        NEEDLES,
        frozenset({BABY}),
        frozenset({"results_imaging"}),
        date(2026, 1, 1),
        date(2026, 2, 1),
    )
    asked = {
        "practitioner": NEEDLES,
        "disciplines": ["acupuncturist"],
        "goal": BABY,
        "day": MAY,
    }
    assert full_classes(MATRIX, [GIVEN, other, ended], **asked) == {  # type: ignore[arg-type]
        "identity_contact",
        "safety_alerts",
        "reproductive_sexual",
        "mental_health",
    }
    assert full_classes(MATRIX, [GIVEN, other], restricted=["mental_health"], **asked) == {  # type: ignore[arg-type]
        "identity_contact",
        "safety_alerts",
        "reproductive_sexual",
    }


def test_names_and_times_shows_identity_and_alerts() -> None:
    found = classes_of_choice(MATRIX, Choice.NAMES_AND_TIMES, ["general_practitioner"])
    assert found == {"identity_contact", "safety_alerts"}


def test_what_the_part_needs_never_ticks_a_sensitive_class() -> None:
    found = classes_of_choice(MATRIX, Choice.NEEDED, ["general_practitioner"])
    assert found == {
        "identity_contact",
        "goal_plan",
        "safety_alerts",
        "presenting_problem",
        "results_imaging",
    }


def test_what_the_part_needs_includes_the_plan_where_a_summary_is_given() -> None:
    assert classes_of_choice(MATRIX, Choice.NEEDED, ["acupuncturist"]) == {
        "identity_contact",
        "goal_plan",
        "safety_alerts",
    }
    assert "goal_plan" not in classes_of_choice(MATRIX, Choice.NEEDED, ["receptionist"])


def test_item_by_item_is_what_was_ticked() -> None:
    found = classes_of_choice(
        MATRIX, Choice.ITEMS, ["acupuncturist"], items=["results_imaging", "mental_health"]
    )
    assert found == {"identity_contact", "safety_alerts", "results_imaging", "mental_health"}


def test_own_tick_counts_beside_every_choice_and_a_plain_item_does_not() -> None:
    found = classes_of_choice(
        MATRIX,
        Choice.NEEDED,
        ["acupuncturist"],
        items=["reproductive_sexual", "results_imaging"],
    )
    assert found == {"identity_contact", "goal_plan", "safety_alerts", "reproductive_sexual"}


def test_restricted_class_cannot_be_chosen_for_a_non_clinical_role() -> None:
    asked = {"items": ["mental_health"], "restricted": ["mental_health"]}
    needles = classes_of_choice(MATRIX, Choice.ITEMS, ["acupuncturist"], **asked)
    doctor = classes_of_choice(MATRIX, Choice.ITEMS, ["general_practitioner"], **asked)
    assert "mental_health" not in needles
    assert "mental_health" in doctor


@pytest.mark.parametrize("item", ["therapy_process_notes", "own_session_notes", "shoe_size"])
def test_what_is_never_offered_is_refused(item: str) -> None:
    with pytest.raises(ValueError, match=f"{item} cannot be shared"):
        classes_of_choice(MATRIX, Choice.ITEMS, ["counsellor"], items=[item])


def test_card_shows_what_is_recorded_with_the_subject_first_and_unticked() -> None:
    card = consent_card(
        MATRIX,
        ["acupuncturist"],
        recorded=["identity_contact", "goal_plan", "reproductive_sexual", "therapy_process_notes"],
        subject_class="reproductive_sexual",
    )
    assert [
        (tick.information_class.id, tick.ticked, tick.own_tick, tick.is_subject) for tick in card
    ] == [
        ("reproductive_sexual", False, True, True),
        ("identity_contact", True, False, False),
        ("goal_plan", True, False, False),
    ]


def test_card_puts_the_one_sensitive_class_a_role_works_with_first() -> None:
    recorded = ["identity_contact", "mental_health", "reproductive_sexual"]
    counsellor = consent_card(MATRIX, ["counsellor"], recorded=recorded)
    assert [tick.information_class.id for tick in counsellor] == [
        "mental_health",
        "identity_contact",
        "reproductive_sexual",
    ]
    doctor = consent_card(MATRIX, ["general_practitioner"], recorded=recorded)
    assert [tick.is_subject for tick in doctor] == [False, False, False]


def test_card_does_not_offer_a_restricted_class() -> None:
    card = consent_card(
        MATRIX, ["acupuncturist"], recorded=["mental_health"], restricted=["mental_health"]
    )
    assert card == ()


def test_sentence_says_what_is_and_is_not_known() -> None:
    sentence = spoken_sentence(
        MATRIX,
        "Anna Field",
        ["identity_contact", "safety_alerts"],
        recorded=["identity_contact", "mental_health", "goal_plan", "therapy_process_notes"],
    )
    assert sentence == (
        "Anna Field would know: your name; what to avoid;"
        " the times of your appointments with them."
        " Anna Field would not know: your goal and plan; your mood."
    )


def test_sentence_leaves_out_what_nobody_recorded() -> None:
    sentence = spoken_sentence(MATRIX, "Anna Field", ["identity_contact"], recorded=[])
    assert sentence == (
        "Anna Field would know: your name; the times of your appointments with them."
    )


def test_consent_lasts_twelve_months_at_most() -> None:
    assert longest_until(date(2026, 5, 10)) == date(2027, 5, 10)
    assert longest_until(date(2028, 2, 29)) == date(2029, 2, 28)
