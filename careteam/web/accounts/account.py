"""One's own account: details, password, and where one is signed in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g, request
from flask.typing import ResponseReturnValue

from careteam.domain.news import WORDS, HowOften
from careteam.features.accounts import operations, signing_in
from careteam.features.accounts.models import Account
from careteam.features.accounts.queries import get_account, get_sign_in, list_sign_ins
from careteam.features.notes.news import choose_news
from careteam.kit.errors import Conflict, Invalid
from careteam.web.accounts.forms import GOOD_WORDS_HINT, OwnDetailsForm, PasswordForm
from careteam.web.accounts.room import room
from careteam.web.frame.forms import attempt, conflict_rows, merged, page, shown
from careteam.web.frame.news import NewsForm
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done

LABELS = {"name": "Name", "email": "E-mail", "keeps_ties_private": "Ties kept private"}


def _own() -> Account:
    return get_account(g.actor, g.actor.account_id)


def _details(account: Account) -> dict[str, Any]:
    return {name: getattr(account, name) for name in LABELS}


@room.get("/account", access=SIGNED_IN)
def account_show() -> ResponseReturnValue:
    account = _own()
    return _account_page(OwnDetailsForm(obj=account), account)


def _account_page(
    form: OwnDetailsForm,
    account: Account,
    status: int = 200,
    *,
    news: NewsForm | None = None,
    **context: object,
) -> ResponseReturnValue:
    return page(
        "accounts/account_show.html",
        form,
        status,
        account=account,
        was=shown(_details(account)),
        sign_ins=list_sign_ins(g.actor),
        this_sign_in=g.signed.sign_in_id,
        news=news or NewsForm(formdata=None, obj=account),
        news_words=WORDS[HowOften(account.news_mail)],
        **context,
    )


@room.post("/account", access=SIGNED_IN)
def account_save() -> ResponseReturnValue:
    account, form = _own(), OwnDetailsForm()
    try:
        saved = attempt(form, lambda: _save(form, account))
    except Conflict as error:
        return _account_page(form, account, 409, conflicts=conflict_rows(error, LABELS))
    if saved is None:
        return _account_page(form, account)
    return done("accounts.account_show", "Your details are saved.")


def _save(form: OwnDetailsForm, account: Account) -> Account:
    stored = _details(account)
    changes = merged(
        form.version, account.version, stored, {name: form[name].data for name in LABELS}
    )
    return operations.change_own_details(actor=g.actor, account=account, **(stored | changes))


@room.post("/account/news-mail", access=SIGNED_IN)
def news_mail_save() -> ResponseReturnValue:
    account, news = _own(), NewsForm()
    saved = attempt(
        news,
        lambda: choose_news(actor=g.actor, account=account, how_often=news.news_mail.data),
    )
    if saved is None:
        return _account_page(OwnDetailsForm(formdata=None, obj=account), account, 422, news=news)
    return done("accounts.account_show", "How often mail comes is saved.", anchor="news-mail")


@room.get("/account/password", access=SIGNED_IN)
def password_edit() -> ResponseReturnValue:
    return _password_page(PasswordForm())


def _password_page(form: PasswordForm) -> ResponseReturnValue:
    return page(
        "accounts/password_edit.html",
        form,
        hint=GOOD_WORDS_HINT,
        must_change=g.signed.must_change_password,
    )


@room.post("/account/password", access=SIGNED_IN)
def password_save() -> ResponseReturnValue:
    form = PasswordForm()
    saved = attempt(form, lambda: _new_password(form))
    if saved is None:
        return _password_page(form)
    return done(
        "accounts.account_show", "Your password is changed; everywhere else you are signed out."
    )


def _new_password(form: PasswordForm) -> Account:
    """The password now counts as a try of signing in, so that an open screen is no place to guess.

    Raises `TooMany` as signing in does.
    """
    try:
        signing_in.check_password(_own().email, form.current.data, request.remote_addr or "")
    except Invalid:
        raise Invalid("This is not your password.", field="current") from None
    return operations.change_password(
        actor=g.actor,
        account=_own(),
        current=form.current.data,
        password=form.password.data,
        keep=g.signed.sign_in_id,
    )


@room.post("/account/sign-ins/<uuid:sign_in_id>/end", access=SIGNED_IN)
def sign_in_end(sign_in_id: UUID) -> ResponseReturnValue:
    signing_in.end_session(actor=g.actor, sign_in=get_sign_in(g.actor, sign_in_id))
    return done("accounts.account_show", "That browser is signed out.")


@room.post("/account/sign-ins/end-others", access=SIGNED_IN)
def sign_ins_end_others() -> ResponseReturnValue:
    signing_in.end_other_sessions(actor=g.actor, account=_own(), keep=g.signed.sign_in_id)
    return done("accounts.account_show", "Everywhere else you are signed out.")
