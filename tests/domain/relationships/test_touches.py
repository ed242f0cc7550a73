"""What counts as a contact, and that no client is named in one."""

from __future__ import annotations

import pytest

from careteam.domain.relationships.touches import Kind, gives_money, is_real, names_somebody


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


@pytest.mark.parametrize(
    ("kind", "note", "is_asked"),
    [
        (Kind.THANK_YOU, "A voucher for the next client", True),
        (Kind.DEMO_OFFERED, "10% for each", True),
        (Kind.THANK_YOU, "Paid attention... no, wrote a card", True),
        (Kind.THANK_YOU, "Wrote a card", False),
        (Kind.CALL, "They ask what our fee is", False),
    ],
)
def test_money_or_a_gift_in_what_is_given_back_is_asked_about(
    kind: Kind, note: str, is_asked: bool
) -> None:
    assert gives_money(kind, None, note) is is_asked
