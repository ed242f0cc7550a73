"""All stories, in their order."""

from __future__ import annotations

from careteam.features.demo.stories import baby, inbox, runner, weight
from careteam.features.demo.stories.story import Cast


def tell_stories() -> None:
    """Play all stories. The cast must be there; nothing is committed."""
    cast = Cast.assembled()
    for chapter in (runner, baby, weight, inbox):
        chapter.tell(cast)
