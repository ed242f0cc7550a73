"""What people see and say, and the red flags it leads to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careteam.domain.now import BODY_PARTS, CONCEPTS, find_flags, flags_of_part

# What is said, and the flag that stands first.
FIRST = """
chest tightness = cardiac
heavy pressure in his chest = cardiac
fainted at the gym = cardiac
can't breathe = pe
brethless all of a sudden = pe
coughing up blood = pe
breathless after acupuncture = mt_needle
swollen calf = dvt
my leg is puffy and warm after the flight = dvt
cold white foot = limb_threat
ripping pain in the back = mt_aaa
her face has dropped on one side = stroke
slurred speech = stroke
he suddenly can't speak = stroke
double vision and neck pain = artery
worst headache of her life = mt_headache
headache, fever and a stiff neck = mt_headache
siezure = headache_emergency
banged her head and is vomiting = head_injury
scalp hurts when combing hair = mt_gca
the whole family has a headache at home, the boiler is old = carbon_monoxide
red painful eye = mt_eye
curtain over her vision = mt_eye
can't pee = ces
numb down there = ces
wet himself and his back hurts = ces
pins and needles in both legs = ces
drops cups and can't button her shirt = mt_cord
foot drop = mt_weakness
back pain and fever = mt_spine_infection
fell and can't walk = fracture
hot red knee = joint_infection
felt a snap in the calf = complete_rupture
heard a pop at the heel, can't push off = complete_rupture
tendon pain after antibiotics = mt_fluoroquinolone
brown urine after the marathon = mt_rhabdo
shivering and confused = sepsis
red skin spreading up the leg = cellulitis
on chemo with a temperature = neutropenia
lips swollen after eating nuts = mt_allergy
new lump in breast = mt_lump
mole changed colour = mt_lump
lost weight without trying = unexplained_loss
pregnant and bleeding = bleeding
baby is not moving = movements
waters broke = labour
six months pregnant, flashing lights and headache = preeclampsia
shoulder tip pain and a late period = ectopic
swollen belly after IVF = ohss_severe
sudden pain in his balls = mt_testis
tummy is rigid and painful = mt_abdomen
black stools = mt_abdomen
very thirsty and peeing a lot = mt_diabetes
shaky and sweaty, he takes insulin = hypo
stopped drinking and is shaking = withdrawal
wants to die = suicide_now
he said he has saved up pills = suicide_now
she is cutting her arms = suicide_thoughts
hears voices = mt_psychosis
hasn't eaten for days = mt_eating
husband hits her = safeguarding
afraid to go home = safeguarding
fell asleep at the wheel = sleepy_driving
bleeding after menopause = pm_bleeding
dizzy since the massage = mt_adverse
throwing up and diarrhoea = mt_contagious
stiff neck and a rash = mt_headache
her leg gives way = mt_weakness
drenched in sweat at night = unexplained_loss
shoulder popped out = dislocation
blisters all over = erythroderma
wants to hurt the baby = perinatal_crisis
gave birth last week and is seeing things = perinatal_crisis
making himself sick after meals = mt_eating
flashes and floaters = mt_eye
no sleep but full of energy = mt_psychosis
blood in urine = mt_lump
crushing feeling on the chest = cardiac
no feeling when wiping = ces
neck cracked and now dizzy = artery
he wants to end it all = suicide_now
unconscious = mt_life
unresponsive = mt_life
not breathing = mt_life
choking = mt_life
having a fit = mt_life
bleeding wont stop = mt_life
floppy baby = mt_life
numb between legs = ces
incontinent since yesterday = ces
speech gone funny = stroke
bee sting = mt_allergy
jaundice = mt_jaundice
yellow skin = mt_jaundice
burning when peeing = mt_urine
fell off bike = fracture
fever after ivf = post_procedure
"""
PHRASES = [tuple(line.split(" = ")) for line in FIRST.strip().splitlines()]


@pytest.mark.parametrize(("said", "expected"), PHRASES)
def test_lay_words_lead_to_the_flag(said, expected, signs):
    found = find_flags(said, signs)
    assert expected in {match.flag.id for match in found.matches}
    strictest = found.matches[0].flag.urgency
    expected_urgency = next(m.flag.urgency for m in found.matches if m.flag.id == expected)
    assert expected_urgency is strictest or strictest == "emergency"


@pytest.mark.parametrize(
    ("said", "ids"),
    [
        ("wants to die", ["suicide_now", "suicide_thoughts"]),
        ("breathless after acupuncture", ["mt_needle", "pe"]),
        ("red skin spreading up the leg", ["cellulitis", "dvt"]),
        ("cold white foot", ["limb_threat"]),
        ("worst headache", ["mt_headache"]),
    ],
)
def test_emergency_comes_before_the_same_day(said, ids, signs):
    assert [match.flag.id for match in find_flags(said, signs).matches] == ids


def test_urgency_never_rises_down_the_list(signs):
    for said, _ in PHRASES:
        found = find_flags(said, signs)
        for listed in (found.matches, found.related):
            ranks = [match.flag.urgency.rank for match in listed]
            assert ranks == sorted(ranks, reverse=True)


def test_several_wordings_of_one_thing_are_one_match(signs):
    (match,) = find_flags("swollen calf", signs).matches
    assert match.ids == ("dvt", "mt_dvt")
    assert match.because == ("calf", "swollen")
    assert match.label == "Clot in a limb"


def test_denial_still_shows_the_flag(signs):
    assert find_flags("no chest pain", signs).matches[0].flag.id == "cardiac"


def test_one_wide_word_gives_related_flags_and_no_sure_one(signs):
    found = find_flags("headache", signs)
    assert found.matches == ()
    assert 0 < len(found.related) <= 6
    assert found.related[0].flag.urgency == "emergency"
    assert not found.nothing_matched


@pytest.mark.parametrize("said", ["", "   ", "banana", "???", "old shoes dancing", "\0"])
def test_words_without_a_sign_match_nothing(said, signs):
    assert find_flags(said, signs).nothing_matched


def test_search_without_flags_matches_nothing():
    assert find_flags("wants to die", ()).nothing_matched


def test_every_sign_finds_itself(signs):
    for flag in signs:
        found = find_flags(flag.sign, signs)
        assert flag.id in {id_ for match in found.matches for id_ in match.ids}, flag.id


def test_every_flag_has_a_concept_and_every_concept_a_flag(signs):
    named = {id_ for concept in CONCEPTS for id_ in concept.flags}
    assert named == {flag.id for flag in signs}
    assert all(concept.patterns for concept in CONCEPTS)


def test_every_flag_is_reached_by_browsing(signs):
    parts = {part.id for part in BODY_PARTS}
    assert {part for concept in CONCEPTS for part in concept.parts} == parts
    reached = {flag.sign for part in parts for flag in flags_of_part(part, signs)}
    assert reached == {flag.sign for flag in signs}


def test_part_lists_its_flags_strictest_first(signs):
    chest = flags_of_part("chest", signs)
    assert {"mt_cardiac", "pe", "mt_needle"} <= {flag.id for flag in chest}
    ranks = [flag.urgency.rank for flag in chest]
    assert ranks == sorted(ranks, reverse=True)
    assert len({flag.sign for flag in chest}) == len(chest)
    assert flags_of_part("no such part", signs) == ()


@given(said=st.text())
def test_no_text_raises(said, signs):
    found = find_flags(said, signs)
    assert found.nothing_matched == (not found.matches and not found.related)


@given(said=st.lists(st.sampled_from([word for s, _ in PHRASES for word in s.split()])))
def test_no_mixture_of_words_breaks_the_order(said, signs):
    ranks = [match.flag.urgency.rank for match in find_flags(" ".join(said), signs).matches]
    assert ranks == sorted(ranks, reverse=True)


def test_related_sign_is_never_hidden_under_a_routine_one(signs):
    """Whatever is said: what is shown first is the most urgent that was found."""
    for said in ("fever after a transfusion", "flu and no urine", "itchy nits, drowsy baby"):
        found = find_flags(said, signs)
        shown = found.related if found.related_first else found.matches
        every = [*found.matches, *found.related]
        if shown:
            assert shown[0].flag.urgency.rank == max(m.flag.urgency.rank for m in every)
