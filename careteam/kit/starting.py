"""Imported before everything else: no search for garbage while modules are loaded.

What they make stays as long as the process. Looking through all of it again and again took a
quarter of the time to start, and of each later search that looks at everything.
"""

from __future__ import annotations

import gc

gc.disable()


def finish() -> None:
    """Search again from now on, but never through what is there by now."""
    gc.freeze()
    gc.enable()
