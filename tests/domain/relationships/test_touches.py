"""What counts as a contact, and that no client is named in one."""

from __future__ import annotations

import pytest

from careteam.domain.relationships.touches import Kind, is_real, names_somebody


def test_sheet_on_a_counter_and_an_offer_are_no_contact_yet() -> None:
    assert [kind for kind in Kind if not is_real(kind)] == [Kind.CV_LEFT, Kind.DEMO_OFFERED]


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Told her that HAZEL  Sample walks again", True),
        ("Hazel sample's knee", True),
        ("Witch hazel samples for the shelf", False),
        ("The Tuesday knee is better", False),
    ],
)
def test_name_is_found_as_whole_words_in_any_case(text: str, is_named: bool) -> None:
    assert names_somebody(text, ["Hazel Sample", ""]) is is_named
