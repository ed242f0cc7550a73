"""Who looked at the record, and what was changed, in sentences: names of things, never values."""

from __future__ import annotations

from uuid import UUID

from flask import g, request
from flask.typing import ResponseReturnValue

from careteam.access.guard import require
from careteam.access.permissions import Permission
from careteam.audit.queries import list_events_of, list_reads_of
from careteam.features.clients.queries import get_client
from careteam.web.clients.room import room
from careteam.web.frame.forms import page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.trail import change_lines, read_lines

KINDS = ("changes", "reads")


@room.get("/clients/<uuid:client_id>/log", access=SIGNED_IN)
def client_log(client_id: UUID) -> ResponseReturnValue:
    client = get_client(g.actor, client_id)
    require(g.actor, Permission.READ_ACCESS_LOG, client, seen=False)
    kind = request.args.get("show") if request.args.get("show") in KINDS else "reads"
    lines = (
        change_lines(list_events_of(client.id))
        if kind == "changes"
        else read_lines(list_reads_of(client.id))
    )
    return page("clients/client_log.html", client=client, kind=kind, days=lines)
