"""What a place of the team is called."""

from __future__ import annotations

from uuid import UUID

import pytest

from careteam.features.teams.labels import place_label
from careteam.features.teams.models import Seat

ANN = UUID(int=1)


@pytest.mark.parametrize(
    ("asked", "own", "label"),
    [
        (
            "mld_therapist",
            ["massage_therapist"],
            "Massage therapist, in the place of MLD therapist",
        ),
        ("dietitian", ["nutritionist", "cook"], "Nutritionist, in the place of dietitian"),
        ("mld_therapist", ["massage_therapist", "mld_therapist"], "MLD therapist"),
        ("dietitian", [], "Dietitian"),
    ],
)
def test_who_practises_another_discipline_stands_in(asked: str, own: list[str], label: str) -> None:
    seat = Seat(discipline=asked, state="filled", practitioner_id=ANN)
    assert place_label(seat, {ANN: own}) == label


@pytest.mark.parametrize("state", ["open", "later", "not_wanted", "ended"])
def test_place_that_nobody_takes_is_called_by_its_role(state: str) -> None:
    seat = Seat(discipline="dietitian", state=state, practitioner_id=ANN)
    assert place_label(seat, {ANN: ["nutritionist"]}) == "Dietitian"
