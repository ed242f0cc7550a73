"""Parts of a page that another room fills. Rooms of the surface do not import each other, so the
page names a slot and the room that has something to show there says so when it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import current_app, g, render_template
from markupsafe import Markup

from careteam.access.actor import Actor
from careteam.web.frame.room import Room

Filler = Callable[[Actor, Any], Mapping[str, Any] | None]
PRACTITIONER = "practitioner"
"""The page of a directory entry; the row is the `Practitioner`, whole."""
REFERRAL = "referral"
"""The page of a referral, in its second column; the row is the `Referral`."""


def fill(room: Room, slot: str, template: str, filler: Filler) -> None:
    """Show `template` in the slot, with what `filler(actor, row)` answers; None shows nothing."""
    room.record(
        lambda state: (
            state.app.extensions.setdefault("careteam_panels", {})
            .setdefault(slot, [])
            .append((template, filler))
        )
    )


def panels_for(slot: str, row: Any) -> list[Markup]:
    """The filled parts, in the order in which the rooms were made."""
    fillers: list[tuple[str, Filler]] = current_app.extensions.get("careteam_panels", {}).get(
        slot, []
    )
    answers = [(template, filler(g.actor, row)) for template, filler in fillers]
    return [
        Markup(render_template(template, **context))  # noqa: S704  (a template of ours)
        for template, context in answers
        if context is not None
    ]
