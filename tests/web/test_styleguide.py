"""The style guide shows every component, and passes what is asked of every page."""

from tests.support.visitor import Visitor


def test_style_guide_is_a_sound_page(visitor: Visitor) -> None:
    page = visitor.get("/styleguide")
    assert page.status_code == 200
    assert "Every component of the screens in its states." in page.text
    assert "31 Feb" in page.text
