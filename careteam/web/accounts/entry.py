"""Coming in: the first set-up, signing in, signing out."""

from __future__ import annotations

from uuid import UUID

from flask import current_app, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from careteam.access.actor import ANONYMOUS
from careteam.features.accounts import signing_in
from careteam.features.accounts.operations import set_up
from careteam.features.accounts.queries import find_setup_link, get_sign_in, has_accounts
from careteam.kit.errors import NotFound, TooMany
from careteam.kit.tokens import hash_token
from careteam.web.accounts.forms import SetupForm
from careteam.web.accounts.room import room
from careteam.web.frame.again import SignInForm, send_again, sign_forms, unpack
from careteam.web.frame.devices import device_words
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.gate import cookie_name
from careteam.web.frame.room import PUBLIC, SIGNED_IN
from careteam.web.frame.sending import safe_path


@room.get("/sign-in", access=PUBLIC)
def sign_in() -> ResponseReturnValue:
    if g.signed:
        return redirect("/", 303)
    return page("accounts/sign_in.html", SignInForm(), next=safe_path(request.args.get("next")))


@room.post("/sign-in", access=PUBLIC)
def sign_in_check() -> ResponseReturnValue:
    form = SignInForm()
    back, kept = safe_path(request.form.get("next")), unpack(request.form.get("kept"))
    try:
        entered = attempt(form, lambda: _check(form))
    except TooMany as error:
        form.refuse(error)
        return page("accounts/sign_in.html", form, 429, next=back, kept=kept)
    if entered is None:
        return page("accounts/sign_in.html", form, next=back, kept=kept)
    account_id, token = entered
    _begin_anew(account_id)
    if kept is None or not kept.is_of(account_id):
        if kept:
            flash(
                "What was typed before you signed in is another account's. It was let go.", "wait"
            )
        return _with_cookie(redirect(back or "/", 303), token)
    return _with_cookie(send_again(kept), token)


def _check(form: SignInForm) -> tuple[UUID, str]:
    account = signing_in.check_password(
        form.email.data, form.password.data, request.remote_addr or ""
    )
    _end_session_of_this_browser()
    return account.id, signing_in.sign_in(account, form.password.data, device_words())


def _begin_anew(account_id: UUID) -> None:
    """Nothing of the browser's earlier form cookie counts any longer, its form token neither."""
    session.clear()
    g.pop("csrf_token", None)
    sign_forms(account_id)


def _with_cookie(response: Response, token: str) -> Response:
    response.set_cookie(
        cookie_name(),
        token,
        max_age=int(signing_in.LIFETIME.total_seconds()),
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return response


def _end_session_of_this_browser() -> None:
    """A browser has one session: whoever signs in again leaves none behind that still counts."""
    if g.signed:
        signing_in.end_session(actor=g.actor, sign_in=get_sign_in(g.actor, g.signed.sign_in_id))


@room.post("/sign-out", access=SIGNED_IN)
def sign_out() -> ResponseReturnValue:
    _end_session_of_this_browser()
    session.clear()
    response = redirect(url_for("accounts.sign_in"), 303)
    response.delete_cookie(
        cookie_name(), path="/", secure=current_app.config["SESSION_COOKIE_SECURE"]
    )
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@room.get("/setup", access=PUBLIC)
def setup() -> ResponseReturnValue:
    token = request.args.get("token", "")
    if has_accounts() or find_setup_link(hash_token(token)) is None:
        raise NotFound("This set-up link is spent or mistyped.")
    return page("accounts/setup.html", SetupForm(), token=token)


@room.post("/setup", access=PUBLIC)
def setup_save() -> ResponseReturnValue:
    form = SetupForm()
    token = request.form.get("token", "")
    account = attempt(
        form,
        lambda: set_up(
            actor=ANONYMOUS,
            token=token,
            community_name=form.community.data,
            name=form.name.data,
            email=form.email.data,
            password=form.password.data,
        ),
    )
    if account is None:
        return page("accounts/setup.html", form, token=token)
    cookie = signing_in.sign_in(account, form.password.data, device_words())
    _begin_anew(account.id)
    return _with_cookie(redirect(url_for("accounts.account_show"), 303), cookie)
