"""`ui` in every template: the macros of `components/ui.html`, without importing them.

An import looks the file up and compares what both know, each time; a page made of parts paid for
that some thirty times.
"""

from __future__ import annotations

from typing import Any

from flask import Flask
from jinja2 import Environment

MACROS = "components/ui.html"


class Components:
    """Each macro is looked up when it is first called, or at each call where templates change."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._environment.get_template(MACROS).module, name)
        if not self._environment.auto_reload:
            setattr(self, name, found)
        return found


def install(app: Flask) -> None:
    app.jinja_env.globals["ui"] = Components(app.jinja_env)
