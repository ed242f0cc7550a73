"""Telephone numbers: one form to compare and store, one to show, one to call."""

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, ValidationResult

_LONGEST = 60
_SHORTEST_UNLISTED = 9
_DIAL = re.compile(r"[^0-9*#]")


@dataclass(frozen=True, slots=True)
class Telephone:
    """A number as it was typed and, where it was understood, in the common forms.

    `e164` is empty when the number is not understood; `display` is then what was typed.
    `href` is empty when there is nothing that a telephone could dial.
    """

    typed: str
    e164: str
    display: str
    href: str
    has_extension: bool = False

    @property
    def is_known(self) -> bool:
        """Return whether the number was understood."""
        return bool(self.e164)


@lru_cache(maxsize=16_384)  # an import reads each number of its rows several times over
def read_telephone(typed: str, country: str = "GB") -> Telephone:
    """Read a number; one without a country code belongs to `country` (ISO 3166).

    A number is understood when the numbering plan knows it, or when it has a length that the
    country uses and at least nine digits: new ranges come faster than tables, but a shorter
    number may lack its area code. Anything else stays as typed. An extension is kept in the
    shown and dialled forms and is no part of `e164`.
    """
    kept = " ".join(typed.split())[:_LONGEST]
    number = _parsed(kept, country.upper())
    if number is None:
        return Telephone(kept, "", kept, _href_as_typed(kept))
    return Telephone(
        kept,
        phonenumbers.format_number(number, PhoneNumberFormat.E164),
        _display(number, country.upper()),
        phonenumbers.format_number(number, PhoneNumberFormat.RFC3966),
        bool(number.extension),
    )


def _parsed(typed: str, country: str) -> PhoneNumber | None:
    # "+44 (0)1234 ..." is common on cards and must not keep the zero.
    plain = re.sub(r"\(0\)", "", typed) if typed.startswith(("+", "00")) else typed
    try:
        number = phonenumbers.parse(plain, country)
    except phonenumbers.NumberParseException:
        return None
    length = phonenumbers.is_possible_number_with_reason(number)
    digits = len(phonenumbers.national_significant_number(number))
    likely = length == ValidationResult.IS_POSSIBLE and digits >= _SHORTEST_UNLISTED
    return number if likely or phonenumbers.is_valid_number(number) else None


def _display(number: PhoneNumber, country: str) -> str:
    home = phonenumbers.country_code_for_region(country)
    form = PhoneNumberFormat.INTERNATIONAL
    if number.country_code == home:
        form = PhoneNumberFormat.NATIONAL
    return phonenumbers.format_number(number, form)


def _href_as_typed(typed: str) -> str:
    digits = _DIAL.sub("", typed)
    if sum(digit.isdigit() for digit in digits) < 3:
        return ""
    sign = "+" if typed.lstrip().startswith("+") else ""
    return f"tel:{sign}{digits.replace('#', '%23')}"


def is_country(code: str) -> bool:
    """Whether this is the two-letter code (capitals) of a country with telephones."""
    return code in phonenumbers.SUPPORTED_REGIONS
