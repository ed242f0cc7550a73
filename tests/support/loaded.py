"""Imported by the process of which servers are copies: what each would load again, or at the first
page that wants it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from typing import Any

import phonenumbers.data  # noqa: F401
import scipy.optimize
import scipy.sparse.csgraph
import scipy.special  # noqa: F401
from werkzeug.routing import Rule

from careteam import create_app
from careteam.cli.gate import leave_what_is_loaded
from careteam.kit.db import db
from careteam.kit.holidays import public_holidays
from careteam.settings import read_settings

Builder = Callable[..., tuple[str, str]]


def write_builders_once() -> None:
    """Of every address the library writes and compiles two small functions that fill it in. They
    are the same in each application, and took most of the time of making one.
    """
    write, written = Rule._compile_builder, dict[Any, Builder]()

    def remembered(rule: Rule, append_unknown: bool = True) -> Builder:
        same = (rule.rule, repr(rule.defaults), append_unknown)
        if same not in written:
            written[same] = write(rule, append_unknown)
        return written[same]

    Rule._compile_builder = remembered  # type: ignore[assignment,method-assign]


def make_an_application() -> None:
    """For what only comes with one; it is not used."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(read_settings({"CARETEAM_DATA": folder, "CARETEAM_SECRET_KEY": "k" * 40}))
        with app.app_context():
            db.engine.dispose()


write_builders_once()
make_an_application()
public_holidays("GB")
leave_what_is_loaded()
