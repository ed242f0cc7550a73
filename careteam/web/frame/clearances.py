"""The form of a clearance, for those who sign in and behind a link."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response
from wtforms import DateField, FileField, RadioField, SelectField
from wtforms.validators import Optional

from careteam.access.actor import Actor
from careteam.features.clients.models import Goal
from careteam.features.teams.clearances.awaited import Asked
from careteam.features.teams.clearances.operations import (
    BY_HAND,
    LARGEST,
    NewClearance,
    give_clearance,
)
from careteam.features.teams.clearances.queries import get_clearance_file
from careteam.features.teams.models import Clearance
from careteam.kit import clock
from careteam.kit.errors import NotFound
from careteam.web.frame.files import brought, taken_away
from careteam.web.frame.forms import Form, choices, line, sensible_day, text

SOMEBODY_ELSE = "other"
FORMS = {
    "pdf": ("application/pdf", ".pdf"),
    "png": ("image/png", ".png"),
    "jpeg": ("image/jpeg", ".jpg"),
}


class ClearanceForm(Form):
    """What is wrong with what is asked, who gives it and how is said by the operation."""

    asked = RadioField("What is cleared?", validators=[Optional()], validate_choice=False)
    given_by = SelectField("Who gives it?", validate_choice=False)
    given_by_name = line("Their name and what they are")
    way = RadioField(
        "How did it reach you?",
        choices=choices(BY_HAND.items()),
        validators=[Optional()],
        validate_choice=False,
    )
    said = text("What is cleared, and on which condition", longest=2000)
    given_on = DateField("On which day", validators=[Optional(), sensible_day], default=clock.today)
    file = FileField("The letter, where there is one")

    def offer(self, asked: Asked, actor: Actor) -> None:
        """What can be cleared; who may have given it, where that is not the actor alone."""
        self.asked.choices = choices(
            (each.key, f"“{each.phase}” may begin, says the {each.giver}") for each in asked.awaited
        )
        people = {
            str(seat.practitioner_id): "I do"
            if seat.practitioner_id == actor.practitioner_id
            else seat.name
            for seat in asked.team
        }
        self.given_by.choices = choices([*people.items(), (SOMEBODY_ELSE, "Somebody else")])
        if not self.is_submitted() and asked.awaited:
            first = asked.awaited[0]
            self.asked.data = first.key
            self.given_by.data = next(
                (
                    str(seat.practitioner_id)
                    for seat in asked.team
                    if seat.discipline == first.discipline
                ),
                SOMEBODY_ELSE,
            )
        if not asked.is_lead:
            del self.given_by, self.given_by_name, self.way

    @property
    def new(self) -> NewClearance:
        """As the operation takes it. Raises `NotFound` for somebody who is no id."""
        by_hand = self.given_by is not None
        by = _id(self.given_by.data) if by_hand else None
        return NewClearance(
            asked=self.asked.data,
            said=self.said.data,
            given_on=self.given_on.data,
            data=brought(self.file.data, LARGEST),
            given_by_id=by,
            given_by_name=self.given_by_name.data if by_hand and by is None else None,
            way=self.way.data if by_hand else None,
        )


def _id(value: str | None) -> UUID | None:
    if value in (None, "", "None", SOMEBODY_ELSE):
        return None
    try:
        return UUID(value)
    except ValueError:
        raise NotFound from None


def clearance_form(actor: Actor, asked: Asked, **options: Any) -> ClearanceForm:
    form = ClearanceForm(**options)
    form.offer(asked, actor)
    return form


def give(form: ClearanceForm, actor: Actor, goal: Goal) -> Clearance:
    return give_clearance(actor=actor, goal=goal, clearance_id=form.new_id, new=form.new)


def file_of_clearance(actor: Actor, goal: Goal, clearance_id: UUID) -> Response:
    """What came with it, under a name that says nothing. Raises `NotFound`."""
    file = get_clearance_file(actor, goal, clearance_id)
    media_type, ending = FORMS[file.kind]
    return taken_away(file.data, f"file-{str(clearance_id)[:4]}{ending}", media_type)
