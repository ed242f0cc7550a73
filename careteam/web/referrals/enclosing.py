"""The part of the letter's page where is chosen what goes along beside its own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import g, request
from wtforms import HiddenField
from wtforms.validators import Optional

from careteam.domain.letter import HEADINGS, Group
from careteam.domain.wording import list_words
from careteam.features.letters.composing import About, Offered, offer
from careteam.features.letters.operations import choose_parts
from careteam.features.letters.sending import send_letter
from careteam.features.referrals.models import Referral
from careteam.features.referrals.queries.letters import find_content
from careteam.web.referrals.desk import Desk
from careteam.web.referrals.forms import Ticks
from careteam.web.referrals.offering import ChoiceForm


class ComposedForm(ChoiceForm):
    """The letter with its parts. Without `parts_asked` nothing was offered and nothing is chosen:
    then goes what is ticked beforehand."""

    parts = Ticks("What goes with it", validators=[Optional()], choices=[], validate_choice=False)
    parts_asked = HiddenField()
    stays: tuple[str, ...] = ()

    @property
    def chosen(self) -> list[str] | None:
        return list(self.parts.data or ()) if self.parts_asked.data else None


@dataclass(frozen=True, slots=True)
class Heading:
    """The parts under one heading, and which of them are ticked."""

    title: str
    parts: Sequence[tuple[Offered, bool]]


@dataclass(frozen=True, slots=True)
class Enclosing:
    """What the page offers. `outside` are the headings of what the consent in force keeps here."""

    headings: tuple[Heading, ...]
    outside: str


def enclosing(form: ComposedForm, desk: Desk, draft: Referral | None) -> Enclosing | None:
    """The parts with what was chosen so far; None for a letter without a client."""
    about = _about(desk)
    if about is None:
        return None
    offered, chosen = offer(g.actor, about), _chosen(form, desk, draft)
    inside = [each for each in offered if not each.is_outside]
    outside = dict.fromkeys(
        HEADINGS[each.part.group].lower() for each in offered if each.is_outside
    )
    return Enclosing(
        headings=tuple(
            Heading(
                HEADINGS[group],
                [(each, _is_ticked(each, chosen)) for each in inside if each.part.group is group],
            )
            for group in Group
            if any(each.part.group is group for each in inside)
        ),
        outside=list_words(list(outside)),
    )


def _about(desk: Desk) -> About | None:
    if desk.client is None or desk.goal is None or desk.receiver is None:
        return None
    return About(
        client=desk.client,
        goal=desk.goal,
        receiver_id=desk.receiver.id,
        seat_id=desk.seat.id if desk.seat else None,
        discipline=desk.seat.discipline if desk.seat else None,
    )


def _chosen(form: ComposedForm, desk: Desk, draft: Referral | None) -> frozenset[str] | None:
    """What was just sent, else what the draft keeps, else what went to whoever said no."""
    if request.method == "POST":
        return frozenset(form.chosen) if form.chosen is not None else None
    before = draft or desk.after
    content = find_content(before.id) if before is not None else None
    return frozenset(content.chosen) if content is not None else None


def _is_ticked(offered: Offered, chosen: frozenset[str] | None) -> bool:
    return offered.is_ticked if chosen is None else offered.part.id in chosen


def keep_parts(form: ComposedForm, referral: Referral) -> None:
    """With a draft, where the page offered parts."""
    if form.chosen is not None:
        choose_parts(actor=g.actor, referral=referral, chosen=form.chosen)


def send_with_parts(form: ComposedForm, referral: Referral) -> None:
    """Let the letter leave; what stays here is told when it has left."""
    form.stays = send_letter(
        actor=g.actor,
        referral=referral,
        route=form.route.data or "",
        spoken_to=form.spoken_to.data,
        chosen=form.chosen,
    )


def stays_line(form: ComposedForm) -> str:
    if not form.stays:
        return ""
    return (
        " Left out, because the consent does not reach so far: "
        f"{list_words([words.lower() for words in form.stays])}."
    )
