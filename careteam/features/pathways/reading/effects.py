"""The twelve effects of rules, each with exactly its own fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from careteam.domain.pathway.effects import (
    AddCaution,
    AddRole,
    BlockPlan,
    Effect,
    HideMeasure,
    HoldManualTherapy,
    OfferPathway,
    RaiseRedFlag,
    RemoveRole,
    RequireClearance,
    RestrictInformation,
    SeeFirst,
    SwitchPathway,
)
from careteam.domain.pathway.vocabulary import HoldScope, Requirement, Urgency
from careteam.features.pathways.reading.entry import Entry
from careteam.features.pathways.reading.saying import instead


@dataclass(frozen=True)
class Names:
    """Everything an effect may name."""

    disciplines: set[str]
    measures: set[str]
    information_classes: set[str]
    pathways: set[str]
    phases: set[str]
    red_flags: set[str]


def read_effect(item: Entry, names: Names) -> Effect:
    """One effect. Raises ContentError for an unknown kind, field or id."""
    kind = item.text("effect")
    if kind not in READERS:
        item.fail(f'there is no effect called "{kind}"{instead(kind, READERS)}', "effect")
    required, optional, read = READERS[kind]
    item.named(f"{item.where}, {kind}").keys(f"effect {required}", optional)
    return read(item, names)


def _block_plan(item: Entry, names: Names) -> Effect:
    return BlockPlan(item.text("reason"))


def _raise_red_flag(item: Entry, names: Names) -> Effect:
    return RaiseRedFlag(item.known("red_flag", names.red_flags, "red flag"))


def _see_first(item: Entry, names: Names) -> Effect:
    return SeeFirst(_discipline(item, names), item.word("urgency", Urgency), item.text("reason"))


def _require_clearance(item: Entry, names: Names) -> Effect:
    phase = item.known("before_phase", names.phases, "phase")
    return RequireClearance(_discipline(item, names), phase, item.text("reason"))


def _hold_manual_therapy(item: Entry, names: Names) -> Effect:
    scope = item.word("scope", HoldScope)
    if scope is HoldScope.NONE:
        item.fail("a hold needs a place: write local, limb, abdomen or all", "scope")
    return HoldManualTherapy(scope, item.text("until"))


def _add_role(item: Entry, names: Names) -> Effect:
    return AddRole(
        discipline=_discipline(item, names),
        requirement=item.word("requirement", Requirement),
        reason=item.text("reason"),
        phase=item.known("phase", names.phases, "phase") if "phase" in item.nodes else None,
    )


def _remove_role(item: Entry, names: Names) -> Effect:
    return RemoveRole(_discipline(item, names), item.text("reason"))


def _switch_pathway(item: Entry, names: Names) -> Effect:
    return SwitchPathway(_pathway(item, names), item.text("reason"))


def _offer_pathway(item: Entry, names: Names) -> Effect:
    return OfferPathway(_pathway(item, names), item.text("reason"))


def _hide_measure(item: Entry, names: Names) -> Effect:
    return HideMeasure(item.known("measure", names.measures, "measure"), item.text("reason"))


def _restrict_information(item: Entry, names: Names) -> Effect:
    name = item.known("information_class", names.information_classes, "information class")
    return RestrictInformation(name, item.text("reason"))


def _add_caution(item: Entry, names: Names) -> Effect:
    return AddCaution(item.text("text"), item.text_or("for_others"))


def _discipline(item: Entry, names: Names) -> str:
    return item.known("discipline", names.disciplines, "discipline")


def _pathway(item: Entry, names: Names) -> str:
    return item.known("pathway", names.pathways, "pathway")


READERS: Mapping[str, tuple[str, str, Callable[[Entry, Names], Effect]]] = {
    "block_plan": ("reason", "", _block_plan),
    "raise_red_flag": ("red_flag", "", _raise_red_flag),
    "see_first": ("discipline urgency reason", "", _see_first),
    "require_clearance": ("discipline before_phase reason", "", _require_clearance),
    "hold_manual_therapy": ("scope until", "", _hold_manual_therapy),
    "add_role": ("discipline requirement reason", "phase", _add_role),
    "remove_role": ("discipline reason", "", _remove_role),
    "switch_pathway": ("pathway reason", "", _switch_pathway),
    "offer_pathway": ("pathway reason", "", _offer_pathway),
    "hide_measure": ("measure reason", "", _hide_measure),
    "restrict_information": ("information_class reason", "", _restrict_information),
    "add_caution": ("text", "for_others", _add_caution),
}
"""Effect to its needed fields, its optional fields, and what reads it."""
