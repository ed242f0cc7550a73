"""The address in a mail: it opens nothing by itself and is left at once."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from careteam.features.referrals.linked import link_of_token
from careteam.web.frame.linking import closed_page, note_opened
from careteam.web.frame.room import PUBLIC
from careteam.web.links.room import room


@room.get("/r/<path:token>", access=PUBLIC)
def link_open(token: str) -> ResponseReturnValue:
    """Also for whatever a mail program made of the address: it opens nothing, like all others."""
    link_id = link_of_token(token)
    if link_id is None:
        return closed_page()
    note_opened(link_id)
    return redirect(url_for("links.link_show", link_id=link_id), 303)
