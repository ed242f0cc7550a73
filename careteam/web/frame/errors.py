"""One handler for everything that goes wrong: a plain sentence, and nothing half written."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError, SQLAlchemyError
from werkzeug.exceptions import HTTPException, SecurityError

from careteam.audit import reads
from careteam.kit.db import db
from careteam.kit.errors import CareteamError
from careteam.web.frame.again import find_kept, send_again, sign_in_first
from careteam.web.frame.gate import identify, is_for_members

TOO_OLD = "The page had been open too long, or you have signed out since."


def install(app: Flask) -> None:
    app.register_error_handler(CareteamError, _from_ours)
    app.register_error_handler(CSRFError, _from_csrf)
    app.register_error_handler(HTTPException, _from_http)
    app.register_error_handler(SQLAlchemyError, _from_database)
    app.register_error_handler(Exception, _from_bug)


def _from_ours(error: CareteamError) -> ResponseReturnValue:
    return _answer(error.status, error.message)


def _from_csrf(error: CSRFError) -> ResponseReturnValue:
    kept = find_kept()
    if kept is None:
        return _answer(400, TOO_OLD)
    if not is_for_members():
        return send_again(kept, 400)
    identify()
    if g.signed is None and kept.typed_by:
        return sign_in_first(kept, 400)
    return send_again(kept, 400) if kept.is_of(g.actor.account_id) else _answer(400, TOO_OLD)


def _from_http(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, SecurityError):
        # a foreign host name: no address of ours can be built, so no page either
        return "This server does not answer to that name.\n", 400, {"Content-Type": "text/plain"}
    return _answer(error.code or 500)


def _from_database(error: SQLAlchemyError) -> ResponseReturnValue:
    if isinstance(error, DataError):
        return _answer(422, "Something that was typed is too long or out of range.")
    if not isinstance(error, OperationalError):
        return _from_bug(error)
    current_app.logger.error("database error", exc_info=error, extra={"status": 503})
    return _answer(503)


def _from_bug(error: Exception) -> ResponseReturnValue:
    current_app.logger.error("unhandled error", exc_info=error)
    if current_app.config.get("PROPAGATE_BUGS"):
        raise error
    return _answer(500)


def _answer(status: int, message: str | None = None) -> ResponseReturnValue:
    """The page for `status`; its heading and advice stand in the template."""
    db.session.rollback()
    reads.forget()
    g.has_failed = True
    page = render_template(
        "errors/error.html",
        status=status,
        message=message,
        back=_page_of_the_form(status),
        request_id=g.get("request_id", ""),
    )
    return page, status


def _page_of_the_form(status: int) -> str:
    """Where a refused form was sent from, as the browser says, of pages of ours alone; what was
    too large may have come from a page of the same address."""
    if request.method != "POST" or status >= 500:
        return ""
    said = urlsplit(request.headers.get("Referer", ""))
    if said.scheme in ("http", "https") and said.netloc == request.host:
        return said.geturl()
    if status != 413:
        return ""
    try:
        current_app.create_url_adapter(request).match(method="GET")  # type: ignore[union-attr]
    except HTTPException:
        return ""
    return request.script_root + request.path
