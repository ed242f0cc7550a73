"""The directory to take away: as a table, as business cards."""

from __future__ import annotations

from uuid import UUID

from flask import g
from flask.typing import ResponseReturnValue

from careteam.access.permissions import Permission
from careteam.exports.directories import practitioners_csv, practitioners_vcf
from careteam.features.directory.queries import get_practitioner, list_everybody
from careteam.kit.errors import NotFound
from careteam.web.directory.room import room
from careteam.web.frame.files import taken_away

CARD = "text/vcard"


@room.get("/practitioners.csv", access=Permission.READ_DIRECTORY)
def directory_csv() -> ResponseReturnValue:
    return taken_away(practitioners_csv(list_everybody(g.actor)), "directory.csv", "text/csv")


@room.get("/practitioners.vcf", access=Permission.READ_DIRECTORY)
def directory_vcf() -> ResponseReturnValue:
    return taken_away(practitioners_vcf(list_everybody(g.actor)), "directory.vcf", CARD)


@room.get("/practitioners/<uuid:practitioner_id>.vcf", access=Permission.READ_DIRECTORY)
def practitioner_vcf(practitioner_id: UUID) -> ResponseReturnValue:
    entry = get_practitioner(g.actor, practitioner_id)
    if entry.retired_at is not None:
        raise NotFound
    return taken_away(practitioners_vcf([entry]), "card.vcf", CARD)
