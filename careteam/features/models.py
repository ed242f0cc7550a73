"""Every table of every room, known to whoever makes or compares a whole database."""

from importlib import import_module
from pkgutil import iter_modules

import careteam.features

ROOMS = tuple(found.name for found in iter_modules(careteam.features.__path__) if found.ispkg)


def load_all() -> None:
    """Import the models of all rooms."""
    for room in ROOMS:
        package = import_module(f"careteam.features.{room}")
        if any(found.name == "models" for found in iter_modules(package.__path__)):
            import_module(f"careteam.features.{room}.models")
