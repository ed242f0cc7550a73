"""The first lock: who is asking, and may they enter this route at all."""

from __future__ import annotations

import uuid

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect
from sqlalchemy.exc import OperationalError

from careteam.access.actor import ANONYMOUS, Kind
from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.access.rules import ASKED_OF_THE_ACTOR_ALONE
from careteam.features.accounts.queries import Signed, find_signed_in
from careteam.features.accounts.signing_in import SEEN_EVERY, note_seen
from careteam.features.pathways.content import keep_up
from careteam.kit import clock
from careteam.kit.db import mark_request
from careteam.kit.errors import Forbidden, NotFound
from careteam.kit.tokens import hash_token
from careteam.web.frame.again import find_kept, sign_forms, sign_in_first
from careteam.web.frame.linking import enter_as_client, enter_by_link, enter_own_entry
from careteam.web.frame.room import Access, Entry

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
UNGUARDED = frozenset({"static"})
WITH_OLD_PASSWORD = frozenset(
    {"accounts.password_edit", "accounts.password_save", "accounts.sign_out"}
)


def install(app: Flask) -> None:
    """In this order: begin, refuse unsafe requests without our token, then the locks."""
    app.before_request(_begin)
    CSRFProtect(app)
    app.before_request(_enter)
    app.teardown_request(lambda _error: mark_request(reads=False))


def cookie_name() -> str:
    return "__Host-careteam" if current_app.config["SESSION_COOKIE_SECURE"] else "careteam"


def _begin() -> None:
    g.request_id = uuid.uuid4().hex[:16]
    g.actor = ANONYMOUS
    g.signed = None
    if request.mimetype == "application/x-www-form-urlencoded":
        # such a form is read in one piece, also a stranger's; only files may be larger
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]
    mark_request(reads=request.method in SAFE_METHODS)


def _enter() -> ResponseReturnValue | None:
    """Identify, then ask the endpoint's declaration. What is not declared does not exist."""
    if request.endpoint is None:
        return None
    if request.endpoint in UNGUARDED:
        return None
    registry: dict[str, Access] = current_app.extensions["careteam_access"]
    access = registry.get(request.endpoint)
    if access is None:
        current_app.logger.error("undeclared endpoint", extra={"endpoint": request.endpoint})
        abort(404)
    if access is Entry.LINK:
        return enter_by_link(request.view_args or {})
    if access is Entry.CLIENT:
        return enter_as_client(request.view_args or {})
    if access is Entry.OWN_ENTRY:
        return enter_own_entry(request.view_args or {})
    identify()
    if access is Entry.PUBLIC:
        return None
    if g.actor.kind is not Kind.MEMBER:
        return _ask_to_sign_in()
    if g.signed.must_change_password and request.endpoint not in WITH_OLD_PASSWORD:
        return redirect(url_for("accounts.password_edit"), 303)
    if isinstance(access, Permission) and not _may_ever(access):
        raise Forbidden
    return None


def _may_ever(permission: Permission) -> bool:
    """False where the actor alone decides and decides against; rows are asked for later."""
    return permission not in ASKED_OF_THE_ACTOR_ALONE or allowed(g.actor, permission)


def is_for_members() -> bool:
    """Whether the route of this request asks for an account."""
    registry: dict[str, Access] = current_app.extensions["careteam_access"]
    access = registry.get(request.endpoint or "")
    return isinstance(access, Permission) or access is Entry.SIGNED_IN


def identify() -> None:
    token = request.cookies.get(cookie_name())
    if not token or len(token) > 100:
        return
    signed = find_signed_in(hash_token(token))
    if signed is None:
        return
    g.signed = signed
    g.actor = signed.actor
    if "csrf_token" not in session and signed.actor.account_id:
        sign_forms(signed.actor.account_id)
    keep_up(signed.house.pathways_stamp)
    if clock.now() - signed.last_seen_at > SEEN_EVERY and request.method in SAFE_METHODS:
        _note_seen(signed)


def _note_seen(signed: Signed) -> None:
    """Bookkeeping: a page is not refused because it cannot be written."""
    try:
        note_seen(signed.sign_in_id)
    except OperationalError as error:
        current_app.logger.warning("sign-in not noted as seen", exc_info=error)


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.method not in SAFE_METHODS:
        kept = find_kept()
        if kept and kept.typed_by:
            return sign_in_first(kept, NotFound.status)
        raise NotFound("Please sign in again. What you typed was not saved.")
    back = request.full_path.rstrip("?") if request.path != "/" else None
    return redirect(url_for("accounts.sign_in", next=back), 303)
