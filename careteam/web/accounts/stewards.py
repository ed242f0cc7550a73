"""The steward's list of accounts."""

from __future__ import annotations

from uuid import UUID, uuid4

from flask import g, request
from flask.typing import ResponseReturnValue

from careteam.access.permissions import Permission
from careteam.features.accounts import operations, stewarding
from careteam.features.accounts.models import Account
from careteam.features.accounts.queries import find_account, get_account, list_accounts
from careteam.kit.errors import CareteamError
from careteam.kit.paging import page_number
from careteam.web.accounts.forms import (
    GOOD_WORDS_HINT,
    AccountForm,
    FindForm,
    FirstPasswordForm,
)
from careteam.web.accounts.room import room
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.sending import done


@room.get("/accounts", access=Permission.MANAGE_ACCOUNTS)
def account_list() -> ResponseReturnValue:
    search = FindForm(request.args)
    words = search.q.data or ""
    return page(
        "accounts/account_list.html",
        search=search,
        words=words,
        accounts=list_accounts(g.actor, words, page_number(request.args.get("page"))),
    )


@room.get("/accounts/new", access=Permission.MANAGE_ACCOUNTS)
def account_new() -> ResponseReturnValue:
    return page("accounts/account_new.html", AccountForm(), new_id=uuid4(), hint=GOOD_WORDS_HINT)


@room.post("/accounts/new", access=Permission.MANAGE_ACCOUNTS)
def account_create() -> ResponseReturnValue:
    form = AccountForm()
    if find_account(g.actor, form.new_id) is not None:
        return done("accounts.account_list")
    account = attempt(
        form,
        lambda: operations.add_account(
            actor=g.actor,
            account_id=form.new_id,
            name=form.name.data,
            email=form.email.data,
            password=form.password.data,
            is_steward=form.is_steward.data,
        ),
    )
    if account is None:
        return page("accounts/account_new.html", form, new_id=form.new_id, hint=GOOD_WORDS_HINT)
    return done("accounts.account_list", f"{account.name} can sign in with the first password.")


@room.get("/accounts/<uuid:account_id>", access=Permission.MANAGE_ACCOUNTS)
def member_show(account_id: UUID) -> ResponseReturnValue:
    return _member_page(FirstPasswordForm(), get_account(g.actor, account_id))


def _member_page(form: FirstPasswordForm, account: Account) -> ResponseReturnValue:
    return page("accounts/member_show.html", form, account=account, hint=GOOD_WORDS_HINT)


@room.post("/accounts/<uuid:account_id>/password", access=Permission.MANAGE_ACCOUNTS)
def first_password_save(account_id: UUID) -> ResponseReturnValue:
    form, account = FirstPasswordForm(), get_account(g.actor, account_id)
    saved = attempt(
        form,
        lambda: stewarding.set_first_password(
            actor=g.actor, account=account, password=form.password.data
        ),
    )
    if saved is None:
        return _member_page(form, account)
    return done(
        "accounts.member_show",
        f"{account.name} can sign in with the new first password.",
        account_id=account_id,
    )


@room.post("/accounts/<uuid:account_id>/steward", access=Permission.MANAGE_ACCOUNTS)
def stewardship_save(account_id: UUID) -> ResponseReturnValue:
    becomes, account = bool(request.form.get("is_steward")), get_account(g.actor, account_id)
    stewarding.change_stewardship(actor=g.actor, account=account, is_steward=becomes)
    return done(
        "accounts.member_show",
        f"{account.name} is {'a steward now' if becomes else 'no longer a steward'}.",
        undo=request.path,
        undo_fields={"is_steward": "" if becomes else "y"},
        account_id=account_id,
    )


@room.post("/accounts/<uuid:account_id>/close", access=Permission.MANAGE_ACCOUNTS)
def account_close(account_id: UUID) -> ResponseReturnValue:
    account = get_account(g.actor, account_id)
    try:
        operations.disable_account(actor=g.actor, account=account)
    except CareteamError as error:
        return done("accounts.account_list", error.message, kind="alert")
    return done(
        "accounts.account_list",
        f"{account.name} can no longer sign in.",
        undo=request.path.replace("/close", "/open"),
    )


@room.post("/accounts/<uuid:account_id>/open", access=Permission.MANAGE_ACCOUNTS)
def account_open(account_id: UUID) -> ResponseReturnValue:
    account = operations.enable_account(actor=g.actor, account=get_account(g.actor, account_id))
    return done("accounts.account_list", f"{account.name} can sign in again.")
