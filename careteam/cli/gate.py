"""What the server's processes load: the application behind the gateway."""

from __future__ import annotations

import gc
from importlib import import_module

from careteam.kit.gateway import Gateway

BODY_LIMIT = 12 * 1024 * 1024
"""Bytes. Above the application's own limits, which refuse in their own words."""
BODY_PATIENCE = 30.0
"""Seconds a whole body may take to arrive."""


def serve_application() -> Gateway:
    """Called once in each process. `app.py` is named, not imported: it lies above this storey."""
    application = import_module("app").app
    leave_what_is_loaded()
    return Gateway(application, limit=BODY_LIMIT, patience=BODY_PATIENCE)


def leave_what_is_loaded() -> None:
    """Take the program itself out of the search for garbage, and search less often.

    Half a million objects stay for good once everything is loaded; looking through them again and
    again for what could go took a tenth of the time of every page.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)
