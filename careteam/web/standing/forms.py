"""Forms about standing teams."""

from __future__ import annotations

from uuid import UUID

from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired, Optional

from careteam.features.pathways.content import load_content
from careteam.kit.errors import NotFound
from careteam.web.frame.forms import Form, choices, line


class TeamForm(Form):
    name = line("Name of the team", InputRequired("Give the team a name."), longest=80)
    pathway = SelectField(
        "What it is for", validators=[Optional()], filters=[lambda value: value or None]
    )
    goal = HiddenField()

    def offer_pathways(self) -> None:
        titles = [(each.id, each.title) for each in load_content().pathways.values()]
        self.pathway.choices = choices([("", "Nothing in particular"), *titles])


class MemberForm(Form):
    practitioner = HiddenField(validators=[InputRequired("Choose somebody.")])
    discipline = HiddenField(validators=[InputRequired("Choose a discipline.")])


def id_of(text: str | None) -> UUID:
    """Raises `NotFound` for what is no id."""
    try:
        return UUID(text or "")
    except ValueError:
        raise NotFound from None
