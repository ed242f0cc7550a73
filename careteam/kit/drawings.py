"""Small drawings made of text."""

from __future__ import annotations

from io import BytesIO

import segno
from markupsafe import Markup


def qr_code(text: str) -> Markup:
    """The text as a drawing: dark on whatever light ground the page gives it."""
    code = segno.make(text, error="l", micro=False)
    drawing = code.svg_inline(border=2, omitsize=True, svgclass="qr-code", lineclass="qr-dots")
    return Markup(drawing)  # noqa: S704  (drawn by us from text, holds no text)


def qr_picture(text: str) -> str:
    """The same code as an SVG file of its own, without a size: for paper."""
    drawn = BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawn, kind="svg", border=2, omitsize=True, xmldecl=False, svgclass=None, lineclass=None
    )
    return drawn.getvalue().decode()
