"""The address in a mail: it opens nothing by itself and is left at once."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.features.referrals.linked import link_of_token
from careteam.web.frame.linking import closed_page, note_opened
from careteam.web.frame.room import PUBLIC
from careteam.web.links.room import room

PAGES = {"plan": "links.plan_show", "news": "links.note_list", "mails": "links.mails_show"}
"""Where the address in a mail may lead; without a code all but the last ask for one."""


@room.get("/r/<path:token>", access=PUBLIC)
def link_open(token: str) -> ResponseReturnValue:
    """Also for whatever a mail program made of the address: it opens nothing, like all others."""
    link_id = link_of_token(token)
    if link_id is None:
        return closed_page()
    note_opened(link_id)
    page = PAGES.get(request.args.get("to", ""), "links.link_show")
    return redirect(url_for(page, link_id=link_id), 303)
