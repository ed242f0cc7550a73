"""One's own referrals and contacts to take away."""

from __future__ import annotations

from flask import g
from flask.typing import ResponseReturnValue

from careteam.exports.ledgers import contacts_csv, referrals_csv
from careteam.features.relationships.ledger_queries import (
    list_own_calls,
    list_own_referrals,
    list_own_touches,
)
from careteam.web.frame.files import taken_away
from careteam.web.frame.room import SIGNED_IN
from careteam.web.relationships.room import room


@room.get("/relationships/referrals.csv", access=SIGNED_IN)
def referrals_file() -> ResponseReturnValue:
    rows = list_own_referrals(g.actor)
    return taken_away(referrals_csv(g.actor, rows), "referrals.csv", "text/csv")


@room.get("/relationships/contacts.csv", access=SIGNED_IN)
def contacts_file() -> ResponseReturnValue:
    rows = contacts_csv(list_own_touches(g.actor), list_own_calls(g.actor))
    return taken_away(rows, "contacts.csv", "text/csv")
