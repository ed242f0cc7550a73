"""PDF, and pictures of drawings, by typst: without a network and without another program.

What people typed reaches a template as data, in one JSON text, and is never read as markup or code.
Templates stand in `templates/pdf` and can reach nothing outside that folder. The fonts come with
typst; of the machine only letters are borrowed that those lack. Emoji, which no font of typst has,
are set as their names: a box says nothing, and a colour would be lost.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

import typst

from careteam.kit.symbols import symbols_in_words
from careteam.settings import PROJECT

FOLDER = PROJECT / "templates" / "pdf"
UNITS = 96.0
"""Of a drawing in one inch."""
FINE = 2.0
"""Dots of a picture for each unit of the drawing."""
MOST_DOTS = 16_000_000
"""In one picture; a larger drawing is made coarser rather than more than memory holds."""
_SIZE = re.compile(r'<svg [^>]*width="(\d+)" height="(\d+)"')


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


def picture_of(svg: str) -> bytes:
    """One of our drawings as PNG. Raises ValueError where it does not say its size."""
    size = _SIZE.search(svg)
    if size is None:
        raise ValueError("the drawing does not say how large it is")
    finest = math.sqrt(MOST_DOTS / (int(size[1]) * int(size[2])))
    png: bytes = typst.compile(
        FOLDER / "drawing.typ",
        root=FOLDER,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(_printable({"svg": svg}))},
        format="png",
        ppi=UNITS * min(FINE, finest),
    )
    return png


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
