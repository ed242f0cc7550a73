"""What is agreed of a plan: a snapshot of its structure, and the difference of two snapshots.

How far a milestone is belongs to neither: progress needs nobody's agreement. The wording of the
goal and the day the plan counts from stand outside as well; the first keeps its own history with
the lead, the second shows in the days by which the milestones moved.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from careteam.domain.planning.values import CLIENT, Milestone

FIELDS = ("title", "phase", "owner", "due_on", "criterion", "depends_on", "lags")
"""What a milestone is, in the order in which a difference is told."""


@dataclass(frozen=True, slots=True)
class AgreedStep:
    """One milestone as it was agreed. `owner` is a key, `depends_on` sorted ids of the plan, `lags`
    the days to go by after some of them.
    """

    id: str
    title: str
    owner: str
    due_on: date | None = None
    phase: str = ""
    criterion: str = ""
    depends_on: tuple[str, ...] = ()
    lags: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The structure of a plan, in the order in which it stood."""

    steps: tuple[AgreedStep, ...] = ()

    @property
    def by_id(self) -> dict[str, AgreedStep]:
        return {step.id: step for step in self.steps}


@dataclass(frozen=True, slots=True)
class Changed:
    """A milestone that stands in both and is not the same."""

    before: AgreedStep
    after: AgreedStep

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of what differs."""
        return tuple(
            name for name in FIELDS if getattr(self.before, name) != getattr(self.after, name)
        )

    @property
    def days(self) -> int:
        """By how many days it moved; earlier is below 0, and 0 where a date is new or gone."""
        if self.before.due_on is None or self.after.due_on is None:
            return 0
        return (self.after.due_on - self.before.due_on).days


@dataclass(frozen=True, slots=True)
class Difference:
    """From one snapshot to another."""

    added: tuple[AgreedStep, ...] = ()
    removed: tuple[AgreedStep, ...] = ()
    changed: tuple[Changed, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    def __len__(self) -> int:
        return len(self.added) + len(self.removed) + len(self.changed)

    @property
    def ids(self) -> frozenset[str]:
        """Of every milestone in it."""
        steps = (*self.added, *self.removed, *(each.after for each in self.changed))
        return frozenset(step.id for step in steps)


def snapshot(milestones: Iterable[Milestone]) -> Snapshot:
    """The structure of these milestones."""
    return Snapshot(
        tuple(
            AgreedStep(
                id=each.id,
                title=each.title,
                owner=each.owner,
                due_on=each.due_on,
                phase=each.phase,
                criterion=each.criterion,
                depends_on=tuple(sorted(set(each.depends_on))),
                lags=tuple(sorted((id_, days) for id_, days in each.lags.items() if days)),
            )
            for each in milestones
        )
    )


def to_json(shot: Snapshot) -> dict[str, Any]:
    """A snapshot in plain values, to be stored."""
    return {
        "milestones": [
            {
                "id": step.id,
                "title": step.title,
                "phase": step.phase,
                "owner": step.owner,
                "due_on": step.due_on.isoformat() if step.due_on else None,
                "criterion": step.criterion,
                "depends_on": list(step.depends_on),
                "lags": dict(step.lags),
            }
            for step in shot.steps
        ]
    }


def from_json(stored: Mapping[str, Any]) -> Snapshot:
    """The snapshot that `to_json` made these values of."""
    return Snapshot(
        tuple(
            AgreedStep(
                id=step["id"],
                title=step["title"],
                owner=step["owner"],
                due_on=date.fromisoformat(step["due_on"]) if step["due_on"] else None,
                phase=step["phase"],
                criterion=step["criterion"],
                depends_on=tuple(step["depends_on"]),
                lags=tuple(sorted(step["lags"].items())),
            )
            for step in stored["milestones"]
        )
    )


def without(shot: Snapshot, left_out: Collection[str]) -> Snapshot:
    """The snapshot without these milestones; what waited for one waits for what that one did."""
    if not left_out:
        return shot
    known = shot.by_id
    return Snapshot(
        tuple(
            _with_awaited(step, _seen_through(step, known, left_out))
            for step in shot.steps
            if step.id not in left_out
        )
    )


def _seen_through(
    step: AgreedStep, known: Mapping[str, AgreedStep], left_out: Collection[str]
) -> tuple[str, ...]:
    found, seen, stack = set[str](), {step.id}, list(step.depends_on)
    while stack:
        id_ = stack.pop()
        if id_ in seen:
            continue
        seen.add(id_)
        if id_ not in left_out:
            found.add(id_)
        elif id_ in known:
            stack.extend(known[id_].depends_on)
    return tuple(sorted(found))


def _with_awaited(step: AgreedStep, awaited: tuple[str, ...]) -> AgreedStep:
    lags = tuple((id_, days) for id_, days in step.lags if id_ in awaited)
    return replace(step, depends_on=awaited, lags=lags)


def difference(before: Snapshot, after: Snapshot) -> Difference:
    """What has to be done to `before` to have the steps of `after`. The order makes none."""
    old, new = before.by_id, after.by_id
    return Difference(
        added=tuple(step for step in after.steps if step.id not in old),
        removed=tuple(step for step in before.steps if step.id not in new),
        changed=tuple(
            Changed(old[step.id], step)
            for step in after.steps
            if step.id in old and old[step.id] != step
        ),
    )


class DoesNotFit(ValueError):
    """A difference that was made from another snapshot."""


def apply(shot: Snapshot, change: Difference) -> Snapshot:
    """The snapshot after the change; what is added stands last. Raises DoesNotFit."""
    known = shot.by_id
    for step in (*change.removed, *(each.before for each in change.changed)):
        if known.get(step.id) != step:
            raise DoesNotFit(f"{step.title} is not as the change expects it")
    for step in change.added:
        if step.id in known:
            raise DoesNotFit(f"{step.title} is there already")
    gone = {step.id for step in change.removed}
    new = {each.after.id: each.after for each in change.changed}
    kept = tuple(new.get(step.id, step) for step in shot.steps if step.id not in gone)
    return Snapshot((*kept, *change.added))


def concerned(before: Snapshot, after: Snapshot, change: Difference) -> dict[str, tuple[str, ...]]:
    """By milestone of the difference, the keys of those it concerns, the owner first.

    A changed milestone concerns whoever has it or had it. Moved, handed over or taken out it
    concerns those whose milestones wait for it, and a new dependency, or one that is gone, those
    who are waited for. What is added or taken out concerns the client: it is their programme.
    """
    found: dict[str, list[str]] = {}
    for step in change.added:
        awaited = _owners(after, step.depends_on)
        found[step.id] = [step.owner, *awaited, CLIENT]
    for step in change.removed:
        found[step.id] = [step.owner, *_waiting_for(before, step.id), CLIENT]
    for each in change.changed:
        found[each.after.id] = _concerned_by(each, before, after)
    return {id_: tuple(dict.fromkeys(keys)) for id_, keys in found.items()}


def _concerned_by(change: Changed, before: Snapshot, after: Snapshot) -> list[str]:
    keys = [change.after.owner, change.before.owner]
    if {"due_on", "owner"} & set(change.fields):
        keys += _waiting_for(after, change.after.id)
    old, new = set(change.before.depends_on), set(change.after.depends_on)
    return keys + _owners(after, sorted(new - old)) + _owners(before, sorted(old - new))


def _owners(shot: Snapshot, ids: Sequence[str]) -> list[str]:
    known = shot.by_id
    return [known[id_].owner for id_ in ids if id_ in known]


def _waiting_for(shot: Snapshot, id_: str) -> list[str]:
    return [step.owner for step in shot.steps if id_ in step.depends_on]
