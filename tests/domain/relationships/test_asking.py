import pytest

from careteam.domain.relationships.asking import read_reach, text_to_ask


def test_text_says_who_asks_for_which_work_and_nothing_else() -> None:
    text = text_to_ask("dietitian (any)", "Bristol", "Wren Lead, Massage therapist")
    assert "a good dietitian near Bristol to work with" in text
    assert text.endswith("\n\nWren Lead, Massage therapist")
    assert "near" not in text_to_ask("dietitian", None, "Wren")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("0117 496 0101", {"phone": "0117 496 0101"}),
        ("tansy@example.org or (0117) 496-0101",
         {"email": "tansy@example.org", "phone": "(0117) 496-0101"}),
        ("see www.tansy.example.org/about, +44 117 4960101",
         {"website": "www.tansy.example.org/about", "phone": "+44 117 4960101"}),
        ("works at the Quay, room 12", {}),
    ],
)  # fmt: skip
def test_one_line_is_read_as_far_as_it_goes(typed: str, found: dict[str, str]) -> None:
    assert read_reach(typed) == found
