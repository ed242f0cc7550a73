"""Lists to choose from are drawn as the library draws them."""

from __future__ import annotations

from flask import Flask
from wtforms import SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import Select

from careteam.web.frame.forms import Form
from careteam.web.frame.selects import DrawnSelect

GROUPED = [
    SelectChoice("", "Any & all"),
    SelectChoice("a", 'The "first"', optgroup="<One>"),
    SelectChoice("b", "The second", optgroup="<One>"),
    SelectChoice("c", "", optgroup="Two"),
]


class Choosing(Form):
    class Meta:
        csrf = False

    one = SelectField("One", choices=GROUPED, default="b", validators=[InputRequired()])
    plain = SelectField("Plain", choices=GROUPED[:1], id="apart", render_kw={"class_": "wide"})
    number = SelectField("Number", choices=[SelectChoice(2), SelectChoice(3)], coerce=int)
    several = SelectMultipleField("Several", choices=GROUPED, default=["a", "c"])


def test_list_is_drawn_as_by_the_library(app: Flask) -> None:
    with app.test_request_context():
        form = Choosing(number=3)
        for field in form:
            ours = field(aria_describedby="hint")
            assert type(field.widget) is DrawnSelect
            attributes = {"aria_describedby": "hint", **(field.render_kw or {})}
            theirs = Select(field.widget.multiple)(field, **attributes)
            assert ours == theirs, field.name
