"""A pathway as frozen values: what a content file says, and nothing computed.

Weeks and days are counted from the anchor (day 0) and may be negative. Ids of disciplines,
factors, measures and information classes are those of the catalogue.
"""

from dataclasses import dataclass
from functools import cached_property

from careteam.domain.pathway.effects import Effect
from careteam.domain.pathway.vocabulary import (
    Anchor,
    AnswerKind,
    Basis,
    Comparator,
    Consulted,
    ContraindicationKind,
    HoldScope,
    MeasureUse,
    Operator,
    Quantifier,
    Requirement,
    ReviewStatus,
    Urgency,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of a bibliography and how far it was read."""

    id: str
    title: str
    publisher: str
    year: int | None
    url: str
    consulted: Consulted
    note: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a statement rests on: its basis and the ids of its sources."""

    basis: Basis
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactorUse:
    """A factor of this goal, in this pathway's words, and why it matters here."""

    id: str
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Role:
    """One place on the team, filled by a discipline.

    ``min_count`` 0 marks pure client choice. ``condition`` says in words when a conditional role
    joins, ``not_before`` which clearance it waits for.
    """

    discipline: str
    requirement: Requirement
    purpose: str
    covers: tuple[str, ...]
    min_count: int
    max_count: int
    bring_in_phase: str
    condition: str = ""
    alternatives: tuple[str, ...] = ()
    not_before: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A screening question, put to the client as worded."""

    id: str
    ask: str
    answer: AnswerKind
    information_class: str
    sensitive: bool
    why: str
    options: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison of a rule: ``values`` for ``in``, ``bound`` for at least and at most."""

    question: str
    operator: Operator
    values: tuple[str, ...] = ()
    bound: float | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """Conditions and the effects that follow when they hold."""

    id: str
    quantifier: Quantifier
    conditions: tuple[Condition, ...]
    effects: tuple[Effect, ...]
    why: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A sign, how urgent it is, what to do, and which hands-on work it holds."""

    id: str
    sign: str
    urgency: Urgency
    action: str
    hold_manual_therapy: HoldScope
    evidence: Evidence
    system: str = ""


@dataclass(frozen=True, slots=True)
class Contraindication:
    """What forbids or changes hands-on care, and until when."""

    id: str
    text: str
    kind: ContraindicationKind
    until: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Claim:
    """A popular claim and what guidance says about it."""

    id: str
    claim: str
    verdict: Verdict
    guidance_says: str
    show_to_practitioner: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the plan, in weeks from the anchor: start included, end excluded."""

    id: str
    name: str
    start_week: int
    end_week: int
    aim: str

    @property
    def start_day(self) -> int:
        return self.start_week * 7

    @property
    def end_day(self) -> int:
        return self.end_week * 7


@dataclass(frozen=True, slots=True)
class MeasureTarget:
    """The measured value at which a milestone counts as reached."""

    measure: str
    comparator: Comparator
    value: float


@dataclass(frozen=True, slots=True)
class MilestoneTemplate:
    """A milestone as the pathway proposes it.

    ``owner`` is a discipline of the pathway or ``"client"``. ``if_owner_absent`` is None where the
    owner is always there, ``"skip"``, or the discipline that takes the milestone over.
    """

    id: str
    name: str
    phase: str
    target_day: int
    owner: str
    depends_on: tuple[str, ...]
    criterion: str
    measure: MeasureTarget | None = None
    if_owner_absent: str | None = None


@dataclass(frozen=True, slots=True)
class OutcomeMeasure:
    """Which catalogue measure this pathway collects, and on which days."""

    measure: str
    use: MeasureUse
    collect_days: tuple[int, ...]
    administered_by: tuple[str, ...] = ()
    pathway_note: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """When the team looks at the plan together."""

    first_day: int
    every_days: int
    note: str


@dataclass(frozen=True, eq=False)
class Pathway:
    """An editable goal template, whole. Tuples keep the order of the file.

    ``subject_class`` is the sensitive information class the goal itself belongs to, if any. Each
    version is read once and compared by identity, so that caches may be keyed by it.
    """

    id: str
    title: str
    neutral_title: str
    version: str
    status: ReviewStatus
    clinically_reviewed_by: str | None
    language: str
    audience: str
    subject_class: str | None
    summary: str
    disclaimer: str
    client_goal_examples: tuple[str, ...]
    anchor: Anchor
    anchor_note: str
    not_for: tuple[str, ...]
    factors: tuple[FactorUse, ...]
    roles: tuple[Role, ...]
    screening: tuple[Question, ...]
    rules: tuple[Rule, ...]
    red_flags: tuple[RedFlag, ...]
    contraindications: tuple[Contraindication, ...]
    claims: tuple[Claim, ...]
    phases: tuple[Phase, ...]
    milestones: tuple[MilestoneTemplate, ...]
    outcome_measures: tuple[OutcomeMeasure, ...]
    review: Review
    provenance: tuple[tuple[str, str], ...]
    sources: tuple[Source, ...]

    @cached_property
    def question_by_id(self) -> dict[str, Question]:
        return {question.id: question for question in self.screening}

    @cached_property
    def rule_by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def red_flag_by_id(self) -> dict[str, RedFlag]:
        return {flag.id: flag for flag in self.red_flags}

    @cached_property
    def role_by_discipline(self) -> dict[str, Role]:
        return {role.discipline: role for role in self.roles}

    @cached_property
    def milestone_by_id(self) -> dict[str, MilestoneTemplate]:
        return {milestone.id: milestone for milestone in self.milestones}

    @cached_property
    def phase_index(self) -> dict[str, int]:
        """Position of each phase, 0 for the first."""
        return {phase.id: index for index, phase in enumerate(self.phases)}

    @cached_property
    def source_by_id(self) -> dict[str, Source]:
        return {source.id: source for source in self.sources}
