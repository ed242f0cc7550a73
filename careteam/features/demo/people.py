"""Directory entries and accounts of the worked example."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from functools import lru_cache
from random import Random

from careteam.access.actor import SYSTEM
from careteam.features.accounts import passwords
from careteam.features.accounts.models import Account
from careteam.features.demo.cast import CAST, MAIN, Person, Temper
from careteam.features.demo.keys import account_id, practitioner_id
from careteam.features.directory.details import Details, Work
from careteam.features.directory.models import Practitioner
from careteam.features.directory.operations import new_entry
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.places import Place, resolve

BODIES = {
    "physiotherapist": "HCPC",
    "pelvic_health_physiotherapist": "HCPC",
    "podiatrist": "HCPC",
    "dietitian": "HCPC",
    "psychologist": "HCPC",
    "osteopath": "General Osteopathic Council",
    "chiropractor": "General Chiropractic Council",
    "counsellor": "BACP",
    "cbt_therapist": "BABCP",
    "acupuncturist": "British Acupuncture Council",
    "sports_physician": "GMC",
    "gynaecologist": "GMC",
    "nutritionist": "Association for Nutrition",
    "massage_therapist": "CNHC",
}
ONLINE = frozenset(
    "nutritionist dietitian psychologist counsellor cbt_therapist hypnotherapist".split()
)
WAIT_DAYS = {
    Temper.PROMPT: (2, 10),
    Temper.STEADY: (7, 21),
    Temper.SLOW: (14, 42),
    Temper.FULL: (42, 90),
    Temper.SILENT: (7, 28),
}
SPOKEN = ("cy", "pl", "fr", "es", "de", "ur", "ro", "pt")


@lru_cache(maxsize=1)
def towns() -> dict[str, Place]:
    """The towns of the cast by name: real ones, all of one region."""
    found = {person.town: resolve(person.town, "GB") for person in CAST}
    return {name: town for name, town in found.items() if town is not None}


def add_people(rng: Random, password: str) -> None:
    """Add every entry and the members' accounts. All accounts share one password."""
    for number, person in enumerate(CAST):
        _add_entry(rng, person, number)
    db.session.flush()
    password_hash = passwords.hash_password(password)
    db.session.add_all(
        Account(
            id=account_id(person.key),
            name=person.name,
            email=person.email,
            password_hash=password_hash,
            practitioner_id=practitioner_id(person.key),
            is_steward=person.key == MAIN,
            is_sample=True,
        )
        for person in CAST
        if person.is_member
    )
    db.session.flush()


def _add_entry(rng: Random, person: Person, number: int) -> None:
    row = new_entry(SYSTEM, _details(rng, person, number), practitioner_id(person.key))
    row.is_sample = True
    town = towns()[person.town]
    for place in row.workplaces:
        place.latitude, place.longitude = town.latitude, town.longitude
    _say_when(rng, row, person)


def _details(rng: Random, person: Person, number: int) -> Details:
    main = person.disciplines[0]
    low, high = WAIT_DAYS[person.temper]
    # Numbers of the ranges set aside for films and books.
    landline, mobile = f"+44 1632 960{number:03d}", f"+44 7700 900{number + 100:03d}"
    phone = landline if person.is_service else rng.choice((landline, mobile))
    fee = None if person.is_public else Decimal(rng.randrange(38, 90))
    spoken = () if person.is_service or rng.random() < 0.7 else (rng.choice(SPOKEN),)
    return Details(
        name=person.name,
        kind="service" if person.is_service else "person",
        disciplines=person.disciplines,
        email=person.email,
        phone=phone,
        website=f"https://{person.key}.example.org" if rng.random() < 0.6 else None,
        sees_online=main in ONLINE,
        visits_homes=main in ("midwife", "massage_therapist") and rng.random() < 0.4,
        is_public_service=person.is_public,
        fee_from=fee,
        fee_to=fee + rng.randrange(0, 25) if fee else None,
        accepting=_accepting(rng, person.temper),
        usual_wait_days=rng.randint(low, high),
        registration_body=BODIES.get(main),
        registration_number=f"SAMPLE-{number + 1:03d}" if main in BODIES else None,
        bio=_bio(person),
        languages=("en", *spoken),
        workplaces=(Work(practice=person.practice, place=person.town, days=_days(rng)),),
    )


def _accepting(rng: Random, temper: Temper) -> str:
    if temper is Temper.FULL:
        return "no"
    likely = temper in (Temper.PROMPT, Temper.STEADY)
    return "yes" if rng.random() < (0.8 if likely else 0.3) else "unknown"


def _days(rng: Random) -> str:
    return rng.choice(("Mon to Fri", "Mon, Wed, Fri", "Tue to Thu", "Tue, Thu, Sat", "Wed to Sat"))


def _bio(person: Person) -> str:
    where = f"{person.practice} in {person.town}".replace(" (made up)", "")
    return f"Part of the sample data: nobody of this name works at {where}."


def _say_when(rng: Random, row: Practitioner, person: Person) -> None:
    """When the entry was checked, claimed and last said to be taking new clients."""
    today = clock.today()
    row.created_at = clock.now() - timedelta(days=rng.randrange(420, 540))
    if row.accepting != "unknown":
        row.accepting_said_on = today - timedelta(days=rng.randrange(3, 120))
    if person.is_member:
        row.claimed_at = clock.now() - timedelta(days=rng.randrange(120, 400))
    if rng.random() < 0.7:
        row.verified_on = today - timedelta(days=rng.randrange(10, 400))
        row.verified_by = "Linnet Meadowsweet"
    if row.registration_number and rng.random() < 0.6:
        row.registration_checked_on = today - timedelta(days=rng.randrange(10, 500))
        row.registration_checked_by = "Linnet Meadowsweet"
