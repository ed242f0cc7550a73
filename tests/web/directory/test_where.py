"""The line of a list that says where and how somebody works."""

from __future__ import annotations

import pytest

from careteam.features.directory.models import Practitioner, Workplace
from careteam.web.directory.room import where


@pytest.mark.parametrize(
    ("entry", "km", "words"),
    [
        (Practitioner(), None, ""),
        (Practitioner(workplaces=[Workplace(place="Bath")]), 0.4, "Bath · same town"),
        (
            Practitioner(
                workplaces=[
                    Workplace(practice="Quay Rooms", place="Bath"),
                    Workplace(practice="Mill Rooms", place="bath"),
                    Workplace(place="Yate"),
                ],
                sees_online=True,
                visits_homes=True,
                usual_wait_days=21,
            ),
            17.9,
            "Quay Rooms · Bath, Yate · 17 km · online · home visits · usual wait 3 weeks",
        ),
        (Practitioner(usual_wait_days=0), None, "no wait"),
        (Practitioner(usual_wait_days=1), None, "usual wait 1 day"),
    ],
)
def test_line_leaves_out_what_is_not_known(
    entry: Practitioner, km: float | None, words: str
) -> None:
    assert where(entry, km) == words
