"""A letter as PDF and as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from textwrap import wrap
from typing import Any

from careteam.exports.typesetting import typeset
from careteam.features.letters.sheet import Party, Sheet
from careteam.kit.drawings import qr_picture

BY_LINK = "Or answer here, without an account"
WIDTH = 76
"""Characters of a line of plain text, so that it also survives a quoted mail."""


def letter_pdf(sheet: Sheet) -> bytes:
    return typeset("letter.typ", _data(sheet), sheet.made_at)


def _data(sheet: Sheet) -> dict[str, Any]:
    data = asdict(sheet)
    del data["made_at"]
    return data | {
        "day": f"{sheet.day.day} {sheet.day:%B %Y}",
        "sections": [
            {"heading": each.heading, "lines": list(each.lines)} for each in sheet.sections
        ],
        "by_link": BY_LINK,
        "qr": qr_picture(sheet.address) if sheet.address else "",
    }


def letter_text(sheet: Sheet) -> str:
    """The same sheet in plain words; headings in capitals, one line between paragraphs."""
    blocks = [block for block in _blocks(sheet) if block]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _blocks(sheet: Sheet) -> Iterator[list[str]]:
    yield from (
        [line for words in [warning] for line in _wrapped(words)] for warning in sheet.warnings
    )
    yield [
        f"{sheet.day.day} {sheet.day:%B %Y}",
        *_wrapped(f"Referral: {sheet.role}" if sheet.role else "Referral"),
    ]
    yield _party("To", sheet.to)
    yield _party("From", sheet.sender)
    yield [f"Urgency: {sheet.urgency}", *([f"Client: {sheet.client}"] if sheet.client else [])]
    yield [line for label, value in sheet.facts for line in _wrapped(f"{label}: {value}")]
    yield _listed("Please ask first: the client would rather tell you", sheet.left)
    yield _said("My question to you", sheet.question)
    yield _said("Reason", sheet.reason)
    for section in sheet.sections:
        yield _listed(section.heading, section.lines)
    yield _said("Your answer", " ".join(filter(None, (sheet.answer_by, sheet.wanted))))
    yield [f"{BY_LINK}:", f"  {sheet.address}"] if sheet.address else []
    yield _listed("Enclosed", sheet.enclosed)
    if sheet.consent:
        yield _wrapped(f"Client's consent to share: {sheet.consent}.")
    yield _wrapped(f"{sheet.foot} Letter {sheet.number}.")


def _party(label: str, party: Party) -> list[str]:
    return [f"{label}: {party.name}", *(f"  {line}" for line in party.lines)]


def _said(heading: str, words: str) -> list[str]:
    return [heading.upper(), *_wrapped(words)]


def _listed(heading: str, lines: tuple[str, ...]) -> list[str]:
    if not lines:
        return []
    return [heading.upper(), *(line for words in lines for line in _item(words))]


def _item(words: str) -> list[str]:
    return wrap(words, WIDTH, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)


def _wrapped(words: str) -> list[str]:
    return [
        line
        for paragraph in words.splitlines()
        for line in (wrap(paragraph, WIDTH, break_on_hyphens=False) or [""])
    ]
