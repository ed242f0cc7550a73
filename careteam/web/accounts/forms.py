"""Forms of the accounts room."""

from __future__ import annotations

from wtforms import BooleanField, PasswordField
from wtforms.validators import Email, InputRequired, Length

from careteam.web.frame.forms import Form, line

EMAIL = (InputRequired("Give an e-mail address."), Email("This is not an e-mail address."))
NAME = InputRequired("Give a name.")
GOOD_WORDS_HINT = "10 characters or more. A few unrelated words are easy to keep in mind."


def password(label: str, autocomplete: str) -> PasswordField:
    return PasswordField(
        label,
        validators=[InputRequired("Give a password."), Length(max=1000)],
        render_kw={"autocomplete": autocomplete},
    )


class SignInForm(Form):
    email = line("E-mail", *EMAIL, render_kw={"type": "email", "autocomplete": "username"})
    password = password("Password", "current-password")


class SetupForm(Form):
    community = line("Name of your community", InputRequired("Give your community a name."))
    name = line("Your name", NAME, render_kw={"autocomplete": "name"})
    email = line("E-mail", *EMAIL, render_kw={"type": "email", "autocomplete": "username"})
    password = password("Password", "new-password")


class CommunityForm(Form):
    name = line("Name of your community", InputRequired("Give your community a name."))


class FirstPasswordForm(Form):
    password = password("First password", "new-password")


class OwnDetailsForm(Form):
    name = line("Name", NAME, render_kw={"autocomplete": "name"})
    email = line("E-mail", *EMAIL, render_kw={"type": "email", "autocomplete": "email"})
    keeps_ties_private = BooleanField("Keep my referral ties to myself")


class PasswordForm(Form):
    current = password("Password now", "current-password")
    password = password("New password", "new-password")


class AccountForm(Form):
    name = line("Name", NAME)
    email = line("E-mail", *EMAIL, render_kw={"type": "email"})
    password = password("First password", "new-password")
    is_steward = BooleanField("Steward: looks after directory, pathways and accounts")
