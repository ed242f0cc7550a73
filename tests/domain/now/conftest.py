"""The red flags of the shipped content: the general ones and those of every pathway."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from careteam.domain.pathway.vocabulary import HoldScope, Urgency
from tests.support.content import raw

CONTENT = Path(__file__).parents[3] / "careteam" / "content"


@dataclass(frozen=True)
class Sign:
    """A red flag as plain values."""

    id: str
    sign: str
    urgency: Urgency
    action: str
    hold_manual_therapy: HoldScope


@pytest.fixture(scope="session")
def signs():
    files = [
        CONTENT / "catalogue" / "red_flags_manual_therapy.yaml",
        *sorted((CONTENT / "pathways").glob("*.yaml")),
    ]
    return tuple(
        Sign(
            entry["id"],
            entry["sign"],
            Urgency(entry["urgency"]),
            entry["action"],
            HoldScope(entry["hold_manual_therapy"]),
        )
        for file in files
        for entry in raw(file)["red_flags"]
    )


@pytest.fixture(scope="session")
def sign(signs):
    """Return the first sign of an id."""
    return lambda id_: next(flag for flag in signs if flag.id == id_)
