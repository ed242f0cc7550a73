"""Cards of the board and lines of its lists: a referral with what comes next and what is usual."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import url_for

from careteam.access.actor import Actor
from careteam.domain.referral import Action, Party, State, Step, WaitingOn, next_step
from careteam.domain.wording import working_hours_words
from careteam.features.referrals.queries import Dues, ReferralLine, asked_now
from careteam.features.responsiveness.usual import usual_dues, usual_hours
from careteam.web.referrals.line_words import page_of

UNDECIDED = (State.SENT, State.ACKNOWLEDGED)


@dataclass(frozen=True, slots=True)
class Usual:
    """After how many working hours each usually answers, and since when that is past."""

    hours: Mapping[UUID, float]
    dues: Dues

    def words_for(self, line: ReferralLine) -> str:
        """'usually answers within 1 working day', once that is over; else ''."""
        if line.is_incoming or line.state not in UNDECIDED or line.sent_at is None:
            return ""
        due = self.dues.get(line.other_id)
        if due is None or line.sent_at >= due:
            return ""
        return f"usually answers within {working_hours_words(self.hours[line.other_id])}"


@dataclass(frozen=True, slots=True)
class Card:
    """`page` is the referral's own. `label` and `href`: the next action, "" where nothing is left
    to do. `is_main`: it is the reader's turn. `usual`: said where the receiver usually has answered
    by now."""

    line: ReferralLine
    page: str
    label: str
    href: str
    is_main: bool
    usual: str


def usual_of(actor: Actor) -> Usual:
    """Of those whose answers are waited for, by two statements."""
    hours = usual_hours(actor, asked_now(actor))
    return Usual(hours, usual_dues(hours))


def cards_of(lines: Iterable[ReferralLine], usual: Usual, *, is_over: bool = False) -> list[Card]:
    """`is_over`: they stand under a heading where nothing is left to do."""
    return [_card(line, usual, is_over) for line in lines]


def _card(line: ReferralLine, usual: Usual, is_over: bool) -> Card:
    side = Party.RECEIVER if line.is_incoming else Party.SENDER
    is_done = is_over or line.is_past or line.waiting_on is WaitingOn.NOBODY
    step = next_step(line.state, side, is_over=is_done)
    page = page_of(line)
    return Card(
        line=line,
        page=page,
        label=_label(line, step),
        href=_href(line, page, step),
        is_main=line.needs_actor,
        usual=usual.words_for(line),
    )


def _label(line: ReferralLine, step: Step | None) -> str:
    if step is None:
        return ""
    if step.action is Action.REMIND and not _may_remind(line):
        return "Log their answer"
    return {Action.SEND: "Go on", Action.REFER_NEXT: "Ask the next one"}.get(
        step.action, step.label
    )


def _may_remind(line: ReferralLine) -> bool:
    return line.is_late and not line.is_lost and line.sent_by == "inbox"


def _href(line: ReferralLine, page: str, step: Step | None) -> str:
    if step is None or line.state is State.DRAFT:
        return page
    if step.action is Action.REFER_NEXT:
        return url_for("referrals.referral_new", after=line.id)
    is_told = step.by_hand or step.action is Action.REMIND
    return f"{page}#{'told' if is_told and not line.is_incoming else 'actions'}"
