"""The form of a hold or a caution laid by hand, for those who sign in and behind a link."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from wtforms import BooleanField, DateField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional

from careteam.access.actor import Actor
from careteam.features.clients.models import Goal
from careteam.features.teams.precautions.choosing import (
    KINDS,
    SCOPES,
    SOMEBODY_ELSE,
    who_may_say,
)
from careteam.features.teams.precautions.operations import NewPrecaution
from careteam.kit import clock
from careteam.kit.errors import NotFound
from careteam.web.frame.forms import Form, choices, line, sensible_day, text


class PrecautionForm(Form):
    """What is wrong with kind, scope and who says so is said by the operation."""

    kind = RadioField(
        "What is it?",
        choices=choices(KINDS.items()),
        validators=[Optional()],
        validate_choice=False,
    )
    scope = RadioField(
        "What is stopped?",
        choices=choices(SCOPES.items()),
        validators=[Optional()],
        validate_choice=False,
    )
    what = text("In words", longest=1000)
    why = text("Why", InputRequired("Say why; it is kept."), longest=2000)
    shares_why = BooleanField("The team may read why")
    said_by = SelectField("Who says so?", validate_choice=False)
    said_by_name = line("Their name and what they are")
    from_on = DateField("Since", validators=[Optional(), sensible_day], default=clock.today)

    @property
    def new(self) -> NewPrecaution:
        """As the operation takes it. Raises `NotFound` for somebody who is no id."""
        somebody = self.said_by.data in (None, "", "None", SOMEBODY_ELSE)
        return NewPrecaution(
            kind=_chosen(self.kind.data),
            scope=_chosen(self.scope.data),
            what=self.what.data,
            why=self.why.data,
            shares_why=bool(self.shares_why.data),
            said_by_id=None if somebody else _id(self.said_by.data),
            said_by_name=self.said_by_name.data if somebody else None,
            from_on=self.from_on.data,
        )


class EndPrecautionForm(Form):
    ended_why = line("What has changed?", longest=500)


def precaution_form(
    actor: Actor, goal: Goal, begin: Mapping[str, Any] | None = None, **options: Any
) -> PrecautionForm:
    """The form with whoever may say so for this goal; oneself unless `begin` names somebody."""
    people = who_may_say(actor, goal)
    form = PrecautionForm(data={"said_by": next(iter(people)), **(begin or {})}, **options)
    form.said_by.choices = choices(people.items())
    return form


def _chosen(value: str | None) -> str | None:
    return None if value in (None, "", "None") else value


def _id(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise NotFound from None
