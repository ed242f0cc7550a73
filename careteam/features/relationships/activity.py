"""Reading somebody's public activity by machine: on demand, counted, kept as a draft."""

from __future__ import annotations

from flask import current_app

from careteam.access.actor import Actor
from careteam.domain.relationships.activity import (
    Source,
    Unreadable,
    activity_words,
    counted,
    source_of,
)
from careteam.domain.relationships.observing import Fact
from careteam.features.accounts.tries import Limit, take_tries
from careteam.features.relationships.observations import Looked
from careteam.kit import clock
from careteam.kit.errors import Invalid
from careteam.kit.outward import Door, NoAnswer
from careteam.settings import Settings

FIELD = "handle"
MOST_BY_ONE = 10
MOST_AT_HOST = 30
"""Within fifteen minutes, by one account and at one host by all together."""


def door() -> Door:
    """The way out, to the servers that the settings name; tests put their own in its place."""
    settings: Settings = current_app.extensions["careteam_settings"]
    kept: Door | None = current_app.extensions.get("careteam_door")
    return kept or Door(hosts=frozenset(settings.activity_hosts))


def may_read_by_machine() -> bool:
    """Whether whoever runs this has named a server that may be asked."""
    return bool(door().hosts)


def read_activity(actor: Actor, typed: str | None) -> Looked:
    """Ask the service and count. No transaction is open while it is asked; it takes some seconds
    at most. Raises `Invalid` beside the handle, `TooMany`.
    """
    source = source_of(typed or "")
    if source is None:
        raise Invalid(
            "Type a handle such as @name@server.example or name.bsky.social.", field=FIELD
        )
    if source.host not in door().hosts:
        raise Invalid(f"{source.host} is not among the servers that may be asked.", field=FIELD)
    take_tries(
        [
            Limit(f"activity by {actor.account_id}", MOST_BY_ONE),
            Limit(f"activity at {source.host}", MOST_AT_HOST),
        ]
    )
    return _looked(source)


def _looked(source: Source) -> Looked:
    try:
        with door().ask(source.host) as ask:
            posts = source.posts(ask)
    except NoAnswer as error:
        if error.status in (400, 404):
            raise Invalid(f"{source.host} knows nobody of this name.", field=FIELD) from error
        raise Invalid(f"{error.reason} Look by hand.", field=FIELD) from error
    except Unreadable as error:
        words = f"The answer of {source.host} could not be read. Look by hand."
        raise Invalid(words, field=FIELD) from error
    zone = clock.local(clock.now()).tzinfo
    assert zone is not None
    found = counted(posts, zone, clock.today())
    return Looked(
        Fact.SOCIAL,
        last_post_on=found.last_on,
        link=source.page,
        note=activity_words(found, source.host),
    )
