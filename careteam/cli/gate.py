"""What the server's processes load: the application behind the gateway."""

from __future__ import annotations

from importlib import import_module

from careteam.kit.gateway import Gateway

BODY_LIMIT = 12 * 1024 * 1024
"""Bytes. Above the application's own limits, which refuse in their own words."""
BODY_PATIENCE = 30.0
"""Seconds a whole body may take to arrive."""


def serve_application() -> Gateway:
    """Called once in each process. `app.py` is named, not imported: it lies above this storey."""
    application = import_module("app").app
    return Gateway(application, limit=BODY_LIMIT, patience=BODY_PATIENCE)
