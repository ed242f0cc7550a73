"""People put on a standing team and taken off it."""

from __future__ import annotations

from uuid import UUID

from flask import g, url_for
from flask.typing import ResponseReturnValue

from careteam.features.directory.queries import names_of
from careteam.features.standing import operations
from careteam.features.standing.queries import find_member, get_team
from careteam.kit.errors import Invalid
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done
from careteam.web.standing.forms import MemberForm, id_of
from careteam.web.standing.room import room


@room.post("/standing-teams/<uuid:team_id>/members", access=SIGNED_IN)
def member_add(team_id: UUID) -> ResponseReturnValue:
    team, form = get_team(g.actor, team_id), MemberForm()
    practitioner_id = id_of(form.practitioner.data)
    try:
        operations.add_member(
            actor=g.actor,
            team=team,
            practitioner_id=practitioner_id,
            discipline=form.discipline.data or "",
        )
    except Invalid as error:
        return done("standing.team_show", error.message, kind="alert", team_id=team.id)
    name = names_of([practitioner_id])[practitioner_id]
    undo = url_for("standing.member_remove", team_id=team.id, practitioner_id=practitioner_id)
    words = f"{name} is on the team."
    return done("standing.team_show", words, undo=undo, team_id=team.id, anchor="people")


@room.post("/standing-teams/<uuid:team_id>/members/<uuid:practitioner_id>/remove", access=SIGNED_IN)
def member_remove(team_id: UUID, practitioner_id: UUID) -> ResponseReturnValue:
    team = get_team(g.actor, team_id)
    member = find_member(team, practitioner_id)
    discipline = member.discipline if member else ""
    operations.drop_member(actor=g.actor, team=team, practitioner_id=practitioner_id)
    undo = url_for("standing.member_add", team_id=team.id) if discipline else None
    return done(
        "standing.team_show",
        "Taken off the team.",
        undo=undo,
        undo_fields={"practitioner": str(practitioner_id), "discipline": discipline},
        team_id=team.id,
        anchor="people",
    )
