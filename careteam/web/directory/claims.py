"""Whose entry is whose: "this is me", and an account given by a steward."""

from __future__ import annotations

from uuid import UUID, uuid4

from flask import g
from flask.typing import ResponseReturnValue

from careteam.access.permissions import Permission
from careteam.features.accounts.operations import add_account
from careteam.features.accounts.queries import get_account
from careteam.features.directory import claiming
from careteam.features.directory.models import Practitioner
from careteam.features.directory.queries import get_practitioner, list_accounts_without_entry
from careteam.kit.errors import CareteamError
from careteam.web.directory.forms import LinkForm, NewAccountForm
from careteam.web.directory.room import room
from careteam.web.frame.forms import attempt, choices, page
from careteam.web.frame.sending import done


@room.post("/practitioners/<uuid:practitioner_id>/claim", access=Permission.READ_DIRECTORY)
def practitioner_claim(practitioner_id: UUID) -> ResponseReturnValue:
    entry = get_practitioner(g.actor, practitioner_id)
    try:
        claiming.claim_entry(
            actor=g.actor, account=get_account(g.actor, g.actor.account_id), practitioner=entry
        )
    except CareteamError as error:
        return done(
            "directory.practitioner_show",
            error.message,
            kind="alert",
            practitioner_id=practitioner_id,
        )
    return done(
        "directory.practitioner_show", "This is your entry now.", practitioner_id=practitioner_id
    )


@room.get("/practitioners/<uuid:practitioner_id>/account", access=Permission.MANAGE_ACCOUNTS)
def claim_edit(practitioner_id: UUID) -> ResponseReturnValue:
    entry = get_practitioner(g.actor, practitioner_id)
    made = NewAccountForm(None)
    made.email.data = entry.email
    return _page(entry, _link_form(), made)


def _link_form() -> LinkForm:
    form = LinkForm()
    form.account.choices = choices(
        (str(account.id), f"{account.name}, {account.email}")
        for account in list_accounts_without_entry(g.actor)
    )
    return form


def _page(
    entry: Practitioner, link: LinkForm, made: NewAccountForm, new_id: UUID | None = None
) -> ResponseReturnValue:
    wrong = made if made.errors or made.form_errors else link
    return page(
        "directory/claim_edit.html",
        wrong,
        entry=entry,
        link=link,
        made=made,
        new_id=new_id or uuid4(),
    )


@room.post("/practitioners/<uuid:practitioner_id>/account", access=Permission.MANAGE_ACCOUNTS)
def claim_save(practitioner_id: UUID) -> ResponseReturnValue:
    entry, form = get_practitioner(g.actor, practitioner_id), _link_form()
    linked = attempt(
        form,
        lambda: claiming.link_entry(
            actor=g.actor,
            account=get_account(g.actor, UUID(form.account.data)),
            practitioner=entry,
        ),
    )
    if linked is None:
        return _page(entry, form, NewAccountForm(None))
    return done(
        "directory.practitioner_show",
        f"The account is linked to {entry.name}.",
        practitioner_id=entry.id,
    )


@room.post("/practitioners/<uuid:practitioner_id>/account/new", access=Permission.MANAGE_ACCOUNTS)
def claim_create(practitioner_id: UUID) -> ResponseReturnValue:
    entry, form = get_practitioner(g.actor, practitioner_id), NewAccountForm()
    if attempt(form, lambda: _give_account(entry, form)) is None:
        return _page(entry, _link_form(), form, form.new_id)
    return done(
        "directory.practitioner_show",
        f"{entry.name} can sign in with the first password.",
        practitioner_id=entry.id,
    )


def _give_account(entry: Practitioner, form: NewAccountForm) -> Practitioner:
    account = add_account(
        actor=g.actor,
        account_id=form.new_id,
        name=entry.name,
        email=form.email.data,
        password=form.password.data,
    )
    return claiming.link_entry(actor=g.actor, account=account, practitioner=entry)
