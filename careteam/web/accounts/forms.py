"""Forms of the accounts room."""

from __future__ import annotations

from wtforms import BooleanField, Field, ValidationError
from wtforms.validators import InputRequired

from careteam.features.accounts import passwords
from careteam.kit.errors import Invalid
from careteam.web.frame.again import EMAIL, password
from careteam.web.frame.forms import Form, line

NAME = InputRequired("Give a name.")
GOOD_WORDS_HINT = "10 characters or more. A few unrelated words are easy to keep in mind."


class _NewPassword:
    """Judges the password together with the other fields, so that all faults are said at once."""

    def validate_password(self, field: Field) -> None:
        name, email = (getattr(self, each).data or "" for each in ("name", "email"))
        try:
            passwords.check_new(field.data, name=name, email=email)
        except Invalid as error:
            raise ValidationError(error.message) from None


class SetupForm(_NewPassword, Form):
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


class AccountForm(_NewPassword, Form):
    name = line("Name", NAME)
    email = line("E-mail", *EMAIL, render_kw={"type": "email"})
    password = password("First password", "new-password")
    is_steward = BooleanField("Steward: looks after directory, pathways and accounts")


class FindForm(Form):
    """State in the address, so it carries no token."""

    class Meta:
        csrf = False

    q = line("Name or e-mail", render_kw={"type": "search"})
