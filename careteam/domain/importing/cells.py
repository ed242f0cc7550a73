"""Single cells: fees, yes and no, e-mails, web addresses, registrations."""

import re
from decimal import Decimal

from careteam.domain.importing.values import Fee
from careteam.domain.importing.words import fold

_YES = frozenset(
    "yes|y|true|1|x|ja|j|oui|o|si|s|open|accepting|available|has space|taking clients|"
    "taking new clients|accepting new clients|frei|offen|disponible|beschikbaar".split("|")
)
_NO = frozenset(
    "no|n|false|0|nein|non|nee|none|full|closed|not now|no space|not accepting|"
    "not taking clients|waiting list closed|voll|geschlossen|complet|vol|completo".split("|")
)

_AMOUNT = re.compile(r"\d{1,6}(?:[.,]\d{1,2})?(?!\d)")
_CURRENCIES = {
    "\u00a3": "GBP",
    "gbp": "GBP",
    "pound": "GBP",
    "\u20ac": "EUR",
    "eur": "EUR",
    "chf": "CHF",
    "usd": "USD",
    "$": "USD",
}
_EMAIL = re.compile(r"[\w.+%'-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63}){1,6}")
_WEBSITE = re.compile(r"https?://[^\s/?#]+\.[^\s]+|[\w-]+(\.[\w-]+)+([/?#]\S*)?", re.IGNORECASE)
_REGISTRATION = re.compile(r"([^\W\d_][^\d]*?)[\s:.#-]+([A-Za-z]{0,4}\d[\w/-]*)")
_BETWEEN_NUMBERS = re.compile(r"[,;|\n]|\s/\s|\bor\b")


def read_accepting(typed: str) -> str | None:
    """Return "yes", "no", "unknown" for an empty cell, None when it is not understood."""
    words = fold(typed)
    if not words or words in {"unknown", "unbekannt", "maybe"}:
        return "unknown"
    if words in _YES:
        return "yes"
    return "no" if words in _NO else None


def read_fee(typed: str) -> Fee | None:
    """Return the lowest and highest of at most two amounts; None when there are none or more."""
    amounts = [Decimal(a.replace(",", ".")) for a in _AMOUNT.findall(typed[:100])]
    if not 1 <= len(amounts) <= 2:
        return None
    currencies = {code for sign, code in _CURRENCIES.items() if sign in typed.casefold()}
    currency = currencies.pop() if len(currencies) == 1 else ""
    return Fee(min(amounts), max(amounts), currency)


def read_emails(typed: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the addresses, in lower case and each once, and the words that are none."""
    pieces = re.split(r"[\s,;|<>]+", typed.removeprefix("mailto:").strip())
    good = dict.fromkeys(piece.casefold() for piece in pieces if _EMAIL.fullmatch(piece))
    bad = (piece for piece in pieces if piece and not _EMAIL.fullmatch(piece))
    return tuple(good), tuple(bad)


def split_numbers(typed: str) -> tuple[str, ...]:
    """Return the telephone numbers of a cell, apart."""
    pieces = (" ".join(piece.split()) for piece in _BETWEEN_NUMBERS.split(typed))
    return tuple(piece for piece in pieces if any(letter.isdigit() for letter in piece))


def read_website(typed: str) -> str | None:
    """Return a web address with its scheme, "" for an empty cell, None when it is none.

    Only http and https are accepted: anything else could run when it is clicked.
    """
    words = typed.split()
    if not words:
        return ""
    first = words[0].rstrip(",;")
    if not _WEBSITE.fullmatch(first):
        return None
    return first if first.casefold().startswith(("http://", "https://")) else f"https://{first}"


def read_registration(typed: str) -> tuple[str, str]:
    """Return body and number of "HCPC PH12345"; the body is empty when only a number is there."""
    words = " ".join(typed.split())
    found = _REGISTRATION.fullmatch(words[:200])
    return (found[1].strip(), found[2]) if found else ("", words)
