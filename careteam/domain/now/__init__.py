"""Help for what is seen or said today, without a client: signs, what to do, what to say."""

from careteam.domain.now.body import BODY_PARTS, BodyPart, flags_of_part
from careteam.domain.now.cards import ActionCard, EmergencyNumbers, action_card, numbers_for
from careteam.domain.now.concepts import CONCEPTS, Concept
from careteam.domain.now.notes import HandOver, hand_over_note
from careteam.domain.now.script import Caller, ScriptLine, telephone_script
from careteam.domain.now.search import FlagMatch, FlagSearch, find_flags
from careteam.domain.now.values import RedFlag

__all__ = [
    "BODY_PARTS",
    "CONCEPTS",
    "ActionCard",
    "BodyPart",
    "Caller",
    "Concept",
    "EmergencyNumbers",
    "FlagMatch",
    "FlagSearch",
    "HandOver",
    "RedFlag",
    "ScriptLine",
    "action_card",
    "find_flags",
    "flags_of_part",
    "hand_over_note",
    "numbers_for",
    "telephone_script",
]
