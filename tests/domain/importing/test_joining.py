"""What the entry that stays takes over from the other, gives back, and who is likely the same."""

from __future__ import annotations

from typing import Any

import pytest

from careteam.domain.importing.joining import join_entries, part_entries
from careteam.domain.importing.twins import likely_twins, likely_twins_of
from careteam.domain.importing.values import Known

EMPTY: dict[str, Any] = {
    "name": "Ida Fern",
    "phone": None,
    "email": None,
    "website": None,
    "social": None,
    "bio": None,
    "accepting": "unknown",
    "usual_wait_days": None,
    "fee_from": None,
    "fee_to": None,
    "registration_body": None,
    "registration_number": None,
    "disciplines": (),
    "languages": (),
    "workplaces": (),
}
KEPT = EMPTY | {"phone": "1", "fee_to": 60, "disciplines": ("a", "b"), "languages": ("en",)}
GONE = EMPTY | {
    "name": "I. Fern",
    "phone": "2",
    "email": "i@example.org",
    "accepting": "no",
    "fee_from": 40,
    "registration_number": "N1",
    "disciplines": ("b", "c", "d"),
    "workplaces": ("Quay",),
}


def test_what_is_empty_is_filled_and_lists_grow_up_to_their_most() -> None:
    joined = join_entries(KEPT, GONE, {"disciplines": 3})
    assert joined.values == KEPT | {
        "email": "i@example.org",
        "accepting": "no",
        "registration_number": "N1",
        "disciplines": ("a", "b", "c"),
        "workplaces": ("Quay",),
    }
    assert joined.filled == ("email", "accepting", "registration_number")
    assert joined.added == {"disciplines": (1,), "workplaces": (0,)}


def test_what_was_taken_over_goes_back_and_later_changes_stay() -> None:
    joined = join_entries(KEPT, GONE, {})
    back = part_entries(joined.values, GONE, joined.filled, joined.added)
    assert back == KEPT
    later = joined.values | {"email": "new@example.org", "disciplines": ("c",)}
    back = part_entries(later, GONE, joined.filled, joined.added)
    assert back["email"] == "new@example.org"
    assert back["disciplines"] == ("c",), "an entry is never left without a discipline"


ANNA = Known("1", "Dr Anna Example", ("a@example.org",), ("+441",), ("Bath",))


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (Known("2", "A. Example", ("A@example.org",)), "the same e-mail"),
        (Known("2", "Anna Example", (), ("+441",), ("York",)), "the same telephone"),
        (Known("2", "Anna Example", (), (), ("bath",)), "the same name and place"),
        (Known("2", "Anna Example"), "the same name"),
        (Known("2", "Anna Example", (), (), ("York",)), None),
        (Known("2", "Bert Other", ("a@example.org",), ("+441",), ("Bath",)), None),
    ],
)
def test_likely_twins(other: Known, why: str | None) -> None:
    expected = [(other, why)] if why else []
    assert likely_twins_of("1", [ANNA, other]) == expected


def test_number_of_a_practice_pairs_nobody() -> None:
    crowd = [Known(str(at), "Anna", phones=("+441",), places=(str(at),)) for at in range(40)]
    assert likely_twins(crowd) == []
