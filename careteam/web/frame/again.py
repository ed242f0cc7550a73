"""What was typed into a form that could not be taken, kept on the page so that it is not lost.

Whoever was signed out in the middle of a letter signs in on the page that answers, and sends the
letter from there. Nothing is stored meanwhile: the browser holds it, as it held the form. It goes
back to the account that typed it and to no other that signs in at the same desk: whose a form is
says its token, which is signed.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from flask import current_app, make_response, render_template, request, session
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response
from wtforms import PasswordField
from wtforms.validators import Email, InputRequired, Length

from careteam.web.frame.forms import Form, line
from careteam.web.frame.sending import is_in_place, safe_path

EMAIL = (InputRequired("Give an e-mail address."), Email("This is not an e-mail address."))
SECRET = frozenset({"csrf_token", "code", "current", "password", "pin", "token"})
OF = " of "
MOST = 500_000
"""Characters that are kept; written twice they still fit into one form."""


def password(label: str, autocomplete: str) -> PasswordField:
    return PasswordField(
        label,
        validators=[InputRequired("Give a password."), Length(max=1000)],
        render_kw={"autocomplete": autocomplete},
    )


class SignInForm(Form):
    email = line("E-mail", *EMAIL, render_kw={"type": "email", "autocomplete": "username"})
    password = password("Password", "current-password")


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a form was sent, what was in it and which account had opened it. Files are not kept.

    `typed_by` is empty for the forms of people without an account.
    """

    path: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool = False
    typed_by: str = ""

    @property
    def packed(self) -> str:
        packed = [self.path, self.fields, self.had_files, self.typed_by]
        return json.dumps(packed, ensure_ascii=False)

    def is_of(self, account_id: UUID | None) -> bool:
        return self.typed_by == str(account_id)

    @property
    def texts(self) -> list[str]:
        """What a person wrote in words, to be read and copied."""
        return [value for name, value in self.fields if name != "was" and len(value.split()) > 1]


def sign_forms(account_id: UUID) -> None:
    """From now on the token of this browser's forms says which account opened them."""
    session["csrf_token"] = f"{secrets.token_hex(20)}{OF}{account_id}"


def _typed_by() -> str:
    """Whose the sent form is, also when its session has ended; '' where nobody can say."""
    reading = URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="wtf-csrf-token")
    try:
        token = reading.loads(request.form.get("csrf_token", ""))
    except BadData:
        return ""
    return str(token).partition(OF)[2]


def find_kept() -> Kept | None:
    """What this request carries. None where that is nothing, secret, or not from a page of ours.

    A stranger's page must not be able to lay words of its own into a form that awaits a press.
    """
    if request.method != "POST" or request.blueprint == "accounts" or not _is_from_our_page():
        return None
    fields = tuple(
        (name, value) for name, value in request.form.items(multi=True) if name not in SECRET
    )
    if not fields or sum(len(name) + len(value) for name, value in fields) > MOST:
        return None
    path = request.script_root + request.full_path.rstrip("?")
    had_files = any(file.filename for file in request.files.values())
    return Kept(path, fields, had_files, _typed_by())


def _is_from_our_page() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    page = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(page).netloc == request.host


def unpack(packed: str | None) -> Kept | None:
    """What the page for signing in carried along; None for anything else."""
    try:
        path, fields, had_files, typed_by = json.loads(packed or "")
        pairs = tuple((name, value) for name, value in fields)
    except (ValueError, TypeError, RecursionError):
        return None
    is_text = all(isinstance(word, str) for pair in pairs for word in pair)
    if not is_text or not isinstance(path, str) or safe_path(path) != path:
        return None
    return Kept(path, pairs, had_files is True, str(typed_by))


def sign_in_first(kept: Kept, status: int) -> Response:
    """The page for signing in, with what was typed in its keeping."""
    form = SignInForm(formdata=None)
    body = render_template("accounts/sign_in.html", form=form, next=None, kept=kept)
    return _in_place(make_response(body, status))


def send_again(kept: Kept, status: int = 200) -> Response:
    """The page that shows what was typed, with the button that sends it."""
    return _in_place(make_response(render_template("errors/again.html", kept=kept), status))


def _in_place(response: Response) -> Response:
    """Where a part of a page was asked for, the answer takes the place of the whole content."""
    if is_in_place():
        response.status_code = 422
        response.headers["HX-Retarget"] = response.headers["HX-Reselect"] = "main"
        response.headers["HX-Reswap"] = "outerHTML"
    return response
