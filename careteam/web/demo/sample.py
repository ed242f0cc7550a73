"""Start for real: the page that says what goes and what stays, and the act itself."""

from __future__ import annotations

from typing import Any

from flask import g
from flask.typing import ResponseReturnValue

from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.features.accounts.models import Account
from careteam.features.accounts.queries import actor_of, get_account
from careteam.features.demo.queries import has_sample
from careteam.features.demo.removal import Person, Removed, start_for_real
from careteam.features.demo.removal_queries import counts, staying_accounts, staying_practitioners
from careteam.web.demo.forms import FirstPersonForm, StartForm
from careteam.web.demo.room import room
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done


@room.get("/sample", access=SIGNED_IN)
def sample_show() -> ResponseReturnValue:
    if not has_sample():
        return done("accounts.account_show", "There are no sample data here any more.", kind="info")
    return _page(_form())


@room.post("/sample", access=Permission.MANAGE_COMMUNITY)
def sample_remove() -> ResponseReturnValue:
    if not has_sample():
        return done("accounts.account_show", "There are no sample data here any more.", kind="info")
    form = _form()
    removed = attempt(form, lambda: _start(form))
    if removed is None:
        return _page(form)
    g.actor = actor_of(_own())
    return page("demo/sample_removed.html", removed=removed, entry_id=g.actor.practitioner_id)


def _own() -> Account:
    return get_account(g.actor, g.actor.account_id)


def _form() -> StartForm:
    return FirstPersonForm() if _own().is_sample else StartForm()


def _start(form: StartForm) -> Removed:
    person = None
    if isinstance(form, FirstPersonForm):
        person = Person(form.name.data, form.email.data, form.password.data)
    return start_for_real(
        actor=g.actor,
        community_name=form.community.data,
        person=person,
        keep_sign_in=g.signed.sign_in_id,
    )


def _page(form: StartForm) -> Any:
    accounts = staying_accounts(g.actor.account_id)
    staying = staying_practitioners([account.id for account in accounts])
    own = {account.practitioner_id for account in accounts}
    numbers = counts()
    return page(
        "demo/sample_show.html",
        form,
        counts=numbers,
        going=numbers.practitioners - len(staying),
        staying=[entry for entry in staying if entry.id not in own],
        others=[account for account in accounts if account.id != g.actor.account_id],
        may_start=allowed(g.actor, Permission.MANAGE_COMMUNITY),
    )
