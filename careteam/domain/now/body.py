"""Browsing the red flags by part of the body."""

from collections.abc import Iterable
from dataclasses import dataclass

from careteam.domain.now.concepts import CONCEPTS
from careteam.domain.now.values import RedFlag


@dataclass(frozen=True, slots=True)
class BodyPart:
    """Where something is seen or felt, in plain words."""

    id: str
    label: str


BODY_PARTS: tuple[BodyPart, ...] = (
    BodyPart("head", "Head and nerves"),
    BodyPart("face", "Face and eyes"),
    BodyPart("neck", "Neck"),
    BodyPart("chest", "Chest and breathing"),
    BodyPart("back", "Back and spine"),
    BodyPart("belly", "Belly"),
    BodyPart("pelvis", "Bladder, bowel and private parts"),
    BodyPart("arm", "Shoulder, arm and hand"),
    BodyPart("leg", "Hip, leg and foot"),
    BodyPart("skin", "Skin"),
    BodyPart("pregnant", "Pregnancy, birth and fertility"),
    BodyPart("mind", "Mind and safety"),
    BodyPart("treatment", "After a treatment"),
    BodyPart("whole", "The whole body, or not sure"),
)

_PARTS_BY_FLAG: dict[str, frozenset[str]] = {}
for _concept in CONCEPTS:
    for _id in _concept.flags:
        _PARTS_BY_FLAG[_id] = _PARTS_BY_FLAG.get(_id, frozenset()) | frozenset(_concept.parts)


def flags_of_part(part: str, flags: Iterable[RedFlag]) -> tuple[RedFlag, ...]:
    """Return the flags of a part, the strictest first, each wording once.

    A flag that no part is known for (a community's own pathway) stands under "whole", so that
    browsing reaches every flag. An unknown part has none.
    """
    chosen = {
        (flag.sign, flag.urgency): flag
        for flag in flags
        if part in _PARTS_BY_FLAG.get(flag.id, frozenset({"whole"}))
    }
    return tuple(sorted(chosen.values(), key=lambda flag: (-flag.urgency.rank, flag.sign)))
