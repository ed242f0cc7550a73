"""The list of referrals: what needs me first."""

from __future__ import annotations

from flask import g, request
from flask.typing import ResponseReturnValue

from careteam.access.permissions import Permission
from careteam.domain.referral.labels import URGENCIES
from careteam.features.referrals.queries import Stage, count_stages, list_referrals
from careteam.kit.paging import page_number
from careteam.web.frame.forms import page
from careteam.web.referrals.room import room

DIRECTIONS = {"in": True, "out": False}


@room.get("/referrals", access=Permission.READ_DIRECTORY)
def referral_list() -> ResponseReturnValue:
    direction = request.args.get("way", "")
    incoming = DIRECTIONS.get(direction)
    counts = count_stages(g.actor, incoming)
    stage = _stage(request.args.get("show"), counts)
    return page(
        "referrals/referral_list.html",
        found=list_referrals(
            g.actor, stage=stage, incoming=incoming, page=page_number(request.args.get("page"))
        ),
        stage=stage,
        counts=counts,
        direction=direction if direction in DIRECTIONS else "",
        urgencies=URGENCIES,
    )


def _stage(given: str | None, counts: dict[Stage, int]) -> Stage:
    """What is asked for, else what needs me, else what is under way."""
    if given in set(Stage):
        return Stage(given)
    return Stage.MINE if counts[Stage.MINE] or not counts[Stage.UNDER_WAY] else Stage.UNDER_WAY
