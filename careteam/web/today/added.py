"""From a line of Today to what others added: one press looks at it and takes the line away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.features.clients.models import Client
from careteam.features.clients.queries import get_led_client, get_led_goal
from careteam.features.letters.models import Attachment
from careteam.features.letters.queries import content_of
from careteam.features.links.models import Link
from careteam.features.referrals.queries import find_referral
from careteam.features.teams.models import Refusal
from careteam.features.today.added_queries import AddedKind, list_files_that_came
from careteam.features.today.ended_queries import MODELS, get_ended, goal_offered
from careteam.features.today.operations import (
    see_added,
    see_ended,
    see_files,
    see_files_of_client,
)
from careteam.kit import clock
from careteam.kit.errors import NotFound
from careteam.web.frame.attachments import file_of
from careteam.web.frame.forms import page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.today.room import room


@room.post("/added/files/<uuid:referral_id>/look", access=SIGNED_IN)
def files_look(referral_id: UUID) -> ResponseReturnValue:
    """The sender finds them with the letter, whoever keeps the record now by themselves."""
    referral = find_referral(g.actor, referral_id)
    if referral is not None and referral.sender_id == g.actor.practitioner_id:
        see_files(actor=g.actor, referral=referral, until_at=_until())
        return redirect(url_for("referrals.file_list", referral_id=referral_id), 303)
    client = _client_of(list_files_that_came(g.actor, referral_id))
    see_files_of_client(actor=g.actor, client=client, referral_id=referral_id, until_at=_until())
    return redirect(url_for("today.file_list", referral_id=referral_id), 303)


def _client_of(files: Sequence[Attachment]) -> Client:
    return get_led_client(g.actor, files[0].client_id or uuid4())


@room.get("/added/files/<uuid:referral_id>", access=SIGNED_IN)
def file_list(referral_id: UUID) -> ResponseReturnValue:
    files = list_files_that_came(g.actor, referral_id)
    return page(
        "today/file_list.html", files=files, client=_client_of(files), referral_id=referral_id
    )


@room.get("/added/files/<uuid:referral_id>/<uuid:attachment_id>", access=SIGNED_IN)
def file_open(referral_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    for row in list_files_that_came(g.actor, referral_id):
        if row.id == attachment_id:
            return file_of(row, content_of(row))
    raise NotFound


@room.post("/added/<kind>/<uuid:goal_id>/look", access=SIGNED_IN)
def added_look(kind: str, goal_id: UUID) -> ResponseReturnValue:
    if kind not in (AddedKind.HOLD, AddedKind.CLEARANCE, AddedKind.VALUE):
        raise NotFound
    goal = get_led_goal(g.actor, goal_id)
    see_added(actor=g.actor, goal=goal, kind=AddedKind(kind), until_at=_until())
    if kind == AddedKind.VALUE:
        return redirect(url_for("measures.measure_list", goal_id=goal_id), 303)
    page = url_for("clients.client_show", client_id=goal.client_id, goal=goal_id, _anchor="safety")
    return redirect(page, 303)


@room.post("/ended/<kind>/<uuid:row_id>/look", access=SIGNED_IN)
def ended_look(kind: str, row_id: UUID) -> ResponseReturnValue:
    """To the referral of a link that the actor had given, to other names for a place instead of one
    that was refused, else to what is shared."""
    if kind not in MODELS:
        raise NotFound
    client, ended = get_ended(g.actor, kind, row_id)
    see_ended(actor=g.actor, client=client, ended=ended)
    if isinstance(ended, Refusal):
        return redirect(_other_names(client, ended), 303)
    asked = ended.referral_id if isinstance(ended, Link) else None
    if asked is not None and find_referral(g.actor, asked) is not None:
        return redirect(url_for("referrals.referral_show", referral_id=asked), 303)
    return redirect(url_for("clients.consent_list", client_id=client.id), 303)


def _other_names(client: Client, refusal: Refusal) -> str:
    """To the client, where the goal for which that name was offered has ended."""
    goal_id = goal_offered(g.actor, refusal)
    if goal_id is None:
        return url_for("clients.client_show", client_id=client.id)
    return url_for("teams.suggestion_show", goal_id=goal_id)


def _until() -> datetime:
    """Until when the line told of it; what came since then stays new."""
    try:
        until_at = datetime.fromisoformat(request.form.get("until", ""))
    except ValueError:
        return clock.now()
    return until_at if until_at.tzinfo else clock.now()
