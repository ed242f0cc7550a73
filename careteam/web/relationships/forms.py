"""Forms about touches, rhythms and asking out."""

from __future__ import annotations

from uuid import UUID

from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional

from careteam.domain.relationships.tending import RHYTHMS
from careteam.domain.relationships.touches import LABELS, Kind
from careteam.features.relationships.asking import AskedFor
from careteam.features.relationships.models import Touch
from careteam.features.relationships.operations import Said
from careteam.features.relationships.queries import Tellable
from careteam.kit import clock
from careteam.web.frame.forms import Form, choices, line, sensible_day, text

NOTE_HINT = "For yourself. Leave clients out of it."
RHYTHM_WORDS = {1: "Every month", 2: "Every 2 months", 3: "Every 3 months", 6: "Every 6 months"}
RHYTHM_WORDS[12] = "Once a year"


class TouchForm(Form):
    kind = RadioField("What it was", validators=[InputRequired("Choose what it was.")])
    happened_on = DateField("Day", validators=[Optional(), sensible_day], default=clock.today)
    note = text("Note", longest=2000, description=NOTE_HINT)
    next_step = line("Next step", description="For example: ask what came of it")
    next_on = DateField("On", validators=[Optional(), sensible_day])
    has_thought = BooleanField("Nothing is given for a referral: note it as it stands")

    def offer(self, *, with_person: bool, kind: str | None = None) -> None:
        """What can be noted here; what is a client update stays one."""
        if kind == Kind.CLIENT_UPDATE:
            kinds = [Kind.CLIENT_UPDATE]
        else:
            kinds = offered(with_person=with_person)
        self.kind.choices = choices((each.value, LABELS[each]) for each in kinds)

    def show(self, touch: Touch) -> None:
        for name in ("kind", "happened_on", "note", "next_step", "next_on"):
            self[name].data = getattr(touch, name)

    def said(self) -> Said:
        return Said(
            kind=self.kind.data or "",
            happened_on=self.happened_on.data,
            note=self.note.data,
            next_step=self.next_step.data,
            next_on=self.next_on.data,
            has_thought=self.has_thought.data,
        )


class PracticeForm(TouchForm):
    practice = line("Name of the practice", InputRequired("Name the practice."), longest=120)


class UpdateForm(Form):
    client = RadioField("About which client", validators=[InputRequired("Choose the client.")])
    happened_on = DateField("Day", validators=[Optional(), sensible_day], default=clock.today)
    note = text("Note", longest=2000, description="Without the client's name: it is not kept here.")

    def offer(self, clients: list[Tellable]) -> None:
        self.client.choices = choices((str(each.id), each.called) for each in clients)

    @property
    def client_id(self) -> UUID | None:
        return UUID(self.client.data) if self.client.data else None

    def said(self) -> Said:
        return Said(Kind.CLIENT_UPDATE, self.happened_on.data, self.note.data)


class RhythmForm(Form):
    every_months = SelectField(
        "Be in touch",
        choices=choices([("", "No rhythm"), *((str(n), RHYTHM_WORDS[n]) for n in RHYTHMS)]),
        validators=[Optional()],
    )

    def __init__(self, *args: object, stored: int | None = None, **options: object) -> None:
        data = {"every_months": str(stored)} if stored else None
        super().__init__(*args, data=data, **options)

    @property
    def months(self) -> int | None:
        return int(self.every_months.data) if self.every_months.data else None


def offered(*, with_person: bool) -> list[Kind]:
    """What is noted with one press: not the update about a client, which asks for a consent."""
    at_practice = (Kind.VISIT, Kind.CALL, Kind.MESSAGE, Kind.CV_LEFT, Kind.THANK_YOU)
    demos = (Kind.DEMO_OFFERED, Kind.DEMO_GIVEN, Kind.DEMO_RECEIVED, Kind.INTRODUCTION)
    if not with_person:
        return [*at_practice, *demos]
    return [kind for kind in Kind if kind is not Kind.CLIENT_UPDATE]


class AskForm(Form):
    """That one asked: `discipline` and `place` come from the page."""

    discipline = HiddenField()
    place = HiddenField()
    where = line(
        "Where you asked",
        InputRequired("Say where you asked."),
        longest=120,
        description="For example: the local therapists’ group, my own page",
    )
    asked_on = DateField("On", validators=[Optional(), sensible_day], default=clock.today)

    def asked(self) -> AskedFor:
        place = (self.place.data or "")[:120] or None
        return AskedFor(self.discipline.data or "", place, self.where.data, self.asked_on.data)


class NameForm(Form):
    """A name that came back. Several stand on one page, so each has ids of its own."""

    name = line("Name", InputRequired("Give the name."), longest=120)
    reach = line(
        "How to reach them", longest=200, description="Telephone, e-mail or website, as it was said"
    )
    said_by = line("Said by", longest=120)

    @classmethod
    def beside(cls, ask_id: UUID, form: NameForm | None = None) -> NameForm:
        shown = form or cls(None)
        for name in ("name", "reach", "said_by"):
            shown[name].id = f"{name}-{ask_id}"
            shown[name].label.field_id = shown[name].id
        return shown
