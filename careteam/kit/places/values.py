"""What is known of a town, and how its name is compared."""

import re
from dataclasses import dataclass

from careteam.kit.text import folded

# Letters that no Unicode decomposition turns into plain ones.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i"}
)
_JOINERS = re.compile(r"[-_/\s]+")
_DROPPED = re.compile(r"[^\w\s]")
_SAINT = re.compile(r"\bsaint\b")


@dataclass(frozen=True, slots=True)
class Place:
    """A town. Degrees are WGS 84, north and east positive.

    `country` is the ISO 3166 code; `region` is the state's name in the United States, the
    country's name within the United Kingdom, and empty elsewhere.
    """

    name: str
    country: str
    latitude: float
    longitude: float
    population: int
    region: str = ""

    @property
    def label(self) -> str:
        """One line that tells towns of one name apart: name, region if known, country."""
        return ", ".join(part for part in (self.name, self.region, self.country) if part)


def fold_name(name: str) -> str:
    """Return `name` for comparison: no accents, case, punctuation; one blank between words."""
    words = _DROPPED.sub("", _JOINERS.sub(" ", folded(name).translate(_LETTERS)))
    return _SAINT.sub("st", " ".join(words.split()))
