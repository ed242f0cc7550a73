"""A brought list of who referred to whom, as it is kept between the two steps."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.domain.importing.edges import (
    Edge,
    Meant,
    People,
    Wishes,
    guess_edge_columns,
    judge_edges,
    positional,
    read_edges,
)
from careteam.domain.importing.words import fold
from careteam.domain.referral import PastAnswer
from careteam.features.directory.queries import list_known
from careteam.features.imports.queries import list_past_keys
from careteam.features.referrals.operations import Past
from careteam.kit import clock
from careteam.kit.errors import Invalid
from careteam.kit.tables import Table

KIND = "referrals"
MOST_REFERRALS = 10_000
"""One import writes at most so many: in one transaction, during which nobody else can write."""


@dataclass(frozen=True, slots=True)
class BroughtEdges:
    """The rows as brought, those that could not be read, and what was said of the whole list."""

    edges: tuple[Edge, ...]
    problems: tuple[tuple[int, str], ...] = ()
    wishes: Wishes = field(default_factory=Wishes)

    def as_json(self) -> dict[str, Any]:
        return {
            "edges": [list(edge) for edge in self.edges],
            "problems": [list(problem) for problem in self.problems],
            "day": self.wishes.day.isoformat() if self.wishes.day else None,
            "answer": self.wishes.answer,
            "people": dict(self.wishes.people),
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> BroughtEdges:
        return cls(
            edges=tuple(Edge(*values) for values in kept["edges"]),
            problems=tuple((number, reason) for number, reason in kept["problems"]),
            wishes=Wishes(
                day=date.fromisoformat(kept["day"]) if kept["day"] else None,
                answer=kept["answer"],
                people=kept["people"],
            ),
        )


@dataclass(frozen=True, slots=True)
class Judged:
    """Every row and what becomes of it, with those who could be meant."""

    rows: tuple[Meant, ...]
    people: People


def understand_edges(table: Table, people: People) -> BroughtEdges:
    """Raises `Invalid` where the list as a whole cannot be used; then nothing is kept of it."""
    if table.refusal:
        raise Invalid(table.refusal, field="file")
    columns = guess_edge_columns(table.headers)
    if columns is None:
        table = table.headings_as_data()
        columns = positional(table.rows[0].cells if table.rows else ())
        if len(columns) < 2:
            raise Invalid("It needs two columns: from and to.", field="file")
    brought = BroughtEdges(
        edges=tuple(read_edges(table.rows, columns)),
        problems=tuple((problem.row, problem.reason) for problem in table.problems),
    )
    if not brought.edges:
        raise Invalid("There is nothing in it below the headings.", field="file")
    _need_somebody(brought, people)
    return brought


def _need_somebody(brought: BroughtEdges, people: People) -> None:
    """A list in which nobody is recognised is not worth a preview of thousands of refusals."""
    words = {word for edge in brought.edges for word in (edge.sender, edge.receiver) if word}
    if not any(people.fitting(word) or people.similar(word) for word in words):
        first = next((word for edge in brought.edges for word in edge[1:3] if word), "")
        said = f" Row {brought.edges[0].row} says “{first[:80]}”." if first else ""
        raise Invalid(
            f"Nobody in {_rows(len(brought.edges))} is in the directory, by id, e-mail or"
            f" name.{said} Import the people first, or look whether the right columns are called"
            " from and to.",
            field="file",
        )


def _rows(count: int) -> str:
    return "this row" if count == 1 else f"these {count:,} rows"


def people_known(actor: Actor, wishes: Wishes | None = None) -> People:
    return People(list_known(actor), wishes.people if wishes else {})


def judged_edges(actor: Actor, brought: BroughtEdges) -> Judged:
    """Judged against the directory as it is now. Five statements, however many rows."""
    people = people_known(actor, brought.wishes)
    rows = judge_edges(
        brought.edges,
        people,
        brought.wishes,
        today=clock.today(),
        is_allowed=lambda sender, receiver: may_log(actor, sender, receiver),
        there=list_past_keys(actor),
        most=MOST_REFERRALS,
    )
    return Judged(tuple(rows), people)


def may_log(actor: Actor, sender: str, receiver: str) -> bool:
    """One's own referrals, as when they are logged one by one; for others, a steward's task."""
    if allowed(actor, Permission.MANAGE_COMMUNITY):
        return True
    past = Past(UUID(sender), UUID(receiver), clock.today(), PastAnswer.ACCEPTED)
    return allowed(actor, Permission.ACT_ON_REFERRAL, past)


def with_wishes(
    brought: BroughtEdges, day: date | None, answer: str, people: dict[str, str]
) -> BroughtEdges:
    """`people` has ids by the words they were called; "" takes a choice back."""
    chosen = {**brought.wishes.people, **{fold(word): id_ for word, id_ in people.items()}}
    kept = {word: id_ for word, id_ in chosen.items() if id_}
    return replace(brought, wishes=Wishes(day=day, answer=answer, people=kept))
