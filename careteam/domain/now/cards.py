"""What to do today and what not to do, for one red flag or when nothing matched."""

from dataclasses import dataclass

from careteam.domain.now.values import RedFlag
from careteam.domain.pathway.vocabulary import HoldScope, Urgency


@dataclass(frozen=True, slots=True)
class EmergencyNumbers:
    """Numbers to ring. `health_line` is empty where the country has no single one."""

    emergency: str
    health_line: str = ""


@dataclass(frozen=True, slots=True)
class ActionCard:
    """`call` is a number to dial, empty when the person's own doctor is the one to ring."""

    heading: str
    do: tuple[str, ...]
    do_not: tuple[str, ...]
    call: str
    call_label: str


# 112 also works in every country of the European Union and from most mobile telephones.
_NUMBERS = {
    "GB": EmergencyNumbers("999", "111"),
    "US": EmergencyNumbers("911"),
    "CA": EmergencyNumbers("911", "811"),
    "AU": EmergencyNumbers("000"),
    "NZ": EmergencyNumbers("111"),
    "DE": EmergencyNumbers("112", "116117"),
    "AT": EmergencyNumbers("112", "1450"),
    "CH": EmergencyNumbers("144"),
    "FR": EmergencyNumbers("112", "116117"),
}

_HEADINGS = {
    Urgency.EMERGENCY: "Emergency now",
    Urgency.SAME_DAY: "Today, by telephone",
    Urgency.URGENT: "Within days",
    Urgency.SOON: "Within two to four weeks",
    Urgency.ROUTINE: "Wait before treating",
    Urgency.INFORMATION: "Good to know",
}
_HOLDS = {
    HoldScope.ALL: "No massage, needling, manipulation or exercise today.",
    HoldScope.LIMB: "No hands-on work, stretching or loading of that limb.",
    HoldScope.ABDOMEN: "No hands-on work on the belly, pelvis or low back.",
    HoldScope.LOCAL: "No hands-on work on or near the place.",
}
_NOT_ALONE = "Do not let the person drive or go alone."
_NOT_MESSAGE = "Do not leave it to a message: somebody has to have spoken to somebody."
_NOT_WAIT = "Do not wait for an answer from somebody who cannot be reached."


def numbers_for(country: str) -> EmergencyNumbers:
    """Return the numbers of a country (ISO 3166), 112 where it is not listed."""
    return _NUMBERS.get(country.upper(), EmergencyNumbers("112"))


def action_card(flag: RedFlag | None, numbers: EmergencyNumbers) -> ActionCard:
    """Return the card of a flag; None gives the general advice of a search without a match."""
    if flag is None:
        return _general(numbers)
    call, label = _call(flag.urgency, numbers)
    do_not = [_HOLDS[flag.hold_manual_therapy]] if flag.hold_manual_therapy in _HOLDS else []
    if flag.urgency is Urgency.EMERGENCY:
        do_not += [_NOT_ALONE, _NOT_MESSAGE]
    elif flag.urgency is Urgency.SAME_DAY:
        do_not += [_NOT_MESSAGE, _NOT_WAIT]
    return ActionCard(_HEADINGS[flag.urgency], _do(flag, label), tuple(do_not), call, label)


def _do(flag: RedFlag, label: str) -> tuple[str, ...]:
    steps = [flag.action]
    if flag.urgency is Urgency.EMERGENCY:
        steps += [f"{label}.", "Stay with the person until help is there.", "Note the time."]
    elif flag.urgency is Urgency.SAME_DAY:
        steps += [f"{label}.", "If it gets worse before then, treat it as an emergency."]
    elif flag.urgency is Urgency.URGENT:
        steps.append("Agree who rings, by when, and what should make the person ring sooner.")
    return tuple(steps)


def _call(urgency: Urgency, numbers: EmergencyNumbers) -> tuple[str, str]:
    if urgency is Urgency.EMERGENCY:
        return numbers.emergency, f"Call {numbers.emergency}"
    if urgency is Urgency.SAME_DAY:
        return numbers.health_line, _doctor_today(numbers)
    return "", "Ring the person's own doctor"


def _doctor_today(numbers: EmergencyNumbers) -> str:
    if numbers.health_line:
        return f"Ring the person's own doctor now; if nobody answers, {numbers.health_line}"
    return "Ring the person's own doctor or the nearest urgent care now"


def _general(numbers: EmergencyNumbers) -> ActionCard:
    return ActionCard(
        "Nothing in the list matched these words. That does not mean it is safe.",
        (
            f"Sudden, severe, quickly getting worse, or somebody in danger: call"
            f" {numbers.emergency} now.",
            f"Not sure and it will not wait until tomorrow: {_doctor_today(numbers)}.",
            "Otherwise ask the person's own doctor, and agree what should make them ring sooner.",
            "Try other words, or choose the part of the body.",
        ),
        ("If you are uneasy, do not treat.",),
        numbers.emergency,
        f"Call {numbers.emergency}",
    )
