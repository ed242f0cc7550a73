"""The made-up people of the worked example. None of these names, practices or numbers exists."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MAIN = "linnet"
"""Whose sign-in is printed: she keeps the clients of the three stories and is a steward."""


class Temper(StrEnum):
    """How somebody answers referrals; `answering.py` says what each means in days and odds."""

    PROMPT = "prompt"
    STEADY = "steady"
    SLOW = "slow"
    FULL = "full"
    SILENT = "silent"


class Circle(StrEnum):
    """Whom somebody mostly works with."""

    MOVING = "moving"
    FAMILY = "family"
    LIVING = "living"


@dataclass(frozen=True, slots=True)
class Person:
    """`disciplines` are ids of the catalogue, the main one first. A member has an account."""

    key: str
    name: str
    disciplines: tuple[str, ...]
    circle: Circle
    town: str
    practice: str
    temper: Temper
    is_member: bool = False
    is_service: bool = False
    is_public: bool = False

    @property
    def email(self) -> str:
        return f"{self.key}@example.org"


_TABLE = """
linnet     | Linnet Meadowsweet    | massage_therapist, mld_therapist | moving | Topsham       | Quayside Treatment Rooms     | prompt | member
bryn       | Bryn Heronsgate       | physiotherapist              | moving | Exeter        | Heronsgate Physiotherapy     | prompt | member
tamsin     | Tamsin Brambleside    | physiotherapist              | moving | Exmouth       | Seafront Physio Rooms        | steady | member
osric      | Osric Pebblebrook     | physiotherapist              | moving | Newton Abbot  | Pebblebrook Clinic           | full   |
delphine   | Delphine Skylark      | physiotherapist              | moving | Tiverton      | Mill Street Physio           | slow   |
fracture   | Estuary Fracture Clinic | orthopaedic_surgeon        | moving | Exeter        | Estuary Hospital (made up)   | steady | service public
corin      | Dr Corin Windrow      | sports_physician             | moving | Exeter        | Windrow Sports Medicine      | slow   |
petra      | Petra Coppergate      | podiatrist                   | moving | Exeter        | Coppergate Foot Care         | steady |
silas      | Silas Dewpond         | podiatrist                   | moving | Honiton       | Dewpond Podiatry             | silent |
ottilie    | Ottilie Rushmere      | osteopath                    | moving | Topsham       | Rushmere Osteopaths          | steady | member
evander    | Evander Saltmarsh     | osteopath                    | moving | Dawlish       | Saltmarsh Practice           | prompt |
bettina    | Bettina Owlpen        | osteopath                    | moving | Crediton      | Owlpen Osteopathy            | full   |
caspian    | Caspian Limetree      | chiropractor                 | moving | Exeter        | Limetree Chiropractic        | steady |
hester     | Hester Goldcrest      | chiropractor                 | moving | Teignmouth    | Goldcrest Clinic             | silent |
jago       | Jago Thistledown      | massage_therapist            | moving | Exmouth       | Thistledown Massage          | steady | member
mirabel    | Mirabel Sandpiper     | massage_therapist            | moving | Sidmouth      | Sandpiper Bodywork           | slow   |
anselm     | Anselm Driftwood      | massage_therapist, sport_coach | moving | Newton Abbot | Driftwood Sports Massage    | prompt |
leonie     | Leonie Buttercross    | massage_therapist            | moving | Cullompton    | Buttercross Rooms            | steady |
hugo       | Hugo Kestrelman       | sport_coach                  | moving | Exeter        | Kestrel Running Group        | prompt | member
wilfa      | Wilfa Barleymow       | sport_coach                  | moving | Totnes        | Barleymow Coaching           | steady |
dorian     | Dorian Oakapple       | fitness_instructor           | moving | Exeter        | Oakapple Gym                 | prompt |
nerys      | Nerys Cornflower      | fitness_instructor           | moving | Exmouth       | Cornflower Fitness           | slow   |
ivor       | Ivor Greensward       | clinical_exercise_professional | living | Exeter      | Greensward Exercise Referral | steady | member
clemency   | Clemency Riverstone   | clinical_exercise_professional | moving | Tiverton    | Riverstone Rehab Gym         | steady |
saffron    | Saffron Waterlily     | movement_teacher             | family | Topsham       | Waterlily Pilates            | prompt |
emrys      | Emrys Silverbirch     | movement_teacher             | living | Totnes        | Silverbirch Tai Chi          | steady |
fertility  | Orchard Fertility Team | fertility_clinic            | family | Exeter        | Orchard Centre (made up)     | steady | service public
rosamund   | Dr Rosamund Harebell  | gynaecologist                | family | Exeter        | Harebell Women's Health      | slow   |
pascoe     | Pascoe Ivyleaf        | pelvic_health_physiotherapist | family | Exeter       | Ivyleaf Physio               | prompt | member
gwenllian  | Gwenllian Tansyfield  | pelvic_health_physiotherapist | family | Newton Abbot | Tansyfield Clinic            | full   |
ambrose    | Ambrose Elderflower   | acupuncturist                | family | Topsham       | Elderflower Acupuncture      | prompt | member
lisbet     | Lisbet Whitethorn     | acupuncturist                | family | Exeter        | Whitethorn Acupuncture       | steady |
cyprian    | Cyprian Reedmace      | acupuncturist                | moving | Okehampton    | Reedmace Rooms               | silent |
maud       | Maud Honeydale        | midwife                      | family | Exeter        | Honeydale Midwives           | steady |
thora      | Thora Lavenderley     | nutritionist                 | family | Exmouth       | Lavenderley Nutrition        | prompt | member
basil      | Basil Woodruffe       | nutritionist                 | moving | Exeter        | Woodruffe Sports Nutrition   | steady |
juniper    | Juniper Sweetbriar    | nutritionist                 | living | Ashburton     | Sweetbriar Food Coaching     | slow   |
alaric     | Alaric Mossbank       | hypnotherapist               | living | Dawlish       | Mossbank Hypnotherapy        | steady |
imogen     | Imogen Wintergreen    | dietitian                    | living | Exeter        | Wintergreen Dietetics        | prompt | member
felix      | Felix Plumfeather     | dietitian                    | living | Newton Abbot  | Plumfeather Nutrition        | steady |
seren      | Seren Quillfeather    | dietitian                    | family | Tiverton      | Quillfeather Dietitians      | full   |
eating     | Harbour Eating Disorder Service | eating_disorder_service | living | Exeter   | Harbour House (made up)      | slow   | service public
isolde     | Isolde Larkspur       | psychologist                 | living | Exeter        | Larkspur Psychology          | steady | member
gideon     | Gideon Rowanberry     | psychologist                 | living | Exmouth       | Rowanberry Practice          | full   |
philippa   | Philippa Starflower   | psychologist                 | moving | Topsham       | Starflower Sport Psychology  | prompt |
marisol    | Marisol Primrosehill  | counsellor                   | living | Exeter        | Primrosehill Counselling     | prompt | member
tobias     | Tobias Sorrelby       | counsellor                   | family | Exmouth       | Sorrelby Talking Rooms       | steady |
agnes      | Agnes Yarrowby        | counsellor                   | living | Crediton      | Yarrowby Counselling         | slow   |
lucian     | Lucian Teaselwood     | counsellor                   | living | Sidmouth      | Teaselwood Therapy           | silent |
verity     | Verity Bluebellow     | cbt_therapist                | living | Exeter        | Bluebellow CBT               | steady |
rafe       | Rafe Wagtailer        | cbt_therapist                | living | Newton Abbot  | Wagtailer Practice           | full   |
quay       | Quayside Surgery      | general_practitioner         | living | Topsham       | Quayside Surgery (made up)   | steady | service public
elms       | Four Elms Surgery     | general_practitioner         | living | Exeter        | Four Elms Surgery (made up)  | slow   | service public
cliff      | Clifftop Surgery      | general_practitioner         | family | Exmouth       | Clifftop Surgery (made up)   | silent | service public
moor       | Moorgate Surgery      | general_practitioner         | moving | Okehampton    | Moorgate Surgery (made up)   | steady | service public
morwenna   | Dr Morwenna Fernhollow | general_practitioner        | living | Exeter        | Fernhollow Private GP        | prompt | member
edda       | Edda Speedwellow      | pharmacist                   | living | Topsham       | Speedwellow Pharmacy         | prompt |
cordelia   | Cordelia Wadepool     | mld_therapist, massage_therapist | family | Exeter    | Wadepool Lymphatic Care      | steady | member
bertram    | Bertram Cloudesley-Finch | mld_therapist             | family | Honiton       | Finch Rooms                  | slow   |
lymph      | Estuary Lymphoedema Nurses | lymphoedema_practitioner | family | Exeter       | Estuary Hospital (made up)   | steady | service public
"""  # noqa: E501 - a table is read in columns


def _read(line: str) -> Person:
    key, name, disciplines, circle, town, practice, temper, marks = (
        part.strip() for part in line.split("|")
    )
    return Person(
        key=key,
        name=name,
        disciplines=tuple(part.strip() for part in disciplines.split(",")),
        circle=Circle(circle),
        town=town,
        practice=practice,
        temper=Temper(temper),
        is_member="member" in marks.split(),
        is_service="service" in marks.split(),
        is_public="public" in marks.split(),
    )


CAST = tuple(_read(line) for line in _TABLE.strip().splitlines())
