"""The frame every page stands in: gate, headers, errors, forms, navigation."""

from __future__ import annotations

from flask import Flask

from careteam.web.frame import components, errors, filters, gate, headers, navigation

__all__ = ["install"]


def install(app: Flask) -> None:
    """The gate stands first, so that nothing runs for a request it refuses."""
    gate.install(app)
    headers.install(app)
    errors.install(app)
    navigation.install(app)
    filters.install(app)
    components.install(app)
