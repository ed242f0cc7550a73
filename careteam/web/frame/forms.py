"""Forms: what is typed is cleaned, checked, kept when wrong, and merged when it is late."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from flask import render_template, request
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from werkzeug.datastructures import MultiDict
from wtforms import Field, FileField, StringField, TextAreaField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from careteam.access.operation import take_back
from careteam.kit import clock
from careteam.kit.errors import CareteamError, Conflict, Invalid
from careteam.kit.merge import merge
from careteam.kit.text import clean
from careteam.web.frame.selects import drawn

SHORT, LONG = 200, 10_000
SUBMITTING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
MINUTES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
"""How a day and time may be typed, or sent by a browser's own field."""
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


class Form(FlaskForm):
    """The base of every form. Field names are the model's own."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Form, formdata: Any) -> Any:
            """What a browser's form sends, and no JSON: its values need not be text.

            A file goes to a field for files only, whatever name it was sent under.
            """
            if formdata is not _Auto:
                return formdata
            if request.method not in SUBMITTING:
                return None
            sent: MultiDict[str, Any] = MultiDict(request.form)
            for name, files in request.files.lists():
                if isinstance(form._fields.get(name), FileField):
                    sent.setlist(name, files)
            return sent

        def render_field(self, field: Field, render_kw: dict[str, Any]) -> Any:
            field.widget = drawn(field.widget)
            return super().render_field(field, render_kw)

    def refuse(self, error: CareteamError) -> None:
        """Show an operation's answer beside the field it concerns, else above the form."""
        if error.field and error.field in self._fields:
            field = self._fields[error.field]
            field.errors = [*field.errors, error.message]
        else:
            self.form_errors.append(error.message)

    @property
    def version(self) -> int | None:
        """The version of the shared thing that the page showed."""
        return whole_number(request.form.get("version"))

    @property
    def new_id(self) -> UUID:
        """The key proposed for what is made, so that pressing twice makes one."""
        return proposed_id()


def proposed_id() -> UUID:
    try:
        return UUID(request.form.get("new_id", ""))
    except ValueError:
        return uuid4()


def whole_number(text: str | None) -> int | None:
    """None for what is no number, or more than anything is counted to."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def line(label: str, *validators: Any, longest: int = SHORT, **options: Any) -> StringField:
    """A one-line text, cleaned; empty is None."""
    return StringField(
        label,
        filters=[clean],
        validators=[*_of_words(validators), Length(max=longest)],
        **options,
    )


def text(label: str, *validators: Any, longest: int = LONG, **options: Any) -> TextAreaField:
    """A longer text, cleaned; empty is None."""
    return TextAreaField(
        label,
        filters=[clean],
        validators=[*_of_words(validators), Length(max=longest)],
        **options,
    )


def _of_words(validators: tuple[Any, ...]) -> list[Any]:
    """What is needed is needed in words: blanks alone are cleaned to nothing and count as such."""
    return [
        DataRequired(each.message) if isinstance(each, InputRequired) else each
        for each in validators or (Optional(),)
    ]


def sensible_day(_form: Any, field: Field) -> None:
    """A day between 1900 and 2199."""
    if field.data is not None and not FIRST_DAY <= field.data <= LAST_DAY:
        raise ValidationError("Give a year between 1900 and 2199.")


def sensible_instant(_form: Any, field: Field) -> None:
    """A day and time between 1900 and 2199 that the community's clock shows: in spring, where the
    clocks go forward, an hour is left out.
    """
    typed = field.data
    if typed is None:
        return
    if not FIRST_DAY <= typed.date() <= LAST_DAY:
        raise ValidationError("Give a year between 1900 and 2199.")
    if clock.local(on_our_clock(typed).astimezone(UTC)).replace(tzinfo=None) != typed:
        raise ValidationError(
            f"The clocks go forward on this day: there is no {typed:%H:%M}. Give another time."
        )


def on_our_clock(value: datetime) -> datetime:
    """A typed day and time as an instant; years beyond reason stay refusable."""
    return value.replace(tzinfo=clock.local(clock.now()).tzinfo or UTC)


def shown(values: Mapping[str, Any]) -> str:
    """What a form showed, for its hidden field `was`: the base of a later merge."""
    return json.dumps({name: _plain(value) for name, value in values.items()}, sort_keys=True)


def merged(
    version: int | None, current_version: int, stored: Mapping[str, Any], sent: Mapping[str, Any]
) -> dict[str, Any]:
    """The changes to apply to the stored row.

    With the current version: every sent value that differs. With an older one: those fields that
    only the sender changed, judged by `was`. Raises `Conflict` with both values where both changed
    the same field, or where no version came along.
    """
    if version == current_version:
        return {name: value for name, value in sent.items() if stored[name] != value}
    base = _base()
    theirs = {name: _plain(stored[name]) for name in sent}
    yours = {name: _plain(value) for name, value in sent.items()}
    result = merge(base, theirs, yours)
    if result.clashes:
        raise Conflict(
            "Somebody else changed this meanwhile.",
            theirs={name: pair[0] for name, pair in result.clashes.items()},
            yours={name: pair[1] for name, pair in result.clashes.items()},
        )
    return {name: sent[name] for name in result.changes}


def _base() -> dict[str, Any]:
    try:
        found = json.loads(request.form.get("was", "{}"))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _plain(value: Any) -> Any:
    """A value as it looks in a form, so that stored and typed compare."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return float(f"{value:g}")
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return str(value)


def page(template: str, form: Form | None = None, status: int = 200, **context: Any) -> Any:
    """A page; 422 when its form was sent and has errors."""
    if form is not None and (form.errors or form.form_errors) and status == 200:
        status = 422
    return render_template(template, form=form, **context), status


def attempt(form: Form, change: Callable[[], Any]) -> Any | None:
    """Run a change if the form is valid; None when form, page or operation refuse.

    A `Conflict` is not caught: the page shows both values. Either way nothing of it is left, also
    where the page itself refuses after one operation of several.
    """
    if not form.validate_on_submit():
        return None
    try:
        return change()
    except Conflict:
        take_back()
        raise
    except Invalid as error:
        take_back()
        for each in error.every:
            form.refuse(each)
        return None


def conflict_rows(
    error: Conflict, labels: Mapping[str, str], by: str = "Stored now"
) -> list[dict[str, Any]]:
    """Rows for `ui.conflicts`: both values of each field that two people changed."""
    return [
        {
            "label": labels.get(name, name),
            "yours": error.yours[name],
            "theirs": theirs,
            "by": by,
            "at": None,
        }
        for name, theirs in error.theirs.items()
    ]


def choices(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Pairs of value and label as a field takes them."""
    return [SelectChoice(value, label) for value, label in pairs]
