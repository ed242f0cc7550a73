"""The hand-over note that the client carries to whoever sees them next."""

from dataclasses import dataclass

from careteam.domain.now.script import Caller, began
from careteam.domain.now.values import RedFlag
from careteam.domain.pathway.vocabulary import HoldScope, Urgency

_HELD = {
    HoldScope.NONE: "Nothing was held.",
    HoldScope.LOCAL: "Hands-on work near the place is held.",
    HoldScope.LIMB: "Hands-on work on that limb is held.",
    HoldScope.ABDOMEN: "Hands-on work on belly, pelvis and low back is held.",
    HoldScope.ALL: "All hands-on work is held.",
}


@dataclass(frozen=True, slots=True)
class HandOver:
    """What the note says besides the flag. No name of the client is needed; `about` may give it.

    `noted` is day and time as people write them; `spoken_to` says to whom somebody spoke, when,
    and what they answered.
    """

    noted: str
    seen: str = ""
    since: str = ""
    background: str = ""
    done: str = ""
    spoken_to: str = ""
    about: str = ""


def hand_over_note(writer: Caller, flag: RedFlag | None, facts: HandOver) -> str:
    """Return the note as plain text, one fact a line; empty facts leave their line out.

    The sign is a reason to be seen, never a diagnosis: the note says so.
    """
    lines = [
        ("", "To the person who sees me today"),
        ("About", facts.about),
        ("Noted", facts.noted),
        ("Seen or said", facts.seen),
        ("When", began(facts.since)),
        ("Warning sign", flag.sign if flag else ""),
        ("How urgent", _URGENCIES[flag.urgency] if flag else "Advice asked for"),
        ("Advised", flag.action if flag else ""),
        ("Background", facts.background),
        ("Done so far", facts.done),
        ("On hold until you answer", _HELD[flag.hold_manual_therapy] if flag else ""),
        ("Spoken to", facts.spoken_to),
        ("Please", "Tell me, and the writer if I agree, what you found and what I may do."),
        ("Written by", ", ".join(filter(None, (writer.name, writer.discipline)))),
        ("Telephone", writer.telephone),
        ("", "A hand-over of what was noticed, not a diagnosis."),
    ]
    return "\n".join(
        f"{heading}: {_one_line(words)}" if heading else words for heading, words in lines if words
    )


_URGENCIES = {
    Urgency.EMERGENCY: "Emergency, now",
    Urgency.SAME_DAY: "To be seen today",
    Urgency.URGENT: "To be seen within days",
    Urgency.SOON: "To be seen within two to four weeks",
    Urgency.ROUTINE: "Not urgent",
    Urgency.INFORMATION: "For information",
}


def _one_line(words: str) -> str:
    return " ".join(words.split())
