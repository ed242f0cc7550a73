"""What is asked of an entry before it is written. Every refusal names its field."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import replace
from decimal import Decimal

from careteam.features.directory.details import MOST_DISCIPLINES, MOST_WORKPLACES, Details
from careteam.kit.errors import Invalid
from careteam.kit.languages import LANGUAGES
from careteam.kit.telephones import read_telephone

LONGEST_WAIT = 1095
"""Days; three years."""
_EMAIL = re.compile(r"[^\s@<>\"]{1,64}@[^\s@<>\"]+\.[^\s@<>\"]+")
_WEBSITE = re.compile(r"https?://[^\s/?#]+\.[^\s]+", re.IGNORECASE)


def checked(details: Details, disciplines: Container[str], country: str) -> Details:
    """The details in the form that is stored. Raises `Invalid` for the first that cannot be."""
    if not details.name.strip():
        raise Invalid("Give a name.", field="name")
    _check_choices(details, disciplines)
    _check_figures(details)
    email = _email(details.email)
    return replace(
        details,
        name=" ".join(details.name.split()),
        disciplines=tuple(dict.fromkeys(details.disciplines)),
        languages=tuple(sorted(set(details.languages))),
        email=email,
        website=web_address(details.website),
        phone=stored_phone(details.phone, country),
        workplaces=tuple(
            replace(work, phone=stored_phone(work.phone, country))
            for work in details.workplaces
            if not work.is_empty
        ),
    )


def stored_phone(typed: str | None, country: str) -> str | None:
    """The form in which a number is kept: E.164 where that loses nothing, else as typed."""
    if not typed:
        return None
    read = read_telephone(typed, country)
    return read.display if read.has_extension or not read.is_known else read.e164


def _check_choices(details: Details, disciplines: Container[str]) -> None:
    if not details.disciplines:
        raise Invalid("Choose a discipline.", field="disciplines")
    if len(set(details.disciplines)) > MOST_DISCIPLINES:
        raise Invalid(f"At most {MOST_DISCIPLINES} disciplines.", field="disciplines")
    if not all(each in disciplines for each in details.disciplines):
        raise Invalid("Choose a discipline of the list.", field="disciplines")
    if not all(code in LANGUAGES for code in details.languages):
        raise Invalid("Choose languages of the list.", field="languages")
    if details.kind not in ("person", "service"):
        raise Invalid("Choose person or service.", field="kind")
    if details.accepting not in ("yes", "no", "unknown"):
        raise Invalid("Choose yes, no or not known.", field="accepting")
    if sum(not work.is_empty for work in details.workplaces) > MOST_WORKPLACES:
        raise Invalid(f"At most {MOST_WORKPLACES} workplaces.", field="practice")


def _check_figures(details: Details) -> None:
    low, high = details.fee_from, details.fee_to
    for field, fee in (("fee_from", low), ("fee_to", high)):
        if fee is not None and not Decimal(0) <= fee < Decimal(1_000_000):
            raise Invalid("Give a fee of 0 or more.", field=field)
    if low is not None and high is not None and low > high:
        raise Invalid("The highest fee is below the lowest.", field="fee_to")
    check_wait(details.usual_wait_days)


def check_wait(days: int | None) -> None:
    if days is not None and not 0 <= days <= LONGEST_WAIT:
        raise Invalid(f"Give a wait of 0 to {LONGEST_WAIT} days.", field="usual_wait_days")


def _email(typed: str | None) -> str | None:
    if not typed:
        return None
    if not _EMAIL.fullmatch(typed):
        raise Invalid("This is not an e-mail address.", field="email")
    return typed.casefold()


def web_address(typed: str | None, field: str = "website") -> str | None:
    """Only http and https are kept: anything else could run when it is clicked."""
    if not typed:
        return None
    address = typed if "://" in typed else f"https://{typed}"
    if not _WEBSITE.fullmatch(address):
        raise Invalid("This is not a web address.", field=field)
    return address
