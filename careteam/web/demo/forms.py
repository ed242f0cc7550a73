"""Who starts for real."""

from __future__ import annotations

from wtforms import PasswordField
from wtforms.validators import Email, InputRequired, Length

from careteam.web.frame.forms import Form, line


class StartForm(Form):
    """For somebody whose own account is real already."""

    community = line("Name of your community", InputRequired("Give your community a name."))


class FirstPersonForm(StartForm):
    """For the person who was signed in as somebody made up."""

    name = line("Your name", InputRequired("Give your name."), render_kw={"autocomplete": "name"})
    email = line(
        "E-mail",
        InputRequired("Give an e-mail address."),
        Email("This is not an e-mail address."),
        render_kw={"type": "email", "autocomplete": "username"},
    )
    password = PasswordField(
        "Password",
        validators=[InputRequired("Give a password."), Length(max=1000)],
        render_kw={"autocomplete": "new-password"},
    )
