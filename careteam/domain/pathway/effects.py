"""What a rule does when it fires: one frozen value for each of the twelve effects.

Every effect has a ``kind`` (its word in the content files) and a ``key`` (kind and subject), by
which an override names it among the effects of its rule.
"""

from dataclasses import dataclass
from typing import ClassVar

from careteam.domain.pathway.vocabulary import HoldScope, Requirement, Urgency


@dataclass(frozen=True, slots=True)
class BlockPlan:
    """The plan cannot start; the way out is in the other effects of the rule."""

    kind: ClassVar[str] = "block_plan"
    reason: str

    @property
    def key(self) -> str:
        return self.kind


@dataclass(frozen=True, slots=True)
class RaiseRedFlag:
    """Sign, urgency and action of a red flag are shown at once."""

    kind: ClassVar[str] = "raise_red_flag"
    red_flag: str

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.red_flag}"


@dataclass(frozen=True, slots=True)
class SeeFirst:
    """This discipline before anybody else, within the time its urgency says."""

    kind: ClassVar[str] = "see_first"
    discipline: str
    urgency: Urgency
    reason: str

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.discipline}"


@dataclass(frozen=True, slots=True)
class RequireClearance:
    """A recorded written clearance by this discipline before that phase."""

    kind: ClassVar[str] = "require_clearance"
    discipline: str
    before_phase: str
    reason: str

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.discipline}:{self.before_phase}"


@dataclass(frozen=True, slots=True)
class HoldManualTherapy:
    """No hands-on work in this scope until the condition in ``until`` is met.

    ``red_flag`` names the flag that brings the hold with it; empty for one written in the rule.
    """

    kind: ClassVar[str] = "hold_manual_therapy"
    scope: HoldScope
    until: str
    red_flag: str = ""

    @property
    def key(self) -> str:
        return ":".join(filter(None, (self.kind, self.scope, self.red_flag)))


@dataclass(frozen=True, slots=True)
class AddRole:
    """Adds a role, or raises its requirement; ``phase`` None keeps the phase of the file."""

    kind: ClassVar[str] = "add_role"
    discipline: str
    requirement: Requirement
    reason: str
    phase: str | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.discipline}"


@dataclass(frozen=True, slots=True)
class RemoveRole:
    """This role is not wanted now."""

    kind: ClassVar[str] = "remove_role"
    discipline: str
    reason: str

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.discipline}"


@dataclass(frozen=True, slots=True)
class SwitchPathway:
    """Another pathway replaces this one."""

    kind: ClassVar[str] = "switch_pathway"
    pathway: str
    reason: str

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.pathway}"


@dataclass(frozen=True, slots=True)
class OfferPathway:
    """Another pathway may run beside this one."""

    kind: ClassVar[str] = "offer_pathway"
    pathway: str
    reason: str

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.pathway}"


@dataclass(frozen=True, slots=True)
class HideMeasure:
    """A measure is neither collected nor shown."""

    kind: ClassVar[str] = "hide_measure"
    measure: str
    reason: str

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.measure}"


@dataclass(frozen=True, slots=True)
class RestrictInformation:
    """An information class is shown to fewer people than the matrix allows."""

    kind: ClassVar[str] = "restrict_information"
    information_class: str
    reason: str

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.information_class}"


@dataclass(frozen=True, slots=True)
class AddCaution:
    """A sentence that stands among the safety alerts.

    ``for_others`` is how it reads for seats that may not know the cause; empty where the text
    itself gives nothing away.
    """

    kind: ClassVar[str] = "add_caution"
    text: str
    for_others: str = ""

    @property
    def key(self) -> str:
        return self.kind


Effect = (
    RaiseRedFlag
    | BlockPlan
    | SeeFirst
    | HoldManualTherapy
    | RequireClearance
    | RemoveRole
    | AddRole
    | SwitchPathway
    | OfferPathway
    | HideMeasure
    | RestrictInformation
    | AddCaution
)

PRECEDENCE: tuple[type[Effect], ...] = (
    RaiseRedFlag,
    BlockPlan,
    SeeFirst,
    HoldManualTherapy,
    RequireClearance,
    RemoveRole,
    AddRole,
    SwitchPathway,
    OfferPathway,
    HideMeasure,
    RestrictInformation,
    AddCaution,
)
"""Order in which fired effects are taken up and shown, first to last."""

SAFETY_EFFECTS: tuple[type[Effect], ...] = (RaiseRedFlag, BlockPlan, HoldManualTherapy)
"""Effects that, while they are still possible, keep the first hands-on session from being ready."""
