"""The first lock of pages behind a link: which link, in which browser, confirmed or not.

`GET /r/<token>`, `/p/<token>` for a client and `/e/<token>` for one's own entry in the directory
note in the signed form cookie that this browser has opened the link; the address with the secret is
left at once. Half an hour later only a browser that has shown a code gets in.
Whether the link still lives is asked at every request.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import current_app, g, make_response, render_template, request, session
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from careteam.features.links.clients import client_visit
from careteam.features.links.entries import entry_visit
from careteam.features.referrals.linked import link_actor
from careteam.kit import clock
from careteam.kit.tokens import hash_token, new_token

OPENED = "opened_links"
OPEN_FOR = 30 * 60
"""Seconds after which a browser that has shown no code has to use the link again."""
MOST_OPENED = 8
PIN_SHOWN = "pin_shown"
PIN_LASTS = 30 * 60
"""Seconds without a page after which a client's own browser asks for the PIN again."""
PIN_LASTS_TO_SEND = 12 * 3600
REMEMBERED_FOR = 90 * 24 * 3600


def enter_by_link(arguments: dict[str, Any]) -> ResponseReturnValue | None:
    """Make the link's actor the one who asks; a page that says the same to all others."""
    link_id = arguments.get("link_id")
    actor = link_actor(link_id, browser_hash()) if isinstance(link_id, UUID) else None
    if actor is None or not (actor.is_confirmed or is_opened(actor.link_id)):
        return closed_page()
    g.actor, g.signed = actor, None
    return None


def enter_as_client(arguments: dict[str, Any]) -> ResponseReturnValue | None:
    """As `enter_by_link`. A browser that has shown a code once finds the door again for good: it
    may be all that is left of a lasting address, and behind the door there is a code to show.
    """
    link_id = arguments.get("link_id")
    shown_at = _pin_shown_at(link_id)
    visit = client_visit(link_id, browser_hash(), shown_at) if isinstance(link_id, UUID) else None
    if visit is None or not (visit.was_known or is_opened(visit.actor.link_id)):
        return closed_page()
    g.actor, g.signed, g.visit = visit.actor, None, visit
    if visit.actor.is_confirmed and shown_at is not None and _is_look():
        note_pin(visit.actor.link_id)
    return None


def enter_own_entry(arguments: dict[str, Any]) -> ResponseReturnValue | None:
    """As `enter_by_link`, to one's own entry in the directory."""
    link_id = arguments.get("link_id")
    visit = entry_visit(link_id, browser_hash()) if isinstance(link_id, UUID) else None
    if visit is None or not (visit.actor.is_confirmed or is_opened(visit.actor.link_id)):
        return closed_page()
    g.actor, g.signed, g.visit = visit.actor, None, visit
    return None


def closed_page() -> Response:
    """Expired, revoked, spent, foreign and mangled look alike."""
    g.has_failed = True
    response = make_response(render_template("links/closed.html"), 404)
    return private(response)


def private(response: Response) -> Response:
    """No address of ours is told to anybody the page leads to."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def note_opened(link_id: UUID) -> None:
    """Remember, in the browser's signed cookie, that it holds this link."""
    now = int(clock.now().timestamp())
    known = {key: at for key, at in _opened().items() if now - at < OPEN_FOR}
    known.pop(str(link_id), None)
    latest = sorted(known.items(), key=lambda item: item[1])[-(MOST_OPENED - 1) :]
    session[OPENED] = dict(latest) | {str(link_id): now}


def is_opened(link_id: UUID | None) -> bool:
    at = _opened().get(str(link_id))
    return at is not None and clock.now().timestamp() - at < OPEN_FOR


def _opened() -> dict[str, int]:
    found = session.get(OPENED)
    return found if isinstance(found, dict) else {}


def note_pin(link_id: UUID | None) -> None:
    """Remember, in the same cookie, that this browser has shown the PIN, or a code instead."""
    session[PIN_SHOWN] = {str(link_id): clock.now().timestamp()}


def _pin_shown_at(link_id: object) -> datetime | None:
    """When this browser has shown the PIN, or was looked at since; None where that is too long ago.

    What was begun on a page may be sent for longer, so that nothing typed is lost.
    """
    found = session.get(PIN_SHOWN)
    at = found.get(str(link_id)) if isinstance(found, dict) else None
    is_sent = request.method == "POST" and request.endpoint != "own.pin_check"
    lasts = PIN_LASTS_TO_SEND if is_sent else PIN_LASTS
    if not isinstance(at, int | float) or clock.now().timestamp() - at >= lasts:
        return None
    return datetime.fromtimestamp(at, UTC)


def _is_look() -> bool:
    """By a person, and not by a page that asks on its own while it is open."""
    return request.method == "GET" and request.endpoint != "own.plan_changed"


def browser_hash() -> str:
    """What is kept of this browser; of one without the cookie, a value that nothing matches."""
    token = request.cookies.get(browser_cookie(), "")
    return hash_token(token) if 0 < len(token) <= 100 else ""


def browser_cookie() -> str:
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    return "__Host-careteam-browser" if secure else "careteam-browser"


def browser_token() -> str:
    """The browser's token, a new one where it has none."""
    token = request.cookies.get(browser_cookie(), "")
    return token if 0 < len(token) <= 100 else new_token()


def keep_browser(response: Response, token: str) -> Response:
    """Give the browser its token for as long as it may be remembered."""
    response.set_cookie(
        browser_cookie(),
        token,
        max_age=REMEMBERED_FOR,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return response
