"""Questions that the client would rather answer to one of the team."""

from __future__ import annotations

from uuid import UUID

from careteam.domain.pathway.values import Question
from careteam.features.pathways.content import pathway_of
from careteam.features.teams.facts_queries import answers_of
from careteam.features.teams.queries import goals_of


def questions_left_to(
    client_id: UUID, goal_id: UUID | None, discipline: str | None
) -> tuple[Question, ...]:
    """What a standing goal's screening left to this role, in the order of the pathway.

    Such a question is open: it says nothing of the client. It asks nothing of an actor; whoever
    shows it to another notes the read.
    """
    if discipline is None:
        return ()
    goal = next((goal for goal in goals_of(client_id) if goal.id == goal_id), None)
    pathway = pathway_of(goal) if goal else None
    if goal is None or pathway is None or not goal.is_standing:
        return ()
    left = {
        answer.question
        for answer in answers_of([goal.id]).get(goal.id, ())
        if answer.left_to == discipline
    }
    return tuple(question for question in pathway.screening if question.id in left)
