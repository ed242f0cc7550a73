"""The address of a calendar feed as it is shown: once, for a browser and for calendar programs."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, request
from markupsafe import Markup

from careteam.kit.drawings import qr_code


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """`subscribe` is the same address under the scheme that calendar programs open by themselves;
    `only_here` where nobody but this computer can open it."""

    plain: str
    subscribe: str
    qr: Markup
    only_here: bool


def feed_address(token: str) -> FeedAddress:
    settings = current_app.extensions["careteam_settings"]
    beginning = settings.public_url or request.url_root.rstrip("/")
    plain = f"{beginning}/calendar/{token}.ics"
    return FeedAddress(
        plain=plain,
        subscribe=f"webcal://{plain.partition('://')[2]}",
        qr=qr_code(f"webcal://{plain.partition('://')[2]}"),
        only_here=not settings.links_can_leave,
    )
