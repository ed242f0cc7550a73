"""Small files of each kind, and what stands in a PDF."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import typst
import zxingcpp
from PIL import Image


def a_pdf(words: str = "A page", pages: int = 1) -> bytes:
    source = "\n#pagebreak()\n".join([words] * pages)
    made: bytes = typst.compile(source.encode(), ignore_system_fonts=True)
    return made


def a_png() -> bytes:
    return _picture("PNG")


def a_jpeg() -> bytes:
    return _picture("JPEG")


def _picture(kind: str) -> bytes:
    made = BytesIO()
    Image.effect_noise((64, 64), 60).convert("RGB").save(made, kind)
    return made.getvalue()


def pdf_text(data: bytes) -> str:
    """The words of a PDF, with breaks of lines as blanks."""
    document = pypdfium2.PdfDocument(data)
    try:
        parts = []
        for page in document:
            text = page.get_textpage()
            parts.append(text.get_text_bounded())
            text.close()
            page.close()
    finally:
        document.close()
    return " ".join(" ".join(parts).replace("\u200b", "").split())


def codes_on(data: bytes) -> list[str]:
    """What a phone's camera reads on the first page of a PDF, as printed at 150 dots an inch."""
    document = pypdfium2.PdfDocument(data)
    try:
        picture: Image.Image = document[0].render(scale=150 / 72).to_pil()
    finally:
        document.close()
    return codes_in(picture)


def codes_in(picture: Image.Image) -> list[str]:
    return [each.text for each in zxingcpp.read_barcodes(picture)]


def pdf_title(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return str(document.get_metadata_value("Title"))
    finally:
        document.close()


def pages_of(data: bytes) -> int:
    document = pypdfium2.PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()
