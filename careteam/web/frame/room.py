"""A room of the surface: a blueprint whose every route says who may enter.

One route answers one method. Leaving out `access=` is a `TypeError` when the module is imported, so
an application with an unguarded page does not start.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import wraps
from typing import Any

from flask import Blueprint, Response, g, make_response
from flask.sansio.app import App
from flask.typing import ResponseReturnValue

from careteam.access.operation import take_back
from careteam.access.permissions import Permission
from careteam.audit import reads
from careteam.kit.db import db
from careteam.kit.errors import Conflict

View = Callable[..., ResponseReturnValue]


class Entry(Enum):
    """Who may enter a route, where no single permission says it."""

    PUBLIC = "public"
    LINK = "link"
    CLIENT = "client"
    OWN_ENTRY = "own entry"
    SIGNED_IN = "signed in"


PUBLIC, SIGNED_IN = Entry.PUBLIC, Entry.SIGNED_IN
LINK, CLIENT, OWN_ENTRY = Entry.LINK, Entry.CLIENT, Entry.OWN_ENTRY
Access = Permission | Entry


class Room(Blueprint):
    """Routes are declared with `get` and `post` only. `declared` maps endpoint to its access."""

    def __init__(self, name: str, import_name: str, **options: Any) -> None:
        super().__init__(name, import_name, **options)
        self.declared: dict[str, Access] = {}

    def get(self, rule: str, *, access: Access, **options: Any) -> Callable[[View], View]:  # type: ignore[override]
        return self._one_method("GET", rule, access, options)

    def post(self, rule: str, *, access: Access, **options: Any) -> Callable[[View], View]:  # type: ignore[override]
        return self._one_method("POST", rule, access, options)

    def route(self, rule: str, **options: Any) -> Callable[[View], View]:  # type: ignore[override]
        raise TypeError("use get(..., access=) or post(..., access=): one route, one method")

    def register(self, app: App, options: dict[str, Any]) -> None:
        super().register(app, options)
        registry: dict[str, Access] = app.extensions.setdefault("careteam_access", {})
        registry.update({f"{self.name}.{name}": access for name, access in self.declared.items()})

    def _one_method(
        self, method: str, rule: str, access: Access, options: dict[str, Any]
    ) -> Callable[[View], View]:
        if not isinstance(access, Permission | Entry):
            raise TypeError(
                f"{rule}: access must be a permission, SIGNED_IN, LINK, CLIENT, OWN_ENTRY or PUBLIC"
            )
        if "methods" in options:
            raise TypeError(f"{rule}: one route answers one method")

        def decorate(view: View) -> View:
            endpoint = options.pop("endpoint", view.__name__)
            if endpoint in self.declared:
                raise TypeError(f"{self.name}.{endpoint} is declared twice")
            self.declared[endpoint] = access
            guarded = _whole(view, commits=method == "POST")
            self.add_url_rule(
                rule,
                endpoint,
                guarded,
                methods=[method],
                provide_automatic_options=False,
                **options,
            )
            return view

        return decorate


def _whole(view: View, *, commits: bool) -> View:
    """Run the view whole: answer made, changes committed, reads written down, or nothing at all."""

    @wraps(view)
    def run(**arguments: Any) -> ResponseReturnValue:
        response = make_response(_once_more(view, arguments) if commits else view(**arguments))
        _gather(response)
        if commits and response.status_code < 400:
            reads.store(g.actor, with_changes=True)
            db.session.commit()
            return response
        if commits:
            db.session.rollback()
        reads.store(g.actor)
        return response

    return run


def _once_more(view: View, arguments: dict[str, Any]) -> ResponseReturnValue:
    """Run the view; where the row it makes was made a moment ago by the same form, run it again.

    Pressing twice at once sends two requests that both look for the row before either makes it.
    The second look finds it, and the view answers as it does for a form sent twice.
    """
    try:
        return view(**arguments)
    except Conflict as error:
        if error.field != "id":
            raise
        take_back()
        db.session.expunge_all()
        return view(**arguments)


def _gather(response: Response) -> None:
    """Take in the whole body: what is loaded while it streams could not be written down before."""
    response.direct_passthrough = False
    response.make_sequence()
