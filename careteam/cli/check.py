"""`flask check`: derive again what is stored twice, and list what disagrees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import click
from flask.cli import with_appcontext

from careteam.cli import check_queries as asked
from careteam.domain.referral import Action, BrokenHistory
from careteam.features.directory.operations import recompute_search_text
from careteam.features.referrals.chasing.checking import plans_that_disagree
from careteam.features.referrals.history import event_of, standing_of, stored_fold
from careteam.features.referrals.models import Referral, ReferralEvent
from careteam.features.teams.effects import folds_that_disagree
from careteam.kit.db import db, reading


@click.command("check")
@with_appcontext
def check() -> None:
    """Check the database and everything stored twice in it. Changes nothing."""
    with reading():
        found = 0
        for line in problems():
            found += 1
            click.echo(line)
        db.session.rollback()
    if found:
        raise click.ClickException(f"{found} disagree. Nothing was changed.")
    click.echo("Everything agrees.")


def problems() -> Iterator[str]:
    """A line for everything that disagrees, in the order in which one would look at it."""
    yield from asked.file_problems()
    yield from (f"{name}: rows can be changed" for name in asked.unprotected_trails())
    yield from _referrals()
    for ids in asked.referral_ids():
        yield from plans_that_disagree(ids)
    for ids in asked.client_ids():
        yield from folds_that_disagree(ids)
    yield from _practitioners()
    yield from _seats()
    yield from _access()
    yield from _sample()


def _referrals() -> Iterator[str]:
    for row, events in asked.referrals_with_events():
        try:
            derived = derived_of(row, events)
        except (BrokenHistory, ValueError, KeyError) as error:
            yield f"referral {row.id}: its events do not follow the table of states: {error}"
            continue
        yield from _differences(f"referral {row.id}", row, derived)


def derived_of(row: Referral, events: list[ReferralEvent]) -> dict[str, Any]:
    """Every stored fold of a referral by its events. Raises BrokenHistory, ValueError, KeyError."""
    sent = [event_of(each) for each in events if each.action == Action.SEND]
    route = str(sent[-1].data["route"]) if sent else None
    return {**stored_fold(standing_of(events), is_past=row.is_past), "sent_by": route}


def _differences(name: str, row: Any, derived: dict[str, Any]) -> Iterator[str]:
    for column, value in derived.items():
        stored = getattr(row, column)
        if stored != value:
            yield f"{name}: {column} is {stored}, derived {value}"


def _practitioners() -> Iterator[str]:
    for row in asked.whole_practitioners():
        if row.search_text != recompute_search_text(row):
            yield f"practitioner {row.id}: search_text is not that of its entry"
    yield from _each(
        asked.claims_without_accounts(), "practitioner {}: claimed_at is set, derived none"
    )
    yield from _each(
        asked.accounts_without_claims(), "practitioner {}: claimed_at is empty, an account has it"
    )


def _seats() -> Iterator[str]:
    yield from _each(
        asked.seats_asked_of_nobody(), "seat {}: referred, but no referral is on its way"
    )
    yield from _each(
        asked.seats_filled_by_nothing(), "seat {}: filled, but no referral was accepted for it"
    )
    yield from _each(
        asked.open_seats_with_somebody(), "seat {}: its state and who is named do not fit"
    )


def _access() -> Iterator[str]:
    for name, number in asked.rows_of_two_clients():
        yield f"{name}: {number}"
    yield from _each(asked.links_half_ended(), "partner {}: stands, but the other side has ended")
    yield from _each(asked.sessions_of_closed_accounts(), "session {}: its account is closed")


def _sample() -> Iterator[str]:
    said, held = asked.sample_is_said()
    if said != held:
        words = "says it holds sample data and holds none" if said else "holds sample data unsaid"
        yield f"community: it {words}"


def _each(ids: Iterable[object], words: str) -> Iterator[str]:
    return (words.format(each) for each in ids)
