"""A letter composed of what is recorded already: each part may go along or be left out.

Only whoever keeps the record composes; she is shown what her own standing shows her. A part of a
class that the consent does not open is offered as what stays here, never as what leaves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from careteam.access.actor import Actor
from careteam.domain.consent import ALERTS, IDENTITY, PLAN, Choice, classes_of_choice
from careteam.domain.letter import CONTACT, DOCTOR, GOAL, NEEDS, SAFETY, Group, Part
from careteam.domain.pathway import screening_groups
from careteam.domain.pathway.answers import NO, UNSURE, YES, known_answer
from careteam.domain.pathway.conditions import Truth, condition_truth
from careteam.domain.pathway.values import Pathway, Question
from careteam.domain.planning import MilestoneState
from careteam.domain.wording import list_words
from careteam.features.clients.models import Client, Goal
from careteam.features.consents.models import Consent
from careteam.features.consents.queries import consent_in_force
from careteam.features.directory.queries import names_of
from careteam.features.letters.queries import list_answers
from careteam.features.measures.course import Course, plain
from careteam.features.measures.parts import progress_of
from careteam.features.pathways.content import load_content, pathway_of
from careteam.features.plans.schedule import load_plan
from careteam.features.referrals.contents import Reaches, reaches_of
from careteam.features.referrals.letter import facts_of
from careteam.features.referrals.queries.letters import disciplines_of, find_letter_client
from careteam.features.teams.effects import answers_from, standing_outcomes
from careteam.features.teams.facts_queries import AnswerFacts
from careteam.features.teams.models import Answer
from careteam.features.teams.parts import effect_lines
from careteam.features.teams.queries import list_seats
from careteam.features.teams.view import seat_label
from careteam.kit import clock

MOST_DONE = 8
"""Milestones reached that are offered, the latest: a letter is one page."""
CLIENT_PARTS = {
    CONTACT: "How to reach the client",
    NEEDS: "What to mind",
    DOCTOR: "Family doctor",
}
FACT_WORDS = {
    "Telephone": "telephone",
    "E-mail": "e-mail",
    "Contact": "which way is safe",
    "Place": "place",
    "Language": "language",
    "Please mind": "communication needs",
    "GP": "name",
}
WORDS = {YES: "Yes", NO: "No", UNSURE: "Not sure"}


@dataclass(frozen=True, slots=True)
class About:
    """For whom and about whom a letter is composed. `seat_id` is the place it is to fill."""

    client: Client
    goal: Goal
    receiver_id: UUID
    seat_id: UUID | None = None
    discipline: str | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """A part as it is offered to the writer.

    `is_outside`: the consent in force does not open it. `is_ticked`: it goes along unless left out;
    a class that needs a tick of its own never is.
    """

    part: Part
    needs_own_tick: bool
    is_outside: bool
    is_ticked: bool


def offer(actor: Actor, about: About) -> tuple[Offered, ...]:
    """Every part there is, in the order of the letter.

    Where no consent stands yet, ticked is what the receiver's part needs.
    """
    client, consent = about.client, _consent(about)
    reaches = reaches_of(client.id, about.goal.id, about.receiver_id, consent)
    needed = reaches.classes if consent is not None else _needed(about)
    return tuple(
        Offered(
            part,
            needs_own_tick=_is_sensitive(part),
            is_outside=consent is not None and part.information_class not in reaches.classes,
            is_ticked=part.information_class in needed
            and part.group is not Group.TEAM
            and not _is_sensitive(part),
        )
        for part in compose(actor, about, reaches)
    )


def _consent(about: About) -> Consent | None:
    return consent_in_force(about.client.id, about.receiver_id, about.goal.id, clock.today())


def _needed(about: About) -> frozenset[str]:
    roles = [about.discipline] if about.discipline else disciplines_of(about.receiver_id)
    return classes_of_choice(
        load_content().catalogue.matrix,
        Choice.NEEDED,
        roles,
        restricted=about.client.restricted_classes,
    )


def _is_sensitive(part: Part) -> bool:
    matrix = load_content().catalogue.matrix
    if part.information_class in (IDENTITY, ALERTS):
        return False
    return matrix.class_by_id[part.information_class].sensitivity.needs_own_tick


def compose(actor: Actor, about: About, reaches: Reaches) -> tuple[Part, ...]:
    """All that is recorded and may stand in a letter, whatever the consent says of its classes.

    Left out are measures that nobody is to see and places that are kept from the receiver.
    """
    order = list(Group)
    found = [
        *_goal(about.goal),
        *_safety(about.client),
        *_answers(actor, about.goal),
        *_measures(actor, about.goal),
        *_done(actor, about.goal),
        *_team(actor, about),
        *_client(about),
    ]
    found = [
        part
        for part in found
        if part.measure not in reaches.hidden_measures and part.seat not in reaches.hidden_seats
    ]
    return tuple(sorted(found, key=lambda part: order.index(part.group)))


def _goal(goal: Goal) -> Iterator[Part]:
    if goal.set_aside_at is None and goal.statement:
        yield Part(GOAL, Group.GOAL, PLAN, goal.statement)


def _safety(client: Client) -> Iterator[Part]:
    lines = effect_lines(standing_outcomes(client.id).safety.effects_only())
    if lines:
        yield Part(SAFETY, Group.SAFETY, ALERTS, " ".join(lines))


def _answers(actor: Actor, goal: Goal) -> Iterator[Part]:
    """Answers that mean something one by one; the others together, by class."""
    pathway = pathway_of(goal)
    if pathway is None:
        return
    rows = {row.question: row for row in list_answers(actor, goal)}
    today = {question.id for question in screening_groups(pathway).today}
    quiet: dict[str, list[tuple[Question, Answer]]] = defaultdict(list)
    for question in pathway.screening:
        row = rows.get(question.id)
        if row is None or row.value is None:
            continue
        group = Group.FLAGS if question.id in today else Group.BACKGROUND
        if _is_telling(pathway, question, row):
            name = f"answer:{question.id}"
            yield Part(name, group, question.information_class, _asked([(question, row)]))
        elif group is Group.FLAGS or question.answer.value not in ("yes_no", "yes_no_unsure"):
            quiet[question.information_class].append((question, row))
    for name, asked in quiet.items():
        group = Group.FLAGS if any(q.id in today for q, _ in asked) else Group.BACKGROUND
        yield Part(f"asked:{name}", group, name, _asked(asked))


def _is_telling(pathway: Pathway, question: Question, row: Answer) -> bool:
    """Whether some rule of the pathway makes something of this answer."""
    facts = [AnswerFacts(row.question, row.value, row.left_to)]
    answers = answers_from(pathway, facts)
    if known_answer(question, answers) is None:
        return False
    return any(
        condition_truth(pathway, condition, answers) is Truth.FIRES
        for rule in pathway.rules
        for condition in rule.conditions
        if condition.question == question.id
    )


def _asked(asked: Collection[tuple[Question, Answer]]) -> str:
    words = " ".join(f"{question.ask} {_answer(question, row)}." for question, row in asked)
    days = sorted({clock.local(row.answered_at).date() for _, row in asked})
    return f"{words} (asked {list_words([_day(day) for day in days[-2:]])})"


def _answer(question: Question, row: Answer) -> str:
    value = row.value or ""
    if value in WORDS:
        return WORDS[value]
    words = f"{value} {question.unit}" if question.unit else value.replace("_", " ")
    return words[:1].upper() + words[1:]


def _measures(actor: Actor, goal: Goal) -> Iterator[Part]:
    for course in progress_of(actor, goal).recorded:
        measure = course.offered.measure
        yield Part(
            f"measure:{measure.id}",
            Group.MEASURES,
            measure.information_class,
            _course(course),
            measure=measure.id,
        )


def _course(course: Course) -> str:
    """'Pain (0-10): 4 on 12 May 2026, at first 7 on 3 March 2026; lower is better.'"""
    first, last = course.values[0], course.values[-1]
    words = f"{course.offered.label}: {plain(last.value):g} on {_day(last.taken_on)}"
    if len(course.values) > 1:
        words += f", at first {plain(first.value):g} on {_day(first.taken_on)}"
    return f"{words}; {course.offered.better_words}."


def _done(actor: Actor, goal: Goal) -> Iterator[Part]:
    plan = load_plan(actor, goal)
    rows = [row for row in plan.rows if row.status == MilestoneState.DONE]
    rows.sort(key=lambda row: (row.reached_on or row.due_on, row.title))
    for row in rows[-MOST_DONE:]:
        seat = str(row.owner_seat_id) if row.owner_seat_id else None
        words = f"{row.title}, {_day(row.reached_on or row.due_on)}"
        yield Part(f"done:{row.id}", Group.DONE, PLAN, words, measure=row.measure, seat=seat)


def _team(actor: Actor, about: About) -> Iterator[Part]:
    """Others on the team, without the two who write to each other."""
    known = {about.receiver_id, actor.practitioner_id}
    seats = [
        seat
        for seat in list_seats(actor, about.goal)
        if seat.state == "filled" and seat.practitioner_id not in known and seat.id != about.seat_id
    ]
    names = names_of(seat.practitioner_id for seat in seats)
    for seat in seats:
        assert seat.practitioner_id is not None
        words = f"{seat_label(seat.discipline)}: {names[seat.practitioner_id]}"
        if seat.filled_on:
            words += f", since {_day(seat.filled_on)}"
        yield Part(f"seat:{seat.id}", Group.TEAM, PLAN, words, seat=str(seat.id))


def _client(about: About) -> Iterator[Part]:
    """What is recorded about reaching the client; the values are read anew for each reader."""
    client = find_letter_client(about.client.id, about.goal.id)
    labels: dict[str, list[str]] = defaultdict(list)
    for part, label, _ in facts_of(client) if client else ():
        if part is not None:
            labels[part].append(FACT_WORDS[label])
    for name, given in labels.items():
        yield Part(name, Group.CLIENT, IDENTITY, f"{CLIENT_PARTS[name]}: {list_words(given)}")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
