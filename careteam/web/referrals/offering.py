"""The names for a seat while a letter to it is written, and which of them were offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wtforms import HiddenField, RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional

from careteam.access.actor import Actor
from careteam.domain.matching import Ranked, standing_first
from careteam.features.clients.models import Client, Goal
from careteam.features.directory.interests import disclosures
from careteam.features.directory.queries import Contact, Look, contacts_of
from careteam.features.referrals.choosing import note_choice
from careteam.features.referrals.models import Referral
from careteam.features.referrals.queries.choices import find_choice
from careteam.features.standing.queries import find_used, members_of
from careteam.features.teams.candidates import names_for_seats
from careteam.features.teams.models import Seat
from careteam.kit.errors import NotFound
from careteam.web.referrals.forms import LetterForm, Ticks

MOST_OFFERED = 6


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who could take the seat; `team` is the standing team they come first by, or '', and
    `interest` what the client is to be told of them."""

    ranked: Ranked
    contact: Contact
    team: str = ""
    interest: str = ""


def names_for(
    actor: Actor, client: Client, seat: Seat, goal: Goal, without: UUID | None = None
) -> list[Named]:
    """The first of the standing team and the plain order, but for whoever said no before."""
    used = find_used(actor, goal)
    own = {row.practitioner_id for row in members_of([used.id])[used.id]} if used else set()
    look = Look(first=MOST_OFFERED + 1)
    found = names_for_seats(actor, client, [seat], goal, look, own=own)[seat.id]
    first = standing_first(found.shortlist, set(map(str, own)), MOST_OFFERED + 1)
    said_no = str(without) if without else ""
    ranked = [each for each in first.first if each.candidate.practitioner_id != said_no]
    ranked = ranked[: max(MOST_OFFERED, len(first.own) + 1)]
    contacts = contacts_of(actor, [UUID(each.candidate.practitioner_id) for each in ranked])
    people = [each.candidate for each in ranked]
    told = disclosures(actor, (client.lead_id, actor.practitioner_id), people) if people else {}
    return [
        Named(
            each,
            contacts[UUID(each.candidate.practitioner_id)],
            used.name if used is not None and each in first.own else "",
            told.get(each.candidate.practitioner_id, ""),
        )
        for each in ranked
    ]


class ChoiceForm(LetterForm):
    """The letter with the client's choice. Without `choice_asked` nothing was asked, and what was
    noted before stays."""

    offered = Ticks("Names offered", validators=[Optional()], choices=[], validate_choice=False)
    chosen_by = RadioField("Who chose", validators=[Optional()], validate_choice=False, default="")
    choice_asked = HiddenField()

    def offer_choice(self, client: str, receiver: str) -> None:
        self.chosen_by.choices = [
            SelectChoice("client", f"{client} chose {receiver}"),
            SelectChoice("lead", f"{client} left it to me"),
            SelectChoice("", "Not noted"),
        ]


def stored_choice(draft: Referral) -> dict[str, Any]:
    """What a draft's form shows of the choice."""
    found = find_choice(draft.id)
    if found is None:
        return {}
    choice, ids = found
    return {"offered": [str(id_) for id_ in ids], "chosen_by": choice.chosen_by or ""}


def keep_choice(actor: Actor, form: ChoiceForm, seat: Seat | None, referral: Referral) -> None:
    """With the letter, where its page asked and there is something to note or to take back."""
    if seat is None or not form.choice_asked.data:
        return
    others = [_id(each) for each in form.offered.data or ()]
    chosen_by = form.chosen_by.data or None
    if not others and chosen_by is None and find_choice(referral.id) is None:
        return
    note_choice(actor=actor, seat=seat, referral=referral, others=others, chosen_by=chosen_by)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None
