"""The pages. One room a subject; the frame stands around them all."""

from __future__ import annotations

from flask import Flask

from careteam.web import (
    accounts,
    calendars,
    clients,
    demo,
    directory,
    entries,
    frame,
    links,
    measures,
    network,
    notes,
    now,
    own,
    pathways,
    plans,
    referrals,
    relationships,
    standing,
    system,
    teams,
    today,
)

ROOMS = (
    system.room,
    accounts.room,
    directory.room,
    pathways.room,
    clients.room,
    teams.room,
    standing.room,
    network.room,
    referrals.room,
    links.room,
    own.room,
    entries.room,
    measures.room,
    plans.room,
    notes.room,
    relationships.room,
    now.room,
    today.room,
    calendars.room,
    demo.room,
)


def install(app: Flask) -> None:
    frame.install(app)
    for room in ROOMS:
        app.register_blueprint(room)
