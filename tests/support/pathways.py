"""A small made-up pathway, so that each test writes only the rules it is about."""

from careteam.domain.pathway.effects import Effect
from careteam.domain.pathway.values import (
    Condition,
    Evidence,
    FactorUse,
    Pathway,
    Phase,
    Question,
    RedFlag,
    Review,
    Role,
    Rule,
)
from careteam.domain.pathway.vocabulary import (
    Anchor,
    AnswerKind,
    Basis,
    HoldScope,
    Operator,
    Quantifier,
    Requirement,
    ReviewStatus,
    Urgency,
)

GENERAL = Evidence(Basis.GENERAL)

QUESTIONS = (
    Question(
        "pain", "Is there pain?", AnswerKind.YES_NO_UNSURE, "presenting_problem", False, "Why"
    ),
    Question("fever", "Fever now?", AnswerKind.YES_NO_UNSURE, "presenting_problem", False, "Why"),
    Question("adult", "Are you 18?", AnswerKind.YES_NO, "identity_contact", False, "Why"),
    Question(
        "days", "How many days?", AnswerKind.NUMBER, "presenting_problem", False, "Why", unit="days"
    ),
    Question(
        "site", "Where?", AnswerKind.CHOICE, "presenting_problem", False, "Why", ("heel", "middle")
    ),
)

FLAGS = (
    RedFlag("clot", "One leg swollen", Urgency.SAME_DAY, "Doctor today", HoldScope.LIMB, GENERAL),
    RedFlag("heart", "Chest pain", Urgency.EMERGENCY, "Call", HoldScope.ALL, GENERAL),
    RedFlag("sad", "Very low", Urgency.URGENT, "GP this week", HoldScope.NONE, GENERAL),
)

PHASES = (
    Phase("calm", "Calm", 0, 4, "Settle"),
    Phase("build", "Build", 4, 12, "Load"),
    Phase("live", "Live", 12, 26, "Return"),
)


def role(
    discipline: str,
    requirement: Requirement = Requirement.RECOMMENDED,
    phase: str = "calm",
    covers: tuple[str, ...] = (),
) -> Role:
    return Role(discipline, requirement, f"Purpose of {discipline}", covers, 1, 1, phase)


ROLES = (
    role("physiotherapist", Requirement.REQUIRED, covers=("exercise",)),
    role("massage_therapist", covers=("pain",)),
    role("fitness_instructor", phase="build", covers=("exercise",)),
    role("psychologist", Requirement.CONDITIONAL, phase="build", covers=("mood",)),
)


def says(question: str, *values: str) -> Condition:
    return Condition(question, Operator.IN, values=values)


def at_least(question: str, bound: float) -> Condition:
    return Condition(question, Operator.AT_LEAST, bound=bound)


def at_most(question: str, bound: float) -> Condition:
    return Condition(question, Operator.AT_MOST, bound=bound)


def rule(
    name: str,
    conditions: tuple[Condition, ...] | Condition,
    *effects: Effect,
    quantifier: Quantifier = Quantifier.ANY,
) -> Rule:
    if isinstance(conditions, Condition):
        conditions = (conditions,)
    return Rule(name, quantifier, conditions, effects, "Why", GENERAL)


def pathway(*rules: Rule, roles: tuple[Role, ...] = ROLES, name: str = "sample") -> Pathway:
    return Pathway(
        id=name,
        title="Sample",
        neutral_title="Plan",
        version="1.0.0",
        status=ReviewStatus.DRAFT,
        clinically_reviewed_by=None,
        language="en-GB",
        audience="adult",
        subject_class=None,
        summary="A made-up pathway.",
        disclaimer="For tests.",
        client_goal_examples=("I want to run.", "I want to sleep."),
        anchor=Anchor.PLAN_START,
        anchor_note="Day 0.",
        not_for=(),
        factors=tuple(FactorUse(name, name, "Why") for name in ("exercise", "pain", "mood")),
        roles=roles,
        screening=QUESTIONS,
        rules=rules,
        red_flags=FLAGS,
        contraindications=(),
        claims=(),
        phases=PHASES,
        milestones=(),
        outcome_measures=(),
        review=Review(7, 14, "Every fortnight."),
        provenance=(),
        sources=(),
    )
