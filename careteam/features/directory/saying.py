"""What an entry says, in words."""

from __future__ import annotations

from typing import Any

from careteam.features.directory.catalogue import label_of
from careteam.features.directory.details import Details
from careteam.kit.languages import language_name

LABELS = {
    "name": "Name",
    "kind": "Person or service",
    "disciplines": "Disciplines",
    "workplaces": "Workplaces",
    "languages": "Languages",
    "phone": "Telephone",
    "email": "E-mail",
    "website": "Website",
    "social": "Social media",
    "accepting": "Takes new clients",
    "usual_wait_days": "Usual wait in days",
    "sees_in_person": "In person",
    "sees_online": "Online",
    "visits_homes": "Home visits",
    "is_public_service": "Public or free service",
    "fee_from": "Fee from",
    "fee_to": "Fee up to",
    "registration_body": "Register",
    "registration_number": "Registration number",
    "bio": "About",
}


def in_words(details: Details) -> dict[str, str]:
    """What an entry says, field by field; "" where it says nothing."""
    values = details.values()
    return {
        name: "; ".join(map(str, value))
        if name == "workplaces"
        else said_of(name, value)
        if value not in (None, (), "unknown", False)
        else ""
        for name, value in values.items()
    }


def said_of(name: str, value: Any) -> str:
    """The value of a field."""
    if value is None or value == []:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "disciplines":
        return ", ".join(map(label_of, value))
    if name == "languages":
        return ", ".join(map(language_name, value))
    return str(value)
