"""What a file really is, told by its content and never by its name.

The first bytes say what it claims to be; a well-kept library then has to be able to read it. PDFium
(pypdfium2) reads PDF, Pillow reads pictures; pictures are read small, so that one of many pixels
does not fill the memory. Nothing of a file is changed.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO
from threading import Lock

from PIL import Image

MOST_PIXELS = 80_000_000
_PDFIUM = Lock()
"""PDFium may be used by one thread at a time."""


class Unfit(ValueError):
    """The file is empty, broken, locked or of another kind; the message says so to a person."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """`name` is pdf, png or jpeg; `words` say what it is, as 'PDF, 2 pages'."""

    name: str
    media_type: str
    ending: str
    words: str


def recognise(data: bytes) -> FileKind:
    """PDF, PNG or JPEG. Raises `Unfit` for anything else, and for what cannot be read."""
    if not data:
        raise Unfit("This file is empty.")
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _picture(data, "PNG", FileKind("png", "image/png", ".png", "Picture"))
    if data.startswith(b"\xff\xd8\xff"):
        return _picture(data, "JPEG", FileKind("jpeg", "image/jpeg", ".jpg", "Photograph"))
    raise Unfit("This is no PDF, PNG or JPEG. Save it as one of these, whatever its name says.")


def _pdf(data: bytes) -> FileKind:
    import pypdfium2  # heavy, and seldom needed

    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower():
                raise Unfit("This PDF is locked with a password. Save it without one.") from None
            raise Unfit("This PDF is damaged and cannot be opened.") from None
        try:
            pages = len(document)
        finally:
            document.close()
    if pages == 0:
        raise Unfit("This PDF has no pages.")
    return FileKind(
        "pdf", "application/pdf", ".pdf", f"PDF, {pages} {'page' if pages == 1 else 'pages'}"
    )


def _picture(data: bytes, name: str, kind: FileKind) -> FileKind:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(BytesIO(data), formats=[name]) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise Unfit("This picture has too many pixels. Save a smaller one.")
                if name == "PNG":
                    picture.verify()
                else:
                    picture.draft("L", (64, 64))
                    picture.load()
    except Unfit:
        raise
    except Exception:
        raise Unfit("This picture is damaged and cannot be opened.") from None
    return kind
