"""Safety of a client over several goals."""

from careteam.domain.pathway import client_safety, evaluate
from careteam.domain.pathway.effects import (
    AddCaution,
    BlockPlan,
    HideMeasure,
    HoldManualTherapy,
    RaiseRedFlag,
    RequireClearance,
    RestrictInformation,
    SeeFirst,
)
from careteam.domain.pathway.outcome import Outcome
from careteam.domain.pathway.safety import AwaitedClearance, SafetyEffects
from careteam.domain.pathway.vocabulary import HoldScope, Urgency
from tests.support.pathways import pathway, rule, says

PAIN = says("pain", "yes")
SHARED = AddCaution("Light touch.")


def outcome(name: str, *effects: object) -> Outcome:
    own = pathway(rule("r", PAIN, *effects), name=name)  # type: ignore[arg-type]
    return evaluate(own, {"pain": "yes"})


ANKLE = outcome(
    "ankle",
    HoldManualTherapy(HoldScope.LIMB, "Clot excluded"),
    SHARED,
    HideMeasure("weight_kg", "No."),
    SeeFirst("general_practitioner", Urgency.SOON, "Check."),
)
BABY = outcome(
    "baby",
    HoldManualTherapy(HoldScope.ABDOMEN, "Pregnancy test negative"),
    AddCaution("Offer a pregnancy test.", "No deep work on the belly."),
    SHARED,
    HideMeasure("weight_kg", "Another reason."),
    RequireClearance("midwife", "build", "Pregnant."),
    RestrictInformation("reproductive_sexual", "Private."),
    BlockPlan("Test first."),
)


def test_effects_of_all_goals_add_up_without_causes() -> None:
    assert client_safety([ANKLE, BABY]).effects_only() == SafetyEffects(
        held=(HoldScope.ABDOMEN, HoldScope.LIMB),
        cautions=("Light touch.", "No deep work on the belly."),
        clearances=(AwaitedClearance("baby", "build"),),
        hidden_measures=("weight_kg",),
        restricted_classes=frozenset({"reproductive_sexual"}),
        is_blocked=True,
    )


def test_view_for_others_holds_no_reason_word() -> None:
    words = repr(client_safety([ANKLE, BABY]).effects_only())
    for secret in ("regnan", "Clot", "midwife", "reason", "Test first"):
        assert secret not in words


def test_hold_of_all_in_one_goal_beats_places_of_another() -> None:
    fever = outcome("fever", HoldManualTherapy(HoldScope.ALL, "Recovered"))
    safety = client_safety([ANKLE, fever, BABY])
    assert safety.held == (HoldScope.ALL,)
    assert [(hold.pathway, hold.item.scope) for hold in safety.holds] == [
        ("fever", "all"),
        ("baby", "abdomen"),
        ("ankle", "limb"),
    ]


def test_most_urgent_comes_first_over_all_goals() -> None:
    clot = outcome("clot", RaiseRedFlag("clot"))
    heart = outcome("heart", RaiseRedFlag("heart"))
    safety = client_safety([ANKLE, clot, heart])
    assert [flag.pathway for flag in safety.red_flags] == ["heart", "clot"]
    assert safety.leads_to_now
    assert not client_safety([ANKLE, BABY]).leads_to_now


def test_lead_sees_the_goal_and_reason_of_every_effect() -> None:
    safety = client_safety([ANKLE, BABY])
    assert [(item.pathway, item.item.causes[0].reason) for item in safety.hidden_measures] == [
        ("ankle", "No."),
        ("baby", "Another reason."),
    ]
    assert safety.blocked_pathways == ("baby",)


def test_client_without_goals_has_no_safety_effects() -> None:
    assert client_safety([]).effects_only() == SafetyEffects((), (), (), (), frozenset(), False)
