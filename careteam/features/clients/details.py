"""What is known of a client as a person, and how typed words become stored ones."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from careteam.features.directory.catalogue import country
from careteam.kit import clock
from careteam.kit.errors import Invalid
from careteam.kit.languages import language_name, parse_languages
from careteam.kit.places import resolve
from careteam.kit.telephones import read_telephone

SAFE_WAYS = ("email", "phone", "post", "in_person", "none")
OLDEST_YEARS = 130


@dataclass(frozen=True, slots=True)
class Details:
    """Everything but the name may be missing. `language` is a code or a name of one language."""

    name: str
    preferred_name: str | None = None
    date_of_birth: date | None = None
    email: str | None = None
    phone: str | None = None
    safe_contact: str | None = None
    place: str | None = None
    language: str | None = None
    communication_needs: str | None = None
    general_practitioner: str | None = None


def check_details(details: Details) -> dict[str, object]:
    """The columns to store. Raises `Invalid` with the field that cannot be used.

    A place that is no known town is kept as typed, without coordinates; a telephone number that is
    not understood is kept as typed.
    """
    if not details.name:
        raise Invalid("Give a name.", field="name")
    if details.safe_contact is not None and details.safe_contact not in SAFE_WAYS:
        raise Invalid("Choose one of the ways.", field="safe_contact")
    _check_birth(details.date_of_birth)
    town = resolve(details.place, country()) if details.place else None
    return asdict(details) | {
        "phone": read_telephone(details.phone, country()).display if details.phone else None,
        "language": _language(details.language),
        "latitude": town.latitude if town else None,
        "longitude": town.longitude if town else None,
    }


def _check_birth(day: date | None) -> None:
    today = clock.today()
    if day is not None and day > today:
        raise Invalid("This day is still to come.", field="date_of_birth")
    if day is not None and today.year - day.year > OLDEST_YEARS:
        raise Invalid("Please check the year.", field="date_of_birth")


def _language(typed: str | None) -> str | None:
    if not typed:
        return None
    read = parse_languages(typed)
    if len(read.codes) != 1 or read.unknown:
        raise Invalid("Give one language by its English name, such as Polish.", field="language")
    return read.codes[0]


def shown_language(code: str | None) -> str | None:
    """The name of a stored language."""
    return language_name(code) if code else None
