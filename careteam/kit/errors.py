"""Errors that people can cause. Each carries its HTTP status, a code and the field concerned."""

from __future__ import annotations

from collections.abc import Callable, Iterable


class CareteamError(Exception):
    """Base of all answers that are not what was asked for. The message is shown to a person."""

    status = 500
    code = "error"

    def __init__(self, message: str = "", *, field: str | None = None) -> None:
        super().__init__(message or self.default_message)
        self.field = field

    default_message = "Something went wrong."

    @property
    def message(self) -> str:
        return str(self.args[0])


class NotFound(CareteamError):
    """Missing, or not within reach: the two are told apart by nobody."""

    status = 404
    code = "not-found"
    default_message = "There is nothing here, or it is not yours to see."


class Forbidden(CareteamError):
    """Visible to the actor, but this change is not theirs to make."""

    status = 403
    code = "forbidden"
    default_message = "This is not yours to change."


class SignInNeeded(CareteamError):
    status = 401
    code = "sign-in-needed"
    default_message = "Please sign in first."


class Invalid(CareteamError):
    """What was typed cannot be used; `field` says where, `others` what else is wrong with it."""

    status = 422
    code = "invalid"
    default_message = "Please check what was typed."

    def __init__(
        self, message: str = "", *, field: str | None = None, others: Iterable[Invalid] = ()
    ) -> None:
        super().__init__(message, field=field)
        self.others = tuple(others)

    @property
    def every(self) -> tuple[Invalid, ...]:
        return self, *self.others


class Conflict(CareteamError):
    """Somebody else was first; `theirs` and `yours` hold both values by field."""

    status = 409
    code = "conflict"
    default_message = "Somebody else changed this meanwhile."

    def __init__(
        self,
        message: str = "",
        *,
        field: str | None = None,
        theirs: dict[str, object] | None = None,
        yours: dict[str, object] | None = None,
    ) -> None:
        super().__init__(message, field=field)
        self.theirs = theirs or {}
        self.yours = yours or {}


class TooLarge(Invalid):
    """More than there is room for."""

    status = 413
    code = "too-large"
    default_message = "That is too large."


def check_all(*checks: Callable[[], object]) -> None:
    """Run every check, also after one that refuses, so that everything missing is named at once.

    Raises one `Invalid` that holds all of theirs, the first of each field.
    """
    found: dict[str | None, Invalid] = {}
    for check in checks:
        try:
            check()
        except Invalid as error:
            for each in error.every:
                found.setdefault(each.field, each)
    if found:
        first, *others = found.values()
        raise Invalid(first.message, field=first.field, others=others)


class TooMany(CareteamError):
    status = 429
    code = "too-many"
    default_message = "Too many tries. Please wait a little."


class Unavailable(CareteamError):
    status = 503
    code = "unavailable"
    default_message = "The database did not answer. Nothing was saved; please try again."
