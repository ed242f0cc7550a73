"""Words of headings, names and disciplines, made comparable."""

import re
import unicodedata

_NOT_A_WORD = re.compile(r"[^\w&+]+")
_TITLES = frozenset(
    "dr doctor prof professor mr mrs ms miss mx sir dame herr frau hr fr dipl ing med mme mlle m"
    " dott dra sra sr de heer mevrouw dhr mw bsc msc phd mcsp mbbs".split()
)


def fold(text: str) -> str:
    """Return lower-case words without accents and punctuation, one blank between them."""
    plain = text.casefold().replace("\u2019", "").replace("'", "")
    if not plain.isascii():
        spread = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return " ".join(_NOT_A_WORD.sub(" ", plain).replace("_", " ").split())


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name without titles and degrees, in order."""
    words = tuple(fold(name).split())
    return tuple(word for word in words if word not in _TITLES) or words


def words_given_first(name: str) -> tuple[str, ...]:
    """As `name_words`, with "Smith, John" turned round; degrees after a comma are left out."""
    last, _, rest = name.partition(",")
    given = [word for word in fold(rest).split() if word not in _TITLES]
    return (*given, *name_words(last)) if given and fold(last) else name_words(name)


def are_alike(one: str, other: str) -> bool:
    """Return whether two names can be one person's: all words of one in the other, or the same
    last name with first names that share an initial ("A. Example" and "Anna Example")."""
    return are_alike_in_words(name_words(one), name_words(other))


def are_alike_in_words(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """As `are_alike`, of names that are taken apart already."""
    if not a or not b:
        return False
    if set(a) <= set(b) or set(b) <= set(a):
        return True
    initials_fit = a[0][0] == b[0][0] and 1 in (len(a[0]), len(b[0]))
    return a[-1] == b[-1] and initials_fit
