"""PDF by typst, without a network and without another program.

What people typed reaches a template as data, in one JSON text, and is never read as markup or code.
Templates stand in `templates/pdf` and can reach nothing outside that folder. The fonts come with
typst; of the machine only letters are borrowed that those lack. Emoji, which no font of typst has,
are set as their names: a box says nothing, and a colour would be lost.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

import typst

from careteam.kit.symbols import symbols_in_words
from careteam.settings import PROJECT

FOLDER = PROJECT / "templates" / "pdf"


def typeset(template: str, data: Mapping[str, Any], made_at: datetime) -> bytes:
    """The template's PDF of `data`; equal data and instant give equal bytes."""
    pdf: bytes = typst.compile(
        FOLDER / template,
        root=FOLDER,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(_printable(data))},
        timestamp=made_at.replace(microsecond=0),
        format="pdf",
    )
    return pdf


def _printable(value: Any) -> Any:
    """The same data with every text as the fonts can set it."""
    if isinstance(value, str):
        return symbols_in_words(value)
    if isinstance(value, Mapping):
        return {name: _printable(each) for name, each in value.items()}
    return [_printable(each) for each in value] if isinstance(value, list | tuple) else value


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Looked for once: that takes longer than a letter."""
    return typst.Fonts()
