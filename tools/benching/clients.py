"""Forty clients for the main person: the worked example's, a quiet one, and copies of these."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Table, insert, select

from careteam.domain.referral import Action
from careteam.features.clients.details import Details
from careteam.features.clients.goals import Wording
from careteam.features.clients.models import Client
from careteam.features.demo.keys import sample_id
from careteam.features.demo.stories.story import Cast, Step, Story, accepted, booked
from careteam.kit.db import Base, db

COPIES = {"runner": 2, "baby": 1, "weight": 1, "quiet": 30}
"""With the originals 40 clients. Few of a busy person's clients need something on one day."""

LEFT_OUT = {"audit_events", "access_reads", "partners"}
"""A copy has no history of its own and no partner, whose step in its plan is then its own."""


def add_clients() -> None:
    _tell_quiet_story()
    tell_open_story()
    for story, count in COPIES.items():
        for number in range(count):
            _copy(sample_id("client", story), f"{story} {number}")


def _tell_quiet_story() -> None:
    """Nothing is late and nobody waits."""
    cast = Cast.assembled()
    story = Story.begin(
        cast,
        "quiet",
        Details(name="Quiet Person", phone="+44 7700 900904", place="Exeter"),
        Wording(
            statement="I want to run again next summer.",
            measure="own_activity",
            baseline=2,
            target=8,
            target_on=cast.day(-200),
        ),
        "achilles_rupture_nonoperative",
        days_ago=30,
        anchor_on=cast.day(35),
    )
    nothing = (
        "new_pop calf_clot clot_risk numb_skin steroid antibiotic diabetes_vascular smoke fear_mood"
    )
    answers: dict[str, str | float] = dict.fromkeys(nothing.split(), "no")
    story.answer(
        30, confirmed="yes", sudden_pop="yes", days_since=5, sport_level="daily_life", **answers
    )
    story.own(30, "orthopaedic_surgeon", "fracture")
    story.own(30, "general_practitioner", "quay")
    for discipline, key in (("physiotherapist", "bryn"), ("nutritionist", "thora")):
        story.refer(
            29,
            discipline,
            key,
            reason="A torn tendon, no surgery.",
            question="Would you take this on?",
            steps=[accepted(28), booked(cast, 28, 20), Step(19, Action.SEEN)],
        )
    story.plan(27)
    for template in ("dx", "programme", "wb"):
        story.reach(template, 26)
    story.measure("own_activity", {30: 2, 20: 3, 10: 3})
    story.measure("pain_nrs", {30: 5, 20: 4, 10: 3})


def tell_open_story() -> None:
    """Nobody is asked yet, so that the page of the suggested team has most to do."""
    cast = Cast.assembled()
    story = Story.begin(
        cast,
        "open",
        Details(name="Open Person", phone="+44 7700 900905", place="Exeter"),
        Wording(statement="I want to walk without a limp."),
        "achilles_rupture_nonoperative",
        days_ago=3,
        anchor_on=cast.day(35),
    )
    nothing = (
        "new_pop calf_clot clot_risk numb_skin steroid antibiotic diabetes_vascular smoke fear_mood"
    )
    answers: dict[str, str | float] = dict.fromkeys(nothing.split(), "no")
    story.answer(
        3, confirmed="yes", sudden_pop="yes", days_since=5, sport_level="daily_life", **answers
    )


def _copy(client_id: UUID, name: str) -> None:
    """Copy a client with every row under it; keys are new, everybody else is pointed at as is."""
    rows = _rows_of(client_id)
    keys = {row["id"] for _, found in rows for row in found if "id" in row}
    for table, found in rows:
        copies = [_renewed(row, keys, client_id, name) for row in found]
        if table.name == "clients":
            copies[0]["name"] = f"Client {name.title()}"
        if copies:
            db.session.execute(insert(table), copies)


def _rows_of(client_id: UUID) -> list[tuple[Table, list[dict[str, Any]]]]:
    """The client's rows by table, in the order in which they can be inserted."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table in Base.metadata.sorted_tables:
        if table.name in LEFT_OUT:
            continue
        condition = _belongs(table, client_id, found)
        if condition is not None:
            rows = db.session.execute(select(table).where(condition)).mappings()
            found[table.name] = [dict(row) for row in rows]
    return [(Base.metadata.tables[name], rows) for name, rows in found.items()]


def _belongs(table: Table, client_id: UUID, found: dict[str, list[dict[str, Any]]]) -> Any:
    """Rows of this client: by its own column, or through the row they hang on."""
    if table.name == Client.__tablename__:
        return table.c.id == client_id
    if "client_id" in table.columns:
        return table.c.client_id == client_id
    for key in table.foreign_keys:
        parent = key.column.table.name
        if key.ondelete == "CASCADE" and parent in found:
            return key.parent.in_([row["id"] for row in found[parent]])
    return None


def _renewed(row: dict[str, Any], keys: set[UUID], client_id: UUID, name: str) -> dict[str, Any]:
    """A row with new keys. A number the database gives is left for it to give again."""
    own = {*keys, client_id}
    values = {
        column: uuid5(value, name) if isinstance(value, UUID) and value in own else value
        for column, value in row.items()
    }
    values |= {name: None for name in ("pair_id", "mirror_id") if name in values}
    if "id" not in values and "number" in values:
        del values["number"]
    return values
