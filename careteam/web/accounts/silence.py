"""What follows when nobody answers, for the whole community; and the Monday mail of one's own."""

from __future__ import annotations

from typing import Any

from flask import current_app, g
from flask.typing import ResponseReturnValue

from careteam.access.permissions import Permission
from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral.labels import URGENCIES
from careteam.features.accounts.queries import get_account
from careteam.features.referrals.chasing.changing import NAMES, Steps, change_default
from careteam.features.referrals.chasing.monday import want_monday_mail
from careteam.features.referrals.chasing.planning import community_policies, is_editable
from careteam.features.referrals.chasing.queries import list_defaults
from careteam.kit.errors import Conflict, NotFound
from careteam.kit.holidays import has_holidays
from careteam.web.accounts.room import room
from careteam.web.frame.forms import attempt, conflict_rows, merged, page, shown
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done
from careteam.web.frame.steps import StepsForm

LABELS = {
    "remind_days": "They are reminded after",
    "tell_days": "The sender is told after",
    "propose_days": "The next person is proposed after",
    "expire_days": "It is given up after",
}
EDITABLE = (Urgency.URGENT, Urgency.SOON, Urgency.ROUTINE)


@room.get("/community/silence", access=Permission.MANAGE_COMMUNITY)
def silence_edit() -> ResponseReturnValue:
    return _page()


def _values() -> dict[Urgency, dict[str, Any]]:
    """The steps of each urgency in whole days, as this community has them."""
    policies = community_policies()
    return {
        urgency: {name: getattr(Steps.of(policies[urgency]), name) for name in NAMES}
        for urgency in EDITABLE
    }


def _page(
    form: StepsForm | None = None,
    wrong: Urgency | None = None,
    status: int = 200,
    **context: object,
) -> ResponseReturnValue:
    """One form for each urgency; the one that was refused keeps what was typed."""
    values, versions = _values(), {row.urgency: row.version for row in list_defaults()}
    settings = current_app.extensions["careteam_settings"]
    cards = [
        {
            "urgency": urgency,
            "words": URGENCIES[urgency],
            "form": form if urgency is wrong else _form(urgency, values[urgency]),
            "version": versions.get(urgency, 0),
            "was": shown(values[urgency]),
        }
        for urgency in EDITABLE
    ]
    return page(
        "accounts/silence_edit.html",
        form,
        status,
        cards=cards,
        has_holidays=has_holidays(settings.country),
        settings=settings,
        **context,
    )


def _form(urgency: Urgency, values: dict[str, Any]) -> StepsForm:
    form = StepsForm(formdata=None, data=values)
    _name(form, urgency)
    return form


def _name(form: StepsForm, urgency: Urgency) -> None:
    """Several stand on one page, so each field has an id of its own."""
    for name in NAMES:
        form[name].id = f"{urgency}-{name}"
        form[name].label.field_id = form[name].id


@room.post("/community/silence/<urgency>", access=Permission.MANAGE_COMMUNITY)
def silence_save(urgency: str) -> ResponseReturnValue:
    which, form = _known(urgency), StepsForm()
    _name(form, which)
    try:
        saved = attempt(form, lambda: _save(form, which))
    except Conflict as error:
        return _page(form, which, 409, conflicts=conflict_rows(error, LABELS))
    if saved is None:
        return _page(form, which)
    return done("accounts.silence_edit", f"Saved for {URGENCIES[which].lower()}.")


def _known(urgency: str) -> Urgency:
    if urgency not in set(Urgency) or not is_editable(Urgency(urgency)):
        raise NotFound
    return Urgency(urgency)


def _save(form: StepsForm, urgency: Urgency) -> Any:
    versions = {row.urgency: row.version for row in list_defaults()}
    stored = _values()[urgency]
    sent = {name: form[name].data for name in NAMES}
    values = stored | merged(form.version, versions.get(urgency, 0), stored, sent)
    return change_default(actor=g.actor, urgency=urgency, steps=Steps(**values))


@room.post("/account/monday-mail/<wanted>", access=SIGNED_IN)
def monday_mail(wanted: str) -> ResponseReturnValue:
    if wanted not in ("on", "off"):
        raise NotFound
    account = get_account(g.actor, g.actor.account_id)
    want_monday_mail(actor=g.actor, account=account, wants=wanted == "on")
    words = "The Monday mail comes again." if wanted == "on" else "The Monday mail is stopped."
    return done("accounts.account_show", words, anchor="monday-mail")
