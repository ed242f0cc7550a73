"""The closed word lists of the pathway format, each ordered from mild to strict.

Every list is a ``StrEnum``: a member equals the word written in the content files, so that a
template, a form field or a stored row can use the plain word.
"""

from enum import StrEnum


class Requirement(StrEnum):
    """How much a role is needed on a team."""

    CONDITIONAL = "conditional"
    RECOMMENDED = "recommended"
    REQUIRED = "required"

    @property
    def rank(self) -> int:
        """Strictness: 0 conditional, 1 recommended, 2 required."""
        return list(Requirement).index(self)


class HoldScope(StrEnum):
    """Where hands-on work is held. ``all`` contains every other scope.

    ``local``, ``limb`` and ``abdomen`` name different places of the body, so none of them
    contains another: a held foot does not hold the belly.
    """

    NONE = "none"
    LOCAL = "local"
    LIMB = "limb"
    ABDOMEN = "abdomen"
    ALL = "all"

    @property
    def rank(self) -> int:
        """Order of display: 0 nothing held, 4 everything held."""
        return list(HoldScope).index(self)

    def covers(self, other: "HoldScope") -> bool:
        """Whether a hold of this scope leaves nothing to be held by ``other``."""
        return self is other or self is HoldScope.ALL or other is HoldScope.NONE


class AnswerKind(StrEnum):
    """What kind of answer a screening question takes."""

    YES_NO = "yes_no"
    YES_NO_UNSURE = "yes_no_unsure"
    CHOICE = "choice"
    NUMBER = "number"


class Operator(StrEnum):
    """How a condition compares an answer with its value."""

    IN = "in"
    AT_LEAST = "gte"
    AT_MOST = "lte"


class Quantifier(StrEnum):
    """How the conditions of a rule are joined."""

    ANY = "any"
    ALL = "all"
    ALWAYS = "always"


class Urgency(StrEnum):
    """How soon somebody has to act, from a copy letter to the emergency services."""

    INFORMATION = "information"
    ROUTINE = "routine"
    SOON = "soon"
    URGENT = "urgent"
    SAME_DAY = "same_day"
    EMERGENCY = "emergency"

    @property
    def rank(self) -> int:
        """Strictness: 0 for information, 5 emergency."""
        return list(Urgency).index(self)

    @property
    def is_telephone_matter(self) -> bool:
        """Whether a message is not enough: today or now, by telephone."""
        return self in (Urgency.SAME_DAY, Urgency.EMERGENCY)


class ContraindicationKind(StrEnum):
    """What a contraindication asks of the hands-on practitioner."""

    ABSOLUTE = "absolute"
    LOCAL = "local"
    CAUTION = "caution"


class Verdict(StrEnum):
    """What guidance makes of a popular claim."""

    CONTRAINDICATED = "contraindicated"
    NOT_RECOMMENDED = "not_recommended"
    NOT_SUPPORTED = "not_supported"
    CONTRADICTED = "contradicted"
    INSUFFICIENT_EVIDENCE = "insufficient_evidence"
    DISPUTED = "disputed"
    SUPPORTED_WITH_CONDITIONS = "supported_with_conditions"


class Basis(StrEnum):
    """What a statement rests on."""

    SOURCED = "sourced"
    CITED = "cited"
    GENERAL = "general"


class Consulted(StrEnum):
    """How far a source was read."""

    EXCERPT = "excerpt"
    SECONDARY = "secondary"
    NOT_READ = "not_read"


class Anchor(StrEnum):
    """What day 0 of a plan is."""

    PLAN_START = "plan_start"
    INJURY_DATE = "injury_date"
    SURGERY_OR_REHAB_START = "surgery_or_rehab_start"
    STIMULATION_START = "stimulation_start"
    BIRTH_DATE = "birth_date"
    RACE_DATE = "race_date"


class ReviewStatus(StrEnum):
    """Whether a named clinician has signed the content."""

    DRAFT = "draft_for_clinical_review"
    REVIEWED = "clinically_reviewed"


class Direction(StrEnum):
    """Which way an outcome measure improves."""

    HIGHER = "higher"
    LOWER = "lower"


class MeasureUse(StrEnum):
    """Whether a measure is the one that tells success, or one beside it."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


class Comparator(StrEnum):
    """How a milestone compares a measurement with its value."""

    AT_LEAST = ">="
    AT_MOST = "<="


class LicenceStatus(StrEnum):
    """What the licence of an instrument permits."""

    FREE = "free"
    FREE_WITH_CONDITIONS = "free_with_conditions"
    LICENCE_REQUIRED = "licence_required"
    UNCLEAR = "unclear"


class Ship(StrEnum):
    """What of an instrument these files carry."""

    CONTENT = "content"
    NAME_ONLY = "name_only"


class AccessLevel(StrEnum):
    """How much of an information class a viewer sees."""

    NONE = "none"
    ASK = "ask"
    OWN = "own"
    SUMMARY = "summary"
    FULL = "full"


class Sensitivity(StrEnum):
    """How careful one must be with an information class."""

    PERSONAL = "personal"
    HEALTH_LIGHT = "health_light"
    HEALTH_MINIMISED = "health_minimised"
    HEALTH = "health"
    HEALTH_SENSITIVE = "health_sensitive"
    HEALTH_HIGHLY_SENSITIVE = "health_highly_sensitive"
    PERSONAL_SENSITIVE = "personal_sensitive"
    THIRD_PARTY = "third_party"

    @property
    def makes_questions_sensitive(self) -> bool:
        """Whether a question of this class has to be asked in private."""
        return self in (
            Sensitivity.HEALTH_SENSITIVE,
            Sensitivity.HEALTH_HIGHLY_SENSITIVE,
        )

    @property
    def needs_own_tick(self) -> bool:
        """Whether a consent names this class by itself, never ticked beforehand."""
        return self in (
            Sensitivity.HEALTH_SENSITIVE,
            Sensitivity.HEALTH_HIGHLY_SENSITIVE,
            Sensitivity.PERSONAL_SENSITIVE,
            Sensitivity.THIRD_PARTY,
        )
