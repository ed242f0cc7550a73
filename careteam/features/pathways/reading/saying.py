"""What is wrong with a file, in words for somebody who knows the trade and not the format."""

from collections.abc import Iterable
from difflib import get_close_matches

import yaml

FEW = 8
BY_SIGN = {
    "mapping values are not allowed": "a colon stands within the words here: put them in quotes",
    "found character that cannot start": (
        "words that begin with @, % or ` go in quotes, and a tab has to be blanks"
    ),
    "tab character": "a tab stands here: indent with blanks",
    "alphabetic or numeric character": "words that begin with & or * go in quotes",
    "escape": "a backslash within double quotes is read as a sign: use single quotes",
    "nesting depth": "too many levels lie in each other: check indents and brackets",
    "document start": 'this line does not begin with a name and a colon, as in "title: Our words"',
    "could not find expected ':'": "a colon is missing after the name",
}
"""What the parser of YAML says, to what has probably happened."""
BY_BEGINNING = {
    "quoted scalar": "the quote that begins here is never closed",
    "flow": "the bracket that begins here is never closed, or a comma is missing in it",
}
"""What the parser was in the middle of, to what has probably happened where that began."""
UNREADABLE = (
    "this line cannot be read: check its indentation, quotes and colons, and those of the line"
    " before it"
)


def unreadable(error: yaml.MarkedYAMLError) -> tuple[int, str]:
    """The line to look at and what to look for, where a text is no YAML."""
    mark, sign = error.problem_mark, error.problem or ""
    words = next((words for part, words in BY_SIGN.items() if part in sign), "")
    begun = next((said for part, said in BY_BEGINNING.items() if part in str(error.context)), "")
    if begun and error.context_mark and not words:
        return error.context_mark.line + 1, begun
    return mark.line + 1 if mark else 1, words or UNREADABLE


def instead(given: object, names: Iterable[str]) -> str:
    """Which of the names may be meant; all of them where there are few."""
    known = list(names)
    close = get_close_matches(str(given), known, n=1)
    if close:
        return f'; is "{close[0]}" meant?'
    return f"; possible: {', '.join(known)}" if 0 < len(known) <= FEW else ""


def either(words: Iterable[str]) -> str:
    """'local, limb or all'."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
