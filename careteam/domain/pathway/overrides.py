"""A practitioner's decisions about effects: overrides, and answers to red flags."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from careteam.domain.pathway.conditions import effects_of
from careteam.domain.pathway.effects import Effect, HoldManualTherapy, RaiseRedFlag
from careteam.domain.pathway.values import Pathway
from careteam.domain.pathway.vocabulary import Urgency


@dataclass(frozen=True, slots=True)
class Override:
    """One effect of one rule set aside, with the written reason that is kept.

    ``effect`` is the key of the effect, such as ``"add_role:counsellor"``.
    Raises ValueError when the reason is empty.
    """

    rule: str
    effect: str
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError("Write why this is set aside.")


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """The client was asked again: it is not so now; ``last`` says in words when it last was."""

    red_flag: str
    last: str

    def __post_init__(self) -> None:
        if not self.last.strip():
            raise ValueError("Write when it last was so.")


@dataclass(frozen=True, slots=True)
class SpokenTo:
    """Somebody able to judge was spoken to: whom, on which day, and what they said."""

    red_flag: str
    whom: str
    spoken_on: date
    said: str

    def __post_init__(self) -> None:
        if not (self.whom.strip() and self.said.strip()):
            raise ValueError("Write to whom you spoke and what they said.")


FlagAnswer = AskedAgain | SpokenTo
"""How an emergency or same-day flag is answered. It belongs to the screening answer that raised
the flag: when that answer is given anew, the flag has to be answered anew."""


class OverrideRefused(Exception):
    """An override that must not be made; the text says why, for the practitioner."""


def check_override(
    pathway: Pathway, override: Override, flag_answers: Iterable[FlagAnswer] = ()
) -> Effect:
    """The effect that the override sets aside.

    Raises OverrideRefused for an emergency flag, for the hold of an emergency flag that is not
    answered, and for a rule or effect the pathway lacks.
    """
    rule = pathway.rule_by_id.get(override.rule)
    effects = {effect.key: effect for effect in effects_of(pathway, rule)} if rule else {}
    effect = effects.get(override.effect)
    if effect is None:
        raise OverrideRefused("This pathway has no such effect any more.")
    if is_emergency(pathway, effect):
        raise OverrideRefused(
            "An emergency is answered, not set aside: ask again, or say to whom you spoke."
        )
    if _is_hold_of_open_emergency(pathway, effect, {answer.red_flag for answer in flag_answers}):
        raise OverrideRefused("Answer the emergency first: its hold stays until then.")
    return effect


def is_emergency(pathway: Pathway, effect: Effect) -> bool:
    """Whether the effect raises a flag of emergency urgency."""
    return isinstance(effect, RaiseRedFlag) and _is_emergency_flag(pathway, effect.red_flag)


def _is_hold_of_open_emergency(pathway: Pathway, effect: Effect, answered: set[str]) -> bool:
    return (
        isinstance(effect, HoldManualTherapy)
        and bool(effect.red_flag)
        and effect.red_flag not in answered
        and _is_emergency_flag(pathway, effect.red_flag)
    )


def _is_emergency_flag(pathway: Pathway, red_flag: str) -> bool:
    return pathway.red_flag_by_id[red_flag].urgency is Urgency.EMERGENCY
