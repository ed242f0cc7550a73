"""What to do, what to say on the telephone, and the note that is carried."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careteam.domain.now import (
    Caller,
    EmergencyNumbers,
    HandOver,
    action_card,
    hand_over_note,
    numbers_for,
    telephone_script,
)

CALLER = Caller("Anna Example", "Massage therapist", "01632 960123")
UK = EmergencyNumbers("999", "111")


@pytest.mark.parametrize(
    ("country", "emergency", "line"),
    [("GB", "999", "111"), ("us", "911", ""), ("AU", "000", ""), ("XX", "112", "")],
)
def test_numbers_of_a_country(country, emergency, line):
    assert numbers_for(country) == EmergencyNumbers(emergency, line)


def test_emergency_card_says_call_and_stay(sign):
    card = action_card(sign("mt_cardiac"), UK)
    assert (card.heading, card.call, card.call_label) == ("Emergency now", "999", "Call 999")
    assert card.do == (
        "Emergency services; sit the client up; stay.",
        "Call 999.",
        "Stay with the person until help is there.",
        "Note the time.",
    )
    assert card.do_not == (
        "No massage, needling, manipulation or exercise today.",
        "Do not let the person drive or go alone.",
        "Do not leave it to a message: somebody has to have spoken to somebody.",
    )


def test_same_day_card_is_a_telephone_matter(sign):
    card = action_card(sign("mt_tendon"), UK)
    assert card.heading == "Today, by telephone"
    assert card.call == "111"
    assert card.do_not[0] == "No hands-on work, stretching or loading of that limb."
    assert "Do not leave it to a message" in card.do_not[1]


def test_same_day_without_a_health_line_has_no_number_to_dial(sign):
    card = action_card(sign("mt_tendon"), numbers_for("US"))
    assert card.call == ""
    assert card.call_label == "Ring the person's own doctor or the nearest urgent care now"


def test_flag_that_holds_nothing_forbids_no_treatment(sign):
    card = action_card(sign("mt_weightloss"), UK)
    assert (card.heading, card.do_not, card.call) == ("Within days", (), "")


def test_nothing_matched_is_no_dead_end():
    card = action_card(None, UK)
    assert card.heading.startswith("Nothing in the list matched")
    assert "call 999 now" in card.do[0]
    assert "111" in card.do[1]
    assert card.do_not == ("If you are uneasy, do not treat.",)
    assert card.call == "999"


def test_script_follows_situation_to_recommendation(sign):
    script = telephone_script(
        CALLER,
        sign("mt_dvt"),
        seen="left calf swollen and hot",
        since="yesterday evening",
        background="long flight on Monday; takes the pill",
        agrees=True,
    )
    assert [line.heading for line in script] == [
        "Situation",
        "Situation",
        "Background",
        "Assessment",
        "Recommendation",
        "Recommendation",
        "Read back",
    ]
    assert script[0].words == (
        "I am Anna Example, Massage therapist. I am calling about [name, date of birth], who is"
        " with me and agrees to this call. They have: left calf swollen and hot."
    )
    assert script[1].words == "It began yesterday evening."
    assert script[2].words == "long flight on Monday; takes the pill."
    assert script[3].words == (
        "I am worried about this warning sign: One limb newly swollen, painful, warm or"
        " discoloured. I cannot diagnose it. Today I [did this, or nothing yet]."
    )
    assert (
        script[4].words == "Please can they be seen today? Where should they go, and at what time?"
    )
    assert script[5].words.endswith("who calls back by when? My number is 01632 960123.")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("two days ago", "It began two days ago."),
        ("Since Sunday.", "It has been so since Sunday."),
        (" ", "It began [when, and how fast]."),
    ],
)
def test_when_it_began_reads_well_however_it_was_typed(typed, said):
    assert telephone_script(Caller("", ""), None, since=typed)[1].words == said


def test_script_says_what_was_done_and_claims_nothing_else(sign):
    script = telephone_script(CALLER, sign("mt_dvt"), treated="ten minutes of massage")
    assert script[3].words.endswith("Today I did this: ten minutes of massage.")


def test_script_leaves_room_for_what_is_not_known():
    words = " ".join(line.words for line in telephone_script(Caller("", ""), None))
    for gap in ("[your name]", "[what you see", "[when, and how fast]", "[your number]"):
        assert gap in words
    assert "[Ask first: may I call about you?]" in words


def test_script_without_agreement_gives_the_reason(sign):
    script = telephone_script(CALLER, sign("mt_suicide"), agrees=False)
    assert "does not agree to this call; I am calling because of danger to life" in script[0].words
    assert script[4].words == "Please send help now. We are at [address, how to get in]."


def test_note_names_the_sign_and_the_writer_but_not_the_client(sign):
    facts = HandOver(
        noted="24 Nov at 10:42",
        seen="left calf swollen\nand hot",
        since="yesterday evening",
        spoken_to="surgery, 10:50: come at 11:30",
    )
    assert hand_over_note(CALLER, sign("mt_dvt"), facts) == (
        "To the person who sees me today\n"
        "Noted: 24 Nov at 10:42\n"
        "Seen or said: left calf swollen and hot\n"
        "When: It began yesterday evening\n"
        "Warning sign: One limb newly swollen, painful, warm or discoloured\n"
        "How urgent: To be seen today\n"
        "Advised: No massage of either leg; same-day assessment.\n"
        "On hold until you answer: All hands-on work is held.\n"
        "Spoken to: surgery, 10:50: come at 11:30\n"
        "Please: Tell me, and the writer if I agree, what you found and what I may do.\n"
        "Written by: Anna Example, Massage therapist\n"
        "Telephone: 01632 960123\n"
        "A hand-over of what was noticed, not a diagnosis."
    )


def test_note_without_a_flag_asks_for_advice():
    note = hand_over_note(CALLER, None, HandOver(noted="24 Nov at 10:42", seen="looks unwell"))
    assert "How urgent: Advice asked for\n" in note
    assert "Warning sign" not in note
    assert "On hold" not in note


@given(words=st.text())
def test_no_text_breaks_script_or_note(words, sign):
    flag = sign("mt_dvt")
    script = telephone_script(
        Caller(words, words, words), flag, seen=words, since=words, background=words
    )
    assert len(script) == 7
    note = hand_over_note(Caller(words, words), flag, HandOver(words, words, words, words))
    assert note.startswith("To the person who sees me today\n")
