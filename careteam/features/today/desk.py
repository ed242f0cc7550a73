"""Today's page as a value: everything that needs one person, in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Sized
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask import current_app

from careteam.access.actor import Actor
from careteam.domain.consent import ALERTS, PLAN
from careteam.features.clients.queries import note_covered
from careteam.features.directory.models import Practitioner
from careteam.features.notes.new_queries import NewNotes, list_new_notes
from careteam.features.outbox.queries import MailLine, list_not_arrived, list_to_copy
from careteam.features.referrals.queries import (
    NameAsked,
    QuestionLine,
    ReferralLine,
    list_names_to_ask,
    list_waiting,
    list_waiting_questions,
)
from careteam.features.referrals.queries.accepted import Unbooked, list_unbooked
from careteam.features.relationships.queries import last_calls
from careteam.features.relationships.tending import Tended, nudges_of, tended_of
from careteam.features.teams.covering.queries import CoverLine, list_covers
from careteam.features.teams.handing_over.queries import Proposed, list_proposed
from careteam.features.teams.pressing import led_goals
from careteam.features.today.added_queries import Added, list_added
from careteam.features.today.agreement_queries import (
    Objection,
    ToAnswer,
    list_objections,
    list_to_answer,
)
from careteam.features.today.clients import (
    ToSettle,
    UrgentLine,
    goals_for_telephone,
    to_settle,
    urgent_lines,
)
from careteam.features.today.queries import (
    DueMilestone,
    FirstSteps,
    MatterAsked,
    OpenSeat,
    first_steps,
    list_due_milestones,
    list_matters_to_ask,
    list_open_required_seats,
)
from careteam.kit import clock
from careteam.settings import Settings

CALLS_SHOWN_FOR = timedelta(days=14)
MOST_TENDED = 5
"""People to keep in touch with; the page of relationships has the others."""
BOOKED_WITHIN = timedelta(days=7)
"""After an acceptance; then the sender is asked whether anybody booked."""


@dataclass(frozen=True, slots=True)
class Today:
    """`urgent` is of one's own clients and not answered; `to_settle` waits for a word with them.

    `questions` are asked first, about nobody: to be answered, or answered and not read.
    `notes` are what others wrote on a client's team since the actor last opened them; `added` are
    values, holds and files that came and were not looked at; `ended` is what clients ended.

    `objections` are to plans that the actor leads; `to_answer` are versions that wait for a word.

    `calls` is how the last call to somebody went, by practitioner.

    `hand_overs` are records the actor is asked to keep, of nobody named yet.

    `covers` say who stands in for whom: no thing to do, and not counted.

    `own_entry` is the actor's own in the directory, where nobody has confirmed it for six months.

    `tended` are people to thank or to be in touch with again, each once.

    `mails_back` did not arrive; `mails_held_up` could not leave so far; `mails_to_copy` wait for
    the actor's own hands.
    """

    urgent: list[UrgentLine]
    matters: list[MatterAsked]
    to_settle: list[ToSettle]
    mails_back: Sequence[MailLine]
    mails_held_up: Sequence[MailLine]
    mails_to_copy: Sequence[MailLine]
    mail_leaves: bool
    incoming: list[ReferralLine]
    outgoing: list[ReferralLine]
    unbooked: list[Unbooked]
    questions: list[QuestionLine]
    notes: list[NewNotes]
    added: list[Added]
    ended: list[Added]
    drafts: list[ReferralLine]
    names: list[NameAsked]
    seats: list[OpenSeat]
    milestones: list[DueMilestone]
    calls: dict[UUID, tuple[str, datetime]]
    steps: FirstSteps
    covers: list[CoverLine]
    objections: list[Objection]
    to_answer: list[ToAnswer]
    hand_overs: list[Proposed]
    tended: list[Tended]

    @property
    def own_entry(self) -> Practitioner | None:
        return self.steps.to_confirm

    @property
    def seats_by_client(self) -> list[list[OpenSeat]]:
        """Open places in one list for each client, in the order of the first of each."""
        found: defaultdict[UUID, list[OpenSeat]] = defaultdict(list)
        for seat in self.seats:
            found[seat.client_id].append(seat)
        return list(found.values())

    @property
    def count(self) -> int:
        """How many lines wait."""
        kinds: tuple[Sized, ...] = (
            self.urgent,
            self.matters,
            self.hand_overs,
            self.to_settle,
            self.mails_back,
            self.mails_held_up,
            self.mails_to_copy,
            self.incoming,
            self.outgoing,
            self.unbooked,
            self.questions,
            self.notes,
            self.added,
            self.ended,
            self.objections,
            self.to_answer,
            self.drafts,
            self.names,
            self.seats,
            self.milestones,
            self.tended,
        )
        return sum(len(kind) for kind in kinds) + (self.own_entry is not None)


def today_of(actor: Actor) -> Today:
    """Twenty-three statements at most. Somebody without an entry sees the first steps."""
    referrals, leaves = list_waiting(actor), mail_leaves()
    not_arrived, added = list_not_arrived(actor), list_added(actor)
    back = [mail for mail in not_arrived if not mail.is_held_up]
    seen_to = {mail.about_id for mail in back}
    # what was lost stands once: as the mail, which can be tried again, until that is seen to
    outgoing = [
        line
        for line in referrals
        if not line.is_incoming and not (line.is_lost and line.id in seen_to)
    ]
    led = led_goals(actor)
    not_now = goals_for_telephone(led)
    urgent, settle = urgent_lines(led), to_settle(led)
    seats = [seat for seat in list_open_required_seats(actor) if seat.goal_id not in not_now]
    goals = [line.goal for line in urgent] + [line.goal for line in settle]
    note_covered(actor, [goal.client_id for goal in goals], ALERTS)
    note_covered(actor, [seat.client_id for seat in seats], PLAN)
    return Today(
        urgent=urgent,
        matters=list_matters_to_ask(actor),
        to_settle=settle,
        mails_back=back,
        mails_held_up=[mail for mail in not_arrived if mail.is_held_up] if leaves else [],
        mails_to_copy=[] if leaves else list_to_copy(actor),
        mail_leaves=leaves,
        incoming=[line for line in referrals if line.is_incoming],
        outgoing=[line for line in outgoing if line.state != "draft"],
        unbooked=list_unbooked(actor, clock.now() - BOOKED_WITHIN),
        questions=list_waiting_questions(actor),
        notes=list_new_notes(actor),
        added=[each for each in added if not each.kind.is_ended],
        ended=[each for each in added if each.kind.is_ended],
        objections=list_objections(actor),
        to_answer=list_to_answer(actor),
        drafts=[line for line in outgoing if line.state == "draft"],
        names=list_names_to_ask(actor, clock.today()),
        seats=seats,
        milestones=list_due_milestones(actor),
        calls=last_calls(actor, clock.now() - CALLS_SHOWN_FOR),
        steps=first_steps(actor),
        covers=list_covers(actor),
        hand_overs=list_proposed(actor),
        tended=nudges_of(tended_of(actor))[:MOST_TENDED],
    )


def mail_leaves() -> bool:
    """Whether mail leaves by itself here; otherwise it is shown to be copied."""
    settings: Settings = current_app.extensions["careteam_settings"]
    return settings.mail_leaves
