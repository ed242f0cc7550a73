"""One version of a plan as one reader sees it: its milestones, what it changed, who said what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from careteam.access.actor import Actor
from careteam.domain.planning import AgreedStep, Snapshot
from careteam.features.clients.models import Goal
from careteam.features.pathways.content import pathway_of
from careteam.features.plans.agreed import BY_HAND, AgreementView
from careteam.features.plans.differing import ChangeLine, change_lines
from careteam.features.plans.models import PlanAgreement, PlanVersion
from careteam.features.plans.version_queries import get_version, list_answers

ANSWERS = {
    "agreed": "agrees",
    "objects": "objects",
    "copied": "gets a copy",
}
"""What somebody does, after their name."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """One milestone of a version, in words."""

    step: AgreedStep
    owner: str
    phase: str
    awaited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer, also one that a later one replaced. `comment` is empty where it is not for the
    reader.
    """

    row: PlanAgreement
    name: str
    words: str
    by_hand: str
    comment: str
    is_replaced: bool


@dataclass(frozen=True, slots=True)
class VersionView:
    """`changes` are those to the version `before` it; there is none before the first."""

    row: PlanVersion
    before: PlanVersion | None
    steps: tuple[StepLine, ...]
    changes: tuple[ChangeLine, ...]
    answers: tuple[AnswerLine, ...]
    is_latest: bool
    is_running: bool


def version_view(actor: Actor, goal: Goal, view: AgreementView, number: str) -> VersionView:
    """Raises `NotFound` for a number that no version has."""
    row = get_version(actor, goal, number)
    return _view(goal, view, row, list_answers(actor, goal))


def version_views(actor: Actor, goal: Goal, view: AgreementView) -> list[VersionView]:
    """Every version, the newest first: one statement beyond those of `view`."""
    answers = list_answers(actor, goal)
    return [_view(goal, view, row, answers) for row in reversed(view.versions)]


def _view(
    goal: Goal, view: AgreementView, row: PlanVersion, answers: Sequence[PlanAgreement]
) -> VersionView:
    before = next((each for each in view.versions if each.number == row.number - 1), None)
    shot = view.shots[row.number]
    label = view.owners.label
    changes = change_lines(view.shots[before.number], shot, label) if before else ()
    return VersionView(
        row=row,
        before=before,
        steps=tuple(_steps(shot, goal, view)),
        changes=changes,
        answers=tuple(_answers(answers, row, view)),
        is_latest=view.latest is not None and view.latest.number == row.number,
        is_running=view.running is not None and view.running.number == row.number,
    )


def _steps(shot: Snapshot, goal: Goal, view: AgreementView) -> Iterable[StepLine]:
    pathway = pathway_of(goal)
    phases = {phase.id: phase.name for phase in pathway.phases} if pathway else {}
    titles = {step.id: step.title for step in shot.steps}
    for step in shot.steps:
        yield StepLine(
            step=step,
            owner=view.owners.label(step.owner),
            phase=phases.get(step.phase, ""),
            awaited=tuple(titles[id_] for id_ in step.depends_on if id_ in titles),
        )


def _answers(
    rows: Iterable[PlanAgreement], version: PlanVersion, view: AgreementView
) -> Iterable[AnswerLine]:
    """The latest of each party first; what it replaced follows it."""
    mine = [row for row in rows if row.version_id == version.id]
    for row in sorted(mine, key=lambda row: (row.party, -row.number)):
        party = view.parties.by_key(row.party)
        is_reader = party is not None and party.is_reader
        by_hand = BY_HAND.get(row.way, "")
        yield AnswerLine(
            row=row,
            name=view.owners.label(row.party) if by_hand or is_reader else row.by_name,
            words=ANSWERS[row.answer],
            by_hand=f"{by_hand}, entered by {row.by_name}" if by_hand else "",
            comment=row.comment if row.comment and (view.may_publish or is_reader) else "",
            is_replaced=any(
                other.party == row.party and other.number > row.number for other in mine
            ),
        )
