"""What lies on the desk while a letter is written: receiver, client, goal, seat, consent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from textwrap import shorten
from typing import Any
from uuid import UUID, uuid4

from flask import current_app
from wtforms.fields import SelectChoice

from careteam.access.actor import Actor
from careteam.domain.consent import longest_until
from careteam.domain.now import Caller, ScriptLine, numbers_for, telephone_script
from careteam.domain.pathway.vocabulary import Urgency
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.queries import (
    ClientLine,
    get_led_client,
    get_led_goal,
    list_client_lines,
    list_goals,
)
from careteam.features.clients.shown import ShownGoal, shown_goals
from careteam.features.directory.catalogue import country
from careteam.features.directory.filters import Filters
from careteam.features.directory.models import Practitioner
from careteam.features.directory.queries import (
    Contact,
    contacts_of,
    find_practitioner,
    list_practitioners,
)
from careteam.features.referrals.asking import ConsentAsked, consent_asked, record_asked_consent
from careteam.features.referrals.handing_out import ONLY_HERE, links_leave
from careteam.features.referrals.mails import has_inbox
from careteam.features.referrals.models import Referral
from careteam.features.referrals.queries import get_led_seat, get_referral
from careteam.features.teams.effects import ClientOutcomes, GoalOutcome, standing_outcomes
from careteam.features.teams.labels import seat_label
from careteam.features.teams.left import questions_left_to
from careteam.features.teams.models import Seat
from careteam.features.teams.parts import SafetyPart, safety_part
from careteam.features.teams.pressing import Pressing, first_of, is_seat_for_telephone
from careteam.features.teams.view import purpose_for_letter
from careteam.kit import clock
from careteam.kit.errors import Invalid, NotFound
from careteam.kit.telephones import read_telephone
from careteam.settings import Settings
from careteam.web.frame.filters import day
from careteam.web.frame.forms import SHORT
from careteam.web.referrals.forms import LetterForm
from careteam.web.referrals.offering import ChoiceForm, Named, names_for, stored_choice

INBOX_WITH_MAIL = "They get a mail that says a referral waits, and nothing else."
INBOX_ALONE = "It waits in their inbox here; ring them too: no mail leaves this computer."
TELEPHONE = tuple(level.value for level in Urgency if level.is_telephone_matter)


@dataclass
class Desk:
    """Everything the writer's page shows beside what she types. Only her own clients lie here."""

    actor: Actor
    receiver: Practitioner | None = None
    contact: Contact | None = None
    client: Client | None = None
    goal: Goal | None = None
    seat: Seat | None = None
    after: Referral | None = None
    words: str = ""
    goals: list[ShownGoal] = field(default_factory=list)
    consent: ConsentAsked | None = None

    @property
    def role(self) -> str:
        return seat_label(self.seat.discipline) if self.seat else ""

    @property
    def left(self) -> list[str]:
        """What the client would rather answer to whoever takes the seat: it opens the letter."""
        if self.seat is None:
            return []
        asked = questions_left_to(self.seat.client_id, self.seat.goal_id, self.seat.discipline)
        return [question.ask for question in asked]

    @property
    def routes_hint(self) -> str:
        """What the chosen way does, in the words that fit what is possible here."""
        if self.receiver is not None and has_inbox(self.receiver.id):
            return INBOX_WITH_MAIL if _mail_leaves() else INBOX_ALONE
        if links_leave():
            return (
                "They need no account: a link shows who asks and for what kind of help. "
                "Name and letter open with a code."
            )
        return f"{ONLY_HERE} Then write down what they say."

    @property
    def consent_until(self) -> date:
        """How long a consent given on this page stands."""
        return longest_until(clock.today())

    @property
    def emergency_number(self) -> str:
        return numbers_for(country()).emergency

    def prepare(self, form: ChoiceForm) -> None:
        """Fill in the choices that depend on the receiver and the client."""
        assert self.receiver is not None
        form.offer_routes(
            has_inbox=has_inbox(self.receiver.id),
            has_email=bool(self.contact and self.contact.email),
            links_leave=links_leave(),
        )
        ticks = self.consent.ticks if self.consent else ()
        form.offer_choice(self.client.called if self.client else "", self.receiver.name)
        form.items.choices = [SelectChoice(id_, words) for id_, words in ticks]

    def prefilled(self, given: Mapping[str, str]) -> dict[str, Any]:
        """The first values of a new letter; what follows a no keeps its words."""
        before = self.after
        urgency = given.get("urgency") or (before.urgency if before else "routine")
        values: dict[str, Any] = {"urgency": self._preset(urgency)}
        if before is not None:
            values |= {"reason": before.reason, "question": before.question}
        return values

    def _preset(self, urgency: str) -> str | None:
        """Nothing while something on this goal is for the telephone: the writer chooses."""
        return None if self.first is not None and urgency not in TELEPHONE else urgency

    @property
    def purpose(self) -> str:
        """What the seat is for, as a hint beside the empty reason; no letter carries it."""
        if self.seat is None:
            return ""
        words = purpose_for_letter(self.seat, self.goal)
        return shorten(words, SHORT, placeholder="...")

    def of_draft(self, draft: Referral) -> dict[str, Any]:
        values = {name: getattr(draft, name) for name in ("urgency", "reason", "question")}
        return values | {"urgency": self._preset(draft.urgency)} | stored_choice(draft)

    @property
    def keys(self) -> dict[str, str]:
        """What a new letter's form carries along, so that its answer finds the same desk."""
        rows: dict[str, Any] = {
            "to": self.receiver,
            "client": self.client,
            "goal": self.goal,
            "seat": self.seat,
            "after": self.after,
        }
        return {name: str(row.id) for name, row in rows.items() if row is not None}

    def record_consent(self, form: LetterForm) -> None:
        """Record the consent given on this page; nothing where one stands or none was given."""
        if self.client is None or self.goal is None or self.receiver is None:
            return
        if not form.how_given.data or (self.consent is not None and self.consent.given):
            return
        record_asked_consent(
            self.actor,
            self.client,
            self.goal.id,
            self.receiver.id,
            consent_id=uuid4(),
            choice=form.choice.data or "needed",
            items=list(form.items.data or []),
            how_given=form.how_given.data,
            discipline=self.seat.discipline if self.seat else None,
        )

    def script(self) -> tuple[ScriptLine, ...]:
        """What to say on the telephone for what cannot wait."""
        me = contacts_of(self.actor, [self.actor.practitioner_id]).get(
            self.actor.practitioner_id  # type: ignore[arg-type]
        )
        phone = read_telephone(me.phone, country()).display if me and me.phone else ""
        caller = Caller(self.actor.name, me.discipline if me else "", phone)
        return telephone_script(caller, None, about=self._called_about())

    def _called_about(self) -> str:
        """Name and date of birth, as they are said on the telephone."""
        if self.client is None:
            return ""
        born = self.client.date_of_birth
        return f"{self.client.name}, born {day(born) if born else '[date of birth]'}"

    @cached_property
    def standing(self) -> ClientOutcomes:
        return standing_outcomes(self.client.id) if self.client is not None else ClientOutcomes()

    @property
    def outcome(self) -> GoalOutcome | None:
        goal_id = self.goal.id if self.goal is not None else None
        return next((each for each in self.standing if each.goal.id == goal_id), None)

    @property
    def safety(self) -> SafetyPart | None:
        """What stops, of the whole person."""
        if self.client is None:
            return None
        return safety_part(self.actor, self.client, self.goal, self.standing)

    @property
    def first(self) -> Pressing | None:
        """What of this goal is for the telephone today: Now helps and no list of names does."""
        return first_of(self.outcome)

    @property
    def is_for_telephone(self) -> bool:
        """Whether the seat itself is for today, also once that was spoken about."""
        if self.seat is None or self.seat.state != "open":
            return False
        return is_seat_for_telephone(self.outcome, self.seat)

    def check_chosen(self, urgency: str | None) -> None:
        """Raises `Invalid` where the form held no `urgency` and nothing was preset."""
        if self.first is not None and not urgency:
            raise Invalid("Choose how urgent it is.", field="urgency")

    @cached_property
    def offered(self) -> list[Named]:
        """Whom to ask for the seat, each with why: nobody for what is for the telephone today."""
        if self.seat is None or self.client is None or self.goal is None:
            return []
        if self.first is not None or self.is_for_telephone:
            return []
        said_no = self.after.receiver_id if self.after else None
        return names_for(self.actor, self.client, self.seat, self.goal, said_no)

    @property
    def beside(self) -> list[tuple[str, str, str]]:
        """Who else could have been offered: id, name, and the standing team they are on."""
        to = self.receiver.id if self.receiver else None
        contacts = [(each.contact, each.team) for each in self.offered]
        return [
            (str(each.practitioner_id), each.name, team)
            for each, team in contacts
            if each.practitioner_id != to
        ]

    def found(self) -> list[Contact]:
        """People of the directory whose name, practice, place or discipline has the words."""
        if not self.words:
            return []
        listed = list_practitioners(self.actor, Filters(words=self.words), size=12).items
        ids = [each.entry.id for each in listed if each.entry.id != self.actor.practitioner_id]
        contacts = contacts_of(self.actor, ids)
        return [contacts[id_] for id_ in ids]


def desk_for(actor: Actor, given: Mapping[str, str]) -> Desk:
    """From an address or a sent form. Raises `NotFound` for an id that is not within reach."""
    desk = Desk(actor, words=" ".join(given.get("q", "").split())[:100])
    after = _id(given.get("after"))
    desk.after = _own(actor, get_referral(actor, after)) if after else None
    ids = {
        name: _id(given.get(name)) or _of_previous(desk.after, name)
        for name in ("client", "goal", "seat")
    }
    seat_id, goal_id, client_id = ids["seat"], ids["goal"], ids["client"]
    desk.seat = get_led_seat(actor, seat_id) if seat_id else None
    if desk.seat is not None:
        goal_id, client_id = desk.seat.goal_id, desk.seat.client_id
    desk.goal = get_led_goal(actor, goal_id) if goal_id else None
    if desk.goal is not None:
        client_id = desk.goal.client_id
    desk.client = get_led_client(actor, client_id) if client_id else None
    return _with_people(desk, _id(given.get("to")))


def desk_of_draft(actor: Actor, draft: Referral) -> Desk:
    """The desk of a draft as it was written."""
    desk = Desk(actor)
    desk.after = get_referral(actor, draft.previous_id) if draft.previous_id else None
    desk.seat = get_led_seat(actor, draft.seat_id) if draft.seat_id else None
    desk.goal = get_led_goal(actor, draft.goal_id) if draft.goal_id else None
    desk.client = get_led_client(actor, draft.client_id) if draft.client_id else None
    return _with_people(desk, draft.receiver_id)


def own_clients(actor: Actor) -> list[ClientLine]:
    """Clients a letter may be about: those whose record the actor keeps."""
    return [line for line in list_client_lines(actor) if line.is_lead]


def _with_people(desk: Desk, receiver_id: UUID | None) -> Desk:
    if receiver_id is not None:
        desk.receiver = find_practitioner(desk.actor, receiver_id)
        if desk.receiver is None:
            raise NotFound
        desk.contact = contacts_of(desk.actor, [receiver_id])[receiver_id]
    if desk.client is not None and desk.goal is None:
        goals = [goal for goal in list_goals(desk.actor, desk.client) if goal.status == "active"]
        desk.goals = shown_goals(desk.actor, goals)
        desk.goal = goals[0] if len(goals) == 1 else None
    if desk.client is not None and desk.goal is not None and desk.receiver is not None:
        desk.consent = consent_asked(
            desk.actor,
            desk.client,
            desk.goal,
            desk.receiver.id,
            desk.seat.discipline if desk.seat else None,
        )
    return desk


def _mail_leaves() -> bool:
    settings: Settings = current_app.extensions["careteam_settings"]
    return settings.mail_leaves


def _own(actor: Actor, referral: Referral) -> Referral:
    if referral.sender_id != actor.practitioner_id:
        raise NotFound
    return referral


def _of_previous(after: Referral | None, name: str) -> UUID | None:
    return getattr(after, f"{name}_id") if after is not None else None


def _id(text: str | None) -> UUID | None:
    """An id from an address or a form; what is none is not found."""
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None
