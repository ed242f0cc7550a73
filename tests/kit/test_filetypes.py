"""Files are told by their content, never by what they are called."""

from __future__ import annotations

import pytest

from careteam.kit.filetypes import Unfit, recognise
from tests.support.files import a_jpeg, a_pdf, a_png


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (a_pdf(), "pdf", "PDF, 1 page"),
        (a_pdf(pages=3), "pdf", "PDF, 3 pages"),
        (a_png(), "png", "Picture"),
        (a_jpeg(), "jpeg", "Photograph"),
    ],
)
def test_known_kinds(data: bytes, name: str, words: str) -> None:
    kind = recognise(data)
    assert (kind.name, kind.words) == (name, words)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00 a program", "no PDF, PNG or JPEG"),
        (b"<html><script>alert(1)</script>", "no PDF, PNG or JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no PDF, PNG or JPEG"),
        (b"GIF89a" + bytes(20), "no PDF, PNG or JPEG"),
        (b"%PDF-1.7\nnothing more", "damaged"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "damaged"),
        (b"\xff\xd8\xff" + bytes(50), "damaged"),
        (a_png()[:-20], "damaged"),
        (a_jpeg()[: len(a_jpeg()) // 2], "damaged"),
        (b"\n" + a_pdf(), "no PDF, PNG or JPEG"),
    ],
)
def test_anything_else_is_refused_with_a_reason(data: bytes, says: str) -> None:
    with pytest.raises(Unfit, match=says):
        recognise(data)


def test_picture_of_too_many_pixels_is_refused_without_reading_it() -> None:
    """The header alone claims it: 60000 by 60000."""
    header = a_png()
    huge = header[:16] + (60000).to_bytes(4, "big") * 2 + header[24:]
    with pytest.raises(Unfit):
        recognise(huge)
