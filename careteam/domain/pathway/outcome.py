"""What the rules make of the answers: frozen values for pages, seats and plans.

Everything with a ``causes`` or ``rules`` field is for the lead and the client only: a reason can
itself be the secret. Others get ``SafetyEffects`` (see ``safety``).
"""

from dataclasses import dataclass
from enum import StrEnum

from careteam.domain.pathway.conditions import Truth
from careteam.domain.pathway.overrides import FlagAnswer, Override
from careteam.domain.pathway.values import RedFlag
from careteam.domain.pathway.vocabulary import HoldScope, Requirement, Urgency


@dataclass(frozen=True, slots=True)
class Cause:
    """Which rule asked for something, by which effect, and its reason in words."""

    rule: str
    effect: str
    reason: str


@dataclass(frozen=True, slots=True)
class RaisedFlag:
    """A red flag on the screen; ``answer`` says how it was answered, where it was."""

    flag: RedFlag
    causes: tuple[Cause, ...]
    answer: FlagAnswer | None = None

    @property
    def is_active(self) -> bool:
        return self.answer is None

    @property
    def leads_to_now(self) -> bool:
        """Whether this is a telephone matter that the page must lead to at once."""
        return self.is_active and self.flag.urgency.is_telephone_matter


@dataclass(frozen=True, slots=True)
class SeeFirstOrder:
    """Who is seen before anybody else, and how soon."""

    discipline: str
    urgency: Urgency
    causes: tuple[Cause, ...]

    @property
    def leads_to_now(self) -> bool:
        """Same-day and emergency lead to the telephone, never to a list of candidates."""
        return self.urgency.is_telephone_matter


@dataclass(frozen=True, slots=True)
class Hold:
    """Hands-on work held in one scope until every one of ``untils`` is met.

    ``left_open`` names questions left to a role: the hold they could raise stays until answered.
    ``beaten_by`` is the wider scope that contains this one, or None for a hold that stands.
    """

    scope: HoldScope
    untils: tuple[str, ...]
    causes: tuple[Cause, ...]
    left_open: tuple[str, ...] = ()
    beaten_by: HoldScope | None = None


@dataclass(frozen=True, slots=True)
class Clearance:
    """A written clearance that is awaited before a phase."""

    discipline: str
    before_phase: str
    causes: tuple[Cause, ...]


class RoleState(StrEnum):
    """Whether the team has a seat for a role."""

    ASKED = "asked"
    POSSIBLE = "possible"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class TeamRole:
    """A role after the rules: asked for, possible on the practitioner's judgement, or removed.

    ``see_first`` is the urgency with which this discipline comes before everybody else.
    ``added_by`` and ``removed_by`` hold the reasons of rules; both at once means the removal won.
    """

    discipline: str
    state: RoleState
    requirement: Requirement
    purpose: str
    covers: tuple[str, ...]
    min_count: int
    max_count: int
    bring_in_phase: str
    condition: str
    alternatives: tuple[str, ...]
    not_before: str
    see_first: Urgency | None
    added_by: tuple[Cause, ...]
    removed_by: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class PathwayChange:
    """Another pathway that replaces this one, or may run beside it."""

    pathway: str
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class HiddenMeasure:
    """A measure that is neither collected nor shown."""

    measure: str
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Restriction:
    """An information class that is narrower than the matrix."""

    information_class: str
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Caution:
    """A safety sentence; ``for_others`` is its wording for seats that may not know the cause."""

    text: str
    for_others: str
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question without a usable answer while a rule still waits for it.

    ``could_raise`` holds the kinds of effects it could still bring; ``left_to`` the discipline
    that the client leaves it to.
    """

    question: str
    could_raise: tuple[str, ...]
    keeps_hands_on_waiting: bool
    left_to: str | None = None


class RefusalKind(StrEnum):
    """Why the first hands-on session is not ready."""

    RED_FLAG = "red_flag"
    BLOCK = "block"
    SEE_FIRST = "see_first"
    HOLD = "hold"
    OPEN_QUESTION = "open_question"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing in the way of the first hands-on session; ``subject`` is its id."""

    kind: RefusalKind
    subject: str


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What is known of one rule."""

    rule: str
    truth: Truth


@dataclass(frozen=True, slots=True)
class OverrideResult:
    """An override and whether it took effect; ``refused`` says in words why it did not."""

    override: Override
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything the rules of one pathway say about one goal, in order of precedence."""

    pathway: str
    results: tuple[RuleResult, ...]
    red_flags: tuple[RaisedFlag, ...]
    blocks: tuple[Cause, ...]
    see_first: tuple[SeeFirstOrder, ...]
    holds: tuple[Hold, ...]
    clearances: tuple[Clearance, ...]
    roles: tuple[TeamRole, ...]
    switches: tuple[PathwayChange, ...]
    offers: tuple[PathwayChange, ...]
    hidden_measures: tuple[HiddenMeasure, ...]
    restrictions: tuple[Restriction, ...]
    cautions: tuple[Caution, ...]
    open_questions: tuple[OpenQuestion, ...]
    overrides: tuple[OverrideResult, ...]

    @property
    def is_blocked(self) -> bool:
        """Whether the plan cannot start."""
        return bool(self.blocks)

    @property
    def standing_holds(self) -> tuple[Hold, ...]:
        return tuple(hold for hold in self.holds if hold.beaten_by is None)

    @property
    def asked_roles(self) -> tuple[TeamRole, ...]:
        """Roles that get a seat, in the order in which they come."""
        return tuple(role for role in self.roles if role.state is RoleState.ASKED)

    @property
    def leads_to_now(self) -> bool:
        """Whether something here is a matter for the telephone today."""
        flags = any(flag.leads_to_now for flag in self.red_flags)
        return flags or any(order.leads_to_now for order in self.see_first)

    @property
    def hands_on_refusals(self) -> tuple[Refusal, ...]:
        """What keeps the first hands-on session from being marked ready, strictest first.

        An active red flag that holds no hands-on work is no refusal; a hold of one place
        (local, limb, abdomen) leaves the rest of the body free and is none either.
        """
        flags = [
            Refusal(RefusalKind.RED_FLAG, raised.flag.id)
            for raised in self.red_flags
            if raised.is_active and raised.flag.hold_manual_therapy is HoldScope.ALL
        ]
        return (
            *flags,
            *(Refusal(RefusalKind.BLOCK, cause.rule) for cause in self.blocks),
            *(Refusal(RefusalKind.SEE_FIRST, order.discipline) for order in self.see_first),
            *(
                Refusal(RefusalKind.HOLD, hold.scope)
                for hold in self.holds
                if hold.scope is HoldScope.ALL
            ),
            *(
                Refusal(RefusalKind.OPEN_QUESTION, item.question)
                for item in self.open_questions
                if item.keeps_hands_on_waiting
            ),
        )

    @property
    def is_hands_on_ready(self) -> bool:
        return not self.hands_on_refusals
