"""Finding somebody whom one does not know yet: what to ask, where, and what came back."""

from __future__ import annotations

import re

CHECKLIST: tuple[tuple[str, str], ...] = (
    (
        "Ask whoever you work with",
        "Not who is good, but whom they last sent somebody to and what came back.",
    ),
    (
        "Ask the client’s own doctor or nurse",
        "With the client’s agreement, and for a name only: they know who works near by.",
    ),
    (
        "Look in the register of the profession",
        "Most can be searched by place. Note number and day in the profile check.",
    ),
    (
        "Ring two and ask the same three questions",
        "Do you take new clients, and from when? Do you write back to whoever sent somebody? "
        "What do you not treat?",
    ),
    (
        "Read what they say in public",
        "Their website and how they answer people; not how many follow them.",
    ),
    ("Meet for a quarter of an hour", "Before the first client, in person or by video."),
    ("Give two names, never one", "The client chooses, and tells you how it went."),
)
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_EMAIL = re.compile(r"[^\s@,;<>()]+@[^\s@,;<>()]+\.[^\s@,;<>()]+")
_WEBSITE = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/[^\s,;]*)?", re.IGNORECASE)
_PHONE = re.compile(r"\+?\(?\d[\d\s()./-]{4,}\d")


def text_to_ask(discipline: str, near: str | None, signed: str) -> str:
    """For a post or a group. It says who asks and for what work, and nothing of any client.

    What stands in brackets in a label is for choosing from a list; nobody says it.
    """
    where = f" near {near}" if near else ""
    discipline = _BRACKETS.sub("", discipline)
    return (
        f"Whom do you trust? I am looking for a good {discipline}{where} to work with: somebody "
        "who knows their trade, rings back, and writes to whoever sent them somebody.\n\n"
        "A name and how to reach them is enough, and what you saw yourself. Please write nothing "
        f"about anybody they treated.\n\n{signed}"
    )


def read_reach(typed: str) -> dict[str, str]:
    """E-mail, telephone and website in one line, as far as it holds them."""
    found = {}
    rest = typed
    for name, pattern in (("email", _EMAIL), ("website", _WEBSITE), ("phone", _PHONE)):
        match = pattern.search(rest)
        if match:
            found[name] = match[0].strip(" .,;")
            rest = rest.replace(match[0], " ", 1)
    return found
