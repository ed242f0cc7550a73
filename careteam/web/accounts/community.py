"""The steward's page about the community itself."""

from __future__ import annotations

from flask import current_app, g
from flask.typing import ResponseReturnValue

from careteam.access.permissions import Permission
from careteam.features.accounts.models import Community
from careteam.features.accounts.queries import get_community
from careteam.features.accounts.stewarding import rename_community, send_yearly_mail
from careteam.kit.errors import Conflict, NotFound
from careteam.web.accounts.forms import CommunityForm
from careteam.web.accounts.room import room
from careteam.web.frame.forms import attempt, conflict_rows, merged, page, shown
from careteam.web.frame.sending import done

LABELS = {"name": "Name of your community"}


@room.get("/community", access=Permission.MANAGE_COMMUNITY)
def community_edit() -> ResponseReturnValue:
    community = get_community()
    return _page(CommunityForm(obj=community), community)


def _page(
    form: CommunityForm, community: Community, status: int = 200, **context: object
) -> ResponseReturnValue:
    return page(
        "accounts/community_edit.html",
        form,
        status,
        community=community,
        was=shown({"name": community.name}),
        settings=current_app.extensions["careteam_settings"],
        **context,
    )


@room.post("/community", access=Permission.MANAGE_COMMUNITY)
def community_save() -> ResponseReturnValue:
    community, form = get_community(), CommunityForm()
    try:
        saved = attempt(form, lambda: _save(form, community))
    except Conflict as error:
        return _page(form, community, 409, conflicts=conflict_rows(error, LABELS))
    if saved is None:
        return _page(form, community)
    return done("accounts.community_edit", "The community is saved.")


@room.post("/community/yearly-mail/<wanted>", access=Permission.MANAGE_COMMUNITY)
def community_yearly_mail(wanted: str) -> ResponseReturnValue:
    if wanted not in ("on", "off"):
        raise NotFound
    send_yearly_mail(actor=g.actor, community=get_community(), wanted=wanted == "on")
    words = "The yearly mail leaves again." if wanted == "on" else "The yearly mail is stopped."
    return done("accounts.community_edit", words, anchor="yearly-mail")


def _save(form: CommunityForm, community: Community) -> Community:
    stored = {"name": community.name}
    changes = merged(form.version, community.version, stored, {"name": form.name.data})
    return rename_community(actor=g.actor, community=community, **(stored | changes))
