"""A sheet as PDF and text: typed text is never markup, and everything of the sheet is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careteam.domain.letter import Group, Section
from careteam.exports.letters import letter_pdf, letter_text
from careteam.exports.plans import plan_pdf
from careteam.features.letters.sheet import Party, Sheet
from careteam.features.plans.sheet import Phase, PlanSheet, Step
from careteam.kit.drawings import qr_picture
from careteam.kit.text import clean
from tests.support.files import codes_on, pages_of, pdf_text, pdf_title

SHEET = Sheet(
    number="1a2b3c4d, version 3",
    day=date(2026, 3, 2),
    made_at=datetime(2026, 3, 2, 9, 30, 15, 123456, tzinfo=UTC),
    role="Dietitian",
    to=Party("Juniper Outside", ("Dietitian", "Bath")),
    sender=Party("Wren Lead", ("Massage therapist", "Registered: CNHC 1")),
    urgency="Soon",
    client="Hazel Sample",
    facts=(("Born", "3 March 1988"),),
    left=("Have you eaten today?",),
    question="Could you look at her meals?",
    reason="Eats too little for her training.",
    sections=(Section(Group.MEASURES, ("Pain: 4 on 1 March 2026", "Steps: 9")),),
    wanted="Please tell me what you found.",
    answer_by="Please answer by 16 March 2026, also with a no.",
    consent="given on 1 March 2026, spoken",
    enclosed=("Clinic plan (PDF, 2 pages)",),
    warnings=(),
)
HOSTILE = (
    '#panic("code")',
    '#read("/etc/passwd") $ x^2 $ *bold* _slanted_ `raw` <label> @ref [c] {d} \\ / // /* "q" \'a\'',
    "= Heading\n- item\n+ one\n/ term: x",
    '\\u{41} \\n #let x = 1 #import "@preview/x:1.0.0"',
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u202e over \u2066x\u2069",
    "\U0001f642 \U0001f469\u200d\u2695\ufe0f e\u0301",
    "W" * 600,
)


@pytest.mark.parametrize("typed", HOSTILE)
def test_typed_text_is_never_code(typed: str) -> None:
    sheet = replace(
        SHEET,
        question=typed,
        reason=typed,
        client=typed[:80],
        facts=((typed[:20], typed[:80]),),
        sections=(Section(Group.DONE, (typed, typed)),),
        to=Party(typed[:80], (typed[:80],)),
    )
    found = pdf_text(letter_pdf(sheet))
    assert "My question to you" in found
    if typed.isascii():
        assert "".join(typed.split()) in "".join(found.split())
    assert "".join(typed.split()) in "".join(letter_text(sheet).replace("\n", "").split())


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_any_text_that_can_be_typed_can_be_set(typed: str) -> None:
    words = clean(typed) or "nothing"
    sheet = replace(SHEET, question=words, sections=(Section(Group.TEAM, (words,)),))
    assert letter_pdf(sheet).startswith(b"%PDF-")
    assert letter_text(sheet).endswith("version 3.\n")


def test_everything_of_the_sheet_is_in_pdf_and_text() -> None:
    for words in (pdf_text(letter_pdf(SHEET)), " ".join(letter_text(SHEET).split())):
        for part in (
            "Referral: Dietitian",
            "2 March 2026",
            "Juniper Outside",
            "Wren Lead",
            "Registered: CNHC 1",
            "Soon",
            "Hazel Sample",
            "3 March 1988",
            "Have you eaten today?",
            "Could you look at her meals?",
            "Eats too little for her training.",
            "Pain: 4 on 1 March 2026",
            "Please answer by 16 March 2026, also with a no.",
            "Clinic plan (PDF, 2 pages)",
            "given on 1 March 2026, spoken",
            "Letter 1a2b3c4d, version 3.",
        ):
            assert part in words


def test_usual_letter_is_one_page_with_a_title_that_says_nothing() -> None:
    pdf = letter_pdf(SHEET)
    assert pages_of(pdf) == 1
    assert pdf_title(pdf) == "Letter"
    assert SHEET.file_name == "letter-2026-03-02"


@pytest.mark.parametrize(("lines", "pages"), [(30, 1), (60, 2)])
def test_letter_a_little_too_long_takes_smaller_type_and_no_second_page(
    lines: int, pages: int
) -> None:
    """Thirty lines of measures are two pages in the usual type."""
    many = tuple(f"Steps on day {day}: 9" for day in range(lines))
    pdf = letter_pdf(replace(SHEET, sections=(Section(Group.MEASURES, many),)))
    assert pages_of(pdf) == pages


ADDRESS = "https://team.example.org/r/" + "Ab3_-" * 8 + "xyz"


def test_letter_with_a_link_has_a_code_and_the_address() -> None:
    plain, linked = letter_pdf(SHEET), letter_pdf(replace(SHEET, address=ADDRESS))
    assert "Or answer here" not in pdf_text(plain)
    assert f"Or answer here, without an account: the camera of your phone opens it. {ADDRESS}" in (
        pdf_text(linked)
    )
    assert ADDRESS.encode() in linked
    assert b"/URI" not in plain
    assert pages_of(linked) == 1
    assert ADDRESS not in letter_text(SHEET)
    assert f"account:\n  {ADDRESS}\n" in letter_text(replace(SHEET, address=ADDRESS))


def test_code_of_the_letter_opens_its_address() -> None:
    drawn = qr_picture(ADDRESS)
    assert drawn.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert drawn != qr_picture(ADDRESS + "x")
    assert "stroke" in drawn
    assert codes_on(letter_pdf(replace(SHEET, address=ADDRESS))) == [ADDRESS]
    assert codes_on(letter_pdf(SHEET)) == []


def test_emoji_are_printed_as_their_names() -> None:
    sheet = replace(SHEET, reason="Slept well \U0001f642", facts=(("Born", "\u2705"),))
    found = pdf_text(letter_pdf(sheet))
    assert "Slept well [slightly smiling face]" in found
    assert "[white heavy check mark]" in found
    assert "Slept well \U0001f642" in letter_text(sheet)


def test_equal_sheets_give_equal_bytes() -> None:
    assert letter_pdf(SHEET) == letter_pdf(SHEET)


def test_plan_says_all_and_its_title_nothing() -> None:
    step = Step(
        "Sleep six hours #1",
        "A week of it",
        "Ash",
        "1 Apr 2026",
        "Planned",
        ("After: Rest",),
        False,
    )
    sheet = PlanSheet(
        day=date(2026, 3, 2),
        made_at=SHEET.made_at,
        who="HS",
        goal="Walk $again$",
        aim="",
        progress="0 of 1 milestones reached",
        warning="",
        effects=("No weight talk.",),
        phases=(
            Phase("Begin", (step, replace(step, title="W" * 400, is_done=True))),
            Phase("", ()),
        ),
    )
    pdf = plan_pdf(sheet)
    found = pdf_text(pdf)
    for part in (
        "HS, 2 March 2026",
        "Walk $again$",
        "No weight talk.",
        "Begin",
        "Sleep six hours #1",
    ):
        assert part in found
    assert "After: Rest" in found
    assert pdf_title(pdf) == "Plan"


def test_plan_that_is_not_made_says_so() -> None:
    sheet = PlanSheet(date(2026, 3, 2), SHEET.made_at, "", "Walk", "", "", "", (), ())
    assert "The plan is not made yet." in pdf_text(plan_pdf(sheet))
