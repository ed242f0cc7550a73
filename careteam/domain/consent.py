"""What a client's consent allows: to whom, which information class, for which goal, on which day.

Defaults come from the information matrix on the principle of the least that makes a part safe and
useful. A consent names the classes that are shown in full. Everything else stays at the level of
the matrix, but never above "ask the client"; classes with a tick of their own are never ticked
beforehand, and a restriction beats both matrix and tick for every group that is not clinical.

Safety alerts carry effects without causes and belong to every consent.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from careteam.domain.pathway.catalogue import InformationClass, InformationMatrix
from careteam.domain.pathway.vocabulary import AccessLevel

IDENTITY, PLAN, ALERTS = "identity_contact", "goal_plan", "safety_alerts"
OWN_TIMES = "the times of your appointments with them"
NEVER_OFFERED = frozenset({"own_session_notes", "therapy_process_notes"})
"""Own notes are the writer's anyway; process notes stay with the counsellor."""


class Choice(StrEnum):
    """The three choices of a consent card."""

    NAMES_AND_TIMES = "names_and_times"
    NEEDED = "needed"
    ITEMS = "items"


@dataclass(frozen=True, slots=True)
class Consent:
    """The client's permission. ``classes`` are shown in full; ``until_on`` is the last day.

    A withdrawn consent allows nothing from the day of the withdrawal on.
    """

    practitioner: UUID
    goals: frozenset[UUID]
    classes: frozenset[str]
    given_on: date
    until_on: date | None = None
    withdrawn_on: date | None = None

    def is_in_force(self, day: date) -> bool:
        if day < self.given_on or (self.until_on is not None and day > self.until_on):
            return False
        return self.withdrawn_on is None or day < self.withdrawn_on


def allows(
    consent: Consent,
    *,
    practitioner: UUID,
    goal: UUID | None,
    information_class: str,
    day: date,
) -> bool:
    """Whether the consent shows this class in full; ``goal`` None is a row about no one goal."""
    return (
        consent.practitioner == practitioner
        and consent.is_in_force(day)
        and (goal is None or goal in consent.goals)
        and information_class in consent.classes
    )


def default_level(
    matrix: InformationMatrix, disciplines: Collection[str], information_class: str
) -> AccessLevel:
    """What the matrix gives a practitioner: the widest level of the disciplines of the seat.

    A discipline that is in no group, and no discipline at all, see nothing.
    """
    order = list(AccessLevel)
    levels = [
        matrix.group_by_discipline[name].access[information_class]
        for name in disciplines
        if name in matrix.group_by_discipline
    ]
    return max(levels, key=order.index, default=AccessLevel.NONE)


def is_clinical(matrix: InformationMatrix, disciplines: Collection[str]) -> bool:
    """Whether a restriction leaves this practitioner's access as it is."""
    groups = matrix.group_by_discipline
    return any(groups[name].clinical for name in disciplines if name in groups)


def level(
    matrix: InformationMatrix,
    consents: Iterable[Consent],
    *,
    practitioner: UUID,
    disciplines: Collection[str],
    goal: UUID | None,
    information_class: str,
    day: date,
    restricted: Collection[str] = (),
) -> AccessLevel:
    """How much of a class the practitioner sees now.

    Without a consent in force for the goal: none. ``restricted`` are the classes that the safety
    rules of any goal of the client restrict. Rows the practitioner wrote are not asked for here:
    they stay open to the writer at every level.
    """
    valid = [
        consent
        for consent in consents
        if consent.practitioner == practitioner
        and consent.is_in_force(day)
        and (goal is None or goal in consent.goals)
    ]
    if not valid or _is_restricted(matrix, disciplines, information_class, restricted):
        return AccessLevel.NONE
    if any(information_class in consent.classes for consent in valid):
        return AccessLevel.FULL
    default = default_level(matrix, disciplines, information_class)
    return AccessLevel.ASK if default is AccessLevel.FULL else default


def full_classes(
    matrix: InformationMatrix,
    consents: Iterable[Consent],
    *,
    practitioner: UUID,
    disciplines: Collection[str],
    goal: UUID | None,
    day: date,
    restricted: Collection[str] = (),
) -> frozenset[str]:
    """The classes that ``level`` gives in full, all at once."""
    named = {
        name
        for consent in consents
        for name in consent.classes & matrix.class_by_id.keys()
        if allows(consent, practitioner=practitioner, goal=goal, information_class=name, day=day)
    }
    return frozenset(
        name for name in named if not _is_restricted(matrix, disciplines, name, restricted)
    )


def classes_of_choice(
    matrix: InformationMatrix,
    choice: Choice,
    disciplines: Collection[str],
    *,
    items: Collection[str] = (),
    restricted: Collection[str] = (),
) -> frozenset[str]:
    """The classes a choice of the card shows in full.

    "Names and times" is identity and alerts; own appointments are seen at every choice. "What this
    part needs" adds what the matrix gives in full except classes with a tick of their own, and
    the goal and plan wherever the matrix gives at least a summary: nobody can move a part of a plan
    they cannot see. "Item by item" is what was ticked. ``items`` counts with every choice for
    classes with a tick of their own, as the client ticks them beside it.
    Raises ValueError for an item that is not a class or is never offered.
    """
    for name in items:
        if name not in matrix.class_by_id or name in NEVER_OFFERED:
            raise ValueError(f"{name} cannot be shared by consent.")
    chosen = {IDENTITY, ALERTS}
    if choice is Choice.NEEDED:
        chosen |= {item.id for item in matrix.classes if _is_needed(matrix, disciplines, item)}
    chosen |= {
        name
        for name in items
        if choice is Choice.ITEMS or matrix.class_by_id[name].sensitivity.needs_own_tick
    }
    return frozenset(
        name for name in chosen if not _is_restricted(matrix, disciplines, name, restricted)
    )


@dataclass(frozen=True, slots=True)
class Tick:
    """One line of a consent card. ``is_subject`` marks the class this role exists for."""

    information_class: InformationClass
    default: AccessLevel
    ticked: bool
    own_tick: bool
    is_subject: bool


def consent_card(
    matrix: InformationMatrix,
    disciplines: Collection[str],
    *,
    recorded: Collection[str],
    subject_class: str | None = None,
    restricted: Collection[str] = (),
) -> tuple[Tick, ...]:
    """The lines of the card for one person, in the order in which they are shown.

    Only classes with something recorded are lines. The class the role exists for stands first: the
    ``subject_class`` of the pathway, or the one sensitive class the matrix gives this role in full;
    it is never ticked beforehand. A restricted class is not offered to whom it is restricted for.
    """
    needed = classes_of_choice(matrix, Choice.NEEDED, disciplines, restricted=restricted)
    ticks = []
    for item in matrix.classes:
        default = default_level(matrix, disciplines, item.id)
        own = item.sensitivity.needs_own_tick
        if item.id not in recorded or item.id in NEVER_OFFERED:
            continue
        if _is_restricted(matrix, disciplines, item.id, restricted):
            continue
        subject = item.id in (subject_class, _own_subject(matrix, disciplines))
        ticks.append(Tick(item, default, item.id in needed, own, subject))
    return tuple(sorted(ticks, key=lambda tick: not tick.is_subject))


def spoken_sentence(
    matrix: InformationMatrix,
    name: str,
    classes: Collection[str],
    *,
    recorded: Collection[str],
) -> str:
    """The words to be read out: what ``name`` would know and would not know.

    What is not recorded is not mentioned among what stays unknown.
    """
    would = [item.spoken for item in matrix.classes if item.id in classes]
    not_told = [
        item.spoken
        for item in matrix.classes
        if item.id in recorded and item.id not in classes and item.id not in NEVER_OFFERED
    ]
    sentence = f"{name} would know: {'; '.join([*would, OWN_TIMES])}."
    if not_told:
        sentence += f" {name} would not know: {'; '.join(not_told)}."
    return sentence


def longest_until(given_on: date) -> date:
    """The last day a consent may be given for: twelve months."""
    try:
        return given_on.replace(year=given_on.year + 1)
    except ValueError:
        return date(given_on.year + 1, 2, 28)


def _own_subject(matrix: InformationMatrix, disciplines: Collection[str]) -> str | None:
    """The sensitive class a role works with; None where there is none, or more than one."""
    full = [
        item.id
        for item in matrix.classes
        if item.sensitivity.needs_own_tick
        and default_level(matrix, disciplines, item.id) is AccessLevel.FULL
    ]
    return full[0] if len(full) == 1 else None


def _is_needed(
    matrix: InformationMatrix, disciplines: Collection[str], item: InformationClass
) -> bool:
    if item.sensitivity.needs_own_tick or item.id in NEVER_OFFERED:
        return False
    default = default_level(matrix, disciplines, item.id)
    if item.id == PLAN:
        return default in (AccessLevel.FULL, AccessLevel.SUMMARY)
    return default is AccessLevel.FULL


def _is_restricted(
    matrix: InformationMatrix,
    disciplines: Collection[str],
    information_class: str,
    restricted: Collection[str],
) -> bool:
    return information_class in restricted and not is_clinical(matrix, disciplines)
