"""What people call a discipline."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careteam.domain.importing import Unsure, read_disciplines
from careteam.domain.importing.disciplines import split_name
from careteam.domain.importing.synonyms import GUESSED, SYNONYMS, UNSURE
from careteam.domain.importing.words import are_alike, fold
from tests.support.content import raw

FILE = Path(__file__).parents[3] / "careteam/content/catalogue/disciplines.yaml"
CATALOGUE = {entry["id"]: entry["label"] for entry in raw(FILE)["disciplines"]}


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("physio", ("physiotherapist",)),
        ("Physiotherapist / physical therapist", ("physiotherapist",)),
        ("Senior Physiotherapist MCSP", ("physiotherapist",)),
        ("women's health physio", ("pelvic_health_physiotherapist",)),
        ("osteo", ("osteopath",)),
        ("GP", ("general_practitioner",)),
        ("Hausärztin", ("general_practitioner",)),
        ("dietician", ("dietitian",)),
        ("Diätassistentin", ("dietitian",)),
        ("registered nutritional therapist", ("nutritionist",)),
        ("masseuse", ("massage_therapist",)),
        ("sports massage therapist", ("massage_therapist",)),
        ("Manual lymphatic drainage (MLD)", ("mld_therapist",)),
        ("counselor", ("counsellor",)),
        ("OT", ("occupational_therapist",)),
        ("sage-femme", ("midwife",)),
        ("Kiné", ("physiotherapist",)),
        ("fysiotherapeut", ("physiotherapist",)),
        ("psicólogo", ("psychologist",)),
        ("Fußpflege", ("podiatrist",)),
        ("A&E", ("emergency_care",)),
        ("Massage & Yoga", ("massage_therapist", "movement_teacher")),
        ("physio, acupuncture; Pilates", ("physiotherapist", "acupuncturist", "movement_teacher")),
        ("psychotherapist and hypnotherapist", ("counsellor", "hypnotherapist")),
        ("massage_therapist", ("massage_therapist",)),
        ("", ()),
    ],
)
def test_words_are_mapped(typed, ids):
    reading = read_disciplines(typed, CATALOGUE)
    assert reading.ids == ids
    assert (reading.guessed, reading.unsure, reading.unknown) == ((), (), ())


def test_doctor_is_a_guess_to_be_checked():
    reading = read_disciplines("Doctor", CATALOGUE)
    assert reading.ids == ("general_practitioner",)
    assert reading.guessed == (("Doctor", "general_practitioner"),)


def test_wide_word_is_left_to_the_person():
    reading = read_disciplines("shrink", CATALOGUE)
    assert reading.ids == ()
    assert reading.unsure == (Unsure("shrink", ("psychiatrist", "psychologist", "counsellor")),)


def test_unknown_word_is_given_back_beside_the_known_ones():
    reading = read_disciplines("physio, quantum healer", CATALOGUE)
    assert reading.ids == ("physiotherapist",)
    assert reading.unknown == ("quantum healer",)


def test_choice_comes_before_everything():
    choices = {"Quantum Healer": "counsellor", "shrink": "psychiatrist", "physio": "no_such_id"}
    reading = read_disciplines("quantum healer; Shrink; physio", CATALOGUE, choices)
    assert reading.ids == ("counsellor", "psychiatrist", "physiotherapist")


def test_only_disciplines_of_the_catalogue_are_given():
    assert read_disciplines("physio", {"osteopath": "Osteopath"}).unknown == ("physio",)


def test_every_label_reads_as_its_own_discipline():
    for id_, label in CATALOGUE.items():
        assert read_disciplines(label, CATALOGUE).ids == (id_,), label


def test_synonyms_are_folded_distinct_and_of_the_catalogue():
    words = [word for phrases in SYNONYMS.values() for word in phrases.split("|")]
    assert [word for word in words if fold(word) != word] == []
    assert len(words) == len(set(words))
    assert SYNONYMS.keys() == CATALOGUE.keys()
    assert not set(words) & (GUESSED.keys() | UNSURE.keys())
    assert {id_ for ids in UNSURE.values() for id_ in ids} <= CATALOGUE.keys()


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Dr Anna Example", "anna example", True),
        ("A. Example", "Anna Example", True),
        ("Anna Example", "Anna Maria Example", True),
        ("Zoë Beispiel", "Zoe Beispiel MSc", True),
        ("Anna Example", "Ben Example", False),
        ("Anna Example", "Alice Example", False),
        ("Anna Example", "", False),
    ],
)
def test_names_that_can_be_one_person(one, other, alike):
    assert are_alike(one, other) is alike
    assert are_alike(other, one) is alike


@given(st.text())
def test_no_text_breaks_the_reading(typed):
    assert set(read_disciplines(typed, CATALOGUE).ids) <= CATALOGUE.keys()


@pytest.mark.parametrize(
    ("typed", "split"),
    [
        ("Ann Harrow physio York", ("Ann Harrow", "physio", "York")),
        ("physio Ann Harrow", ("Ann Harrow", "physio", "")),
        ("GP Bea Harrow", ("Bea Harrow", "GP", "")),
        ("Counsellor Jane", ("Jane", "Counsellor", "")),
        ("Physio Rooms York", ("Physio Rooms York", "Physio", "")),
        ("GP Surgery Harbour Road", ("GP Surgery Harbour Road", "GP Surgery", "")),
        ("Ann Harrow", ("Ann Harrow", "", "")),
        ("physio", ("physio", "", "")),
    ],
)
def test_role_before_or_after_a_name(typed, split):
    assert split_name(typed, CATALOGUE) == split
