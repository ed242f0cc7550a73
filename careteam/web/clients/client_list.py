"""My clients, and the clients whose team I am on."""

from __future__ import annotations

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.features.clients.queries import ClientLine, list_client_lines, note_lines
from careteam.kit.paging import Page, page_number
from careteam.web.clients.forms import FindForm
from careteam.web.clients.next_thing import next_things
from careteam.web.clients.room import room
from careteam.web.frame.forms import SHORT, page
from careteam.web.frame.room import SIGNED_IN

PAGE_SIZE = 50


@room.get("/clients", access=SIGNED_IN)
def client_list() -> ResponseReturnValue:
    find = FindForm(request.args)
    search = (find.q.data or "")[:SHORT] or None
    found = list_client_lines(g.actor, search)
    shown = _page_of(found, page_number(request.args.get("page")))
    others = [line for line in shown.items if not line.is_lead]
    note_lines(others)
    return page(
        "clients/client_list.html",
        find=find.q,
        search=search,
        shown=shown,
        own=[line for line in shown.items if line.is_lead],
        others=others,
        next_things=next_things(g.actor, shown.items),
        can_add=allowed(g.actor, Permission.ADD_CLIENT),
        page_url=lambda number: url_for("clients.client_list", q=search, page=number),
    )


def _page_of(found: list[ClientLine], number: int) -> Page[ClientLine]:
    """Own clients stand before the others, also across pages."""
    found = sorted(found, key=lambda line: not line.is_lead)
    last = max(1, -(-len(found) // PAGE_SIZE))
    number = min(number, last)
    start = (number - 1) * PAGE_SIZE
    return Page(found[start : start + PAGE_SIZE], number, PAGE_SIZE, len(found))
