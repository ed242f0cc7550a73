"""Safety questions, card by card."""

from __future__ import annotations

import pytest

from careteam.features.teams.queries import answer_rows
from tests.web.teams.making import a_goal_on, fresh_goal, fresh_seat, hidden


@pytest.fixture
def goal_id(world):
    return a_goal_on(world, "weight_loss")


@pytest.fixture
def address(goal_id):
    return f"/goals/{goal_id}/screening"


@pytest.fixture
def wren(signed_in):
    return signed_in("wren")


def answers(goal_id):
    return {
        name: row.value or row.left_to for name, row in answer_rows(fresh_goal(goal_id).id).items()
    }


def test_the_first_card_holds_today_and_at_most_five(wren, address):
    page = wren.get(address).text

    assert page.count('class="ask"') == 5
    assert "Today: what could stop or hold something." in page
    assert 'name="unplanned_loss"' in page
    assert "I leave this to the general practitioner or family doctor" in page


def test_an_answer_acts_at_once_and_leads_on(wren, address, goal_id):
    answer = wren.post(address, {"card": "2", "version": "0", "ed_past": "yes"})

    assert answer.status_code == 303
    assert answer.location == f"{address}?card=3"
    assert answers(goal_id) == {"ed_past": "yes"}
    assert fresh_seat(goal_id, "counsellor").requirement == "required"
    page = wren.get(answer.location).text
    assert "The team now asks for: counsellor and psychologist." in page
    assert "Another pathway fits better." in page


def test_answers_of_every_card_may_be_sent_at_once(wren, address, goal_id):
    answer = wren.post(address, {"version": "0", "low_weight": "no", "ed_past": "yes"})

    assert answer.status_code == 303
    assert answers(goal_id) == {"low_weight": "no", "ed_past": "yes"}


def test_a_wrong_answer_of_another_card_is_refused_beside_it(wren, address, goal_id):
    answer = wren.post(address, {"card": "1", "version": "0", "ed_past": "purple"})

    assert answer.status_code == 422
    assert 'name="ed_past"' in answer.text
    assert answers(goal_id) == {}


def test_none_of_these_records_each_open_question_as_no(wren, address, goal_id):
    wren.post(address, {"card": "1", "version": "0", "low_weight": "unsure", "none": "1"})

    assert answers(goal_id) == {
        "unplanned_loss": "no",
        "ed_now": "no",
        "low_weight": "unsure",
        "pregnant": "no",
        "age_18": "no",
    }


def test_none_of_these_names_what_it_cannot_answer(wren, world):
    here = f"/goals/{a_goal_on(world, 'achilles_rupture_nonoperative')}/screening"
    assert wren.get(here).text.count("Needs an answer of its own") == 1
    answer = wren.post(here, {"card": "1", "version": "0", "none": "1"})
    assert answer.location == f"{here}?card=1"
    page = wren.get(answer.location).text
    assert "One question here needs an answer of its own." in page
    assert ">None of these<" not in page


def test_a_sensitive_question_can_be_left_to_a_role(wren, address, goal_id):
    wren.post(address, {"card": "2", "version": "0", "ed_past": "left:general_practitioner"})

    assert answers(goal_id) == {"ed_past": "general_practitioner"}
    assert (
        'checked id="ed_past-3" name="ed_past" type="radio" value="left:general_practitioner"'
        in wren.get(f"{address}?card=2").text
    )


@pytest.mark.parametrize(
    "sent", [{"ed_past": "perhaps"}, {"ed_past": "left:fitness_instructor"}, {"heart": "left:x"}]
)
def test_a_wrong_answer_is_refused_and_nothing_is_kept(wren, address, goal_id, sent):
    answer = wren.post(address, {"card": "2", "version": "0"} | sent)

    assert answer.status_code == 422
    assert "Please check these" in answer.text
    assert answers(goal_id) == {}


def test_a_wrong_number_stays_in_its_field(wren, world):
    goal_id = a_goal_on(world, "fertility_ttc")
    address = f"/goals/{goal_id}/screening"
    card = next(
        number
        for number in range(1, 5)
        if 'name="months_trying"' in wren.get(f"{address}?card={number}").text
    )
    wrong = wren.post(address, {"card": str(card), "version": "0", "months_trying": "a year"})

    assert wrong.status_code == 422
    assert 'value="a year"' in wrong.text
    assert "Write a number of months, such as 3." in wrong.text
    wren.post(address, {"card": str(card), "version": "0", "months_trying": "7,5"})
    assert answers(goal_id) == {"months_trying": "7.5"}


def test_an_old_page_that_changes_another_question_is_merged(wren, address, goal_id):
    page = wren.get(f"{address}?card=2").text
    was, version = hidden(page, "was"), hidden(page, "version")
    wren.post(address, {"card": "2", "version": version, "was": was, "ed_past": "no"})
    later = wren.post(address, {"card": "2", "version": version, "was": was, "heart": "yes"})

    assert later.status_code == 303
    assert answers(goal_id) == {"ed_past": "no", "heart": "yes"}


def test_an_old_page_that_changes_the_same_answer_shows_both(wren, address, goal_id):
    wren.post(address, {"card": "2", "version": "0", "ed_past": "no"})
    page = wren.get(f"{address}?card=2").text
    was, version = hidden(page, "was"), hidden(page, "version")
    wren.post(address, {"card": "2", "version": version, "was": was, "ed_past": "unsure"})
    late = wren.post(address, {"card": "2", "version": version, "was": was, "ed_past": "yes"})

    assert late.status_code == 409
    assert "Somebody changed this while you were writing" in late.text
    assert answers(goal_id) == {"ed_past": "unsure"}


def test_answers_are_found_again_on_the_card(wren, address):
    wren.post(address, {"card": "2", "version": "0", "heart": "unsure"})
    page = wren.get(f"{address}?card=2").text

    assert 'checked id="heart-2" name="heart" type="radio" value="unsure"' in page


def test_a_red_flag_is_on_top_of_the_next_card(wren, world):
    goal_id = a_goal_on(world, "weight_loss_ed_history")
    answer = wren.post(
        f"/goals/{goal_id}/screening", {"card": "1", "version": "0", "faint_heart": "yes"}
    )
    page = wren.get(answer.location).text

    assert "Before anything else" in page
    assert 'href="tel:999"' in page
    assert f'href="/now?flag=ed_emergency&amp;goal={goal_id}"' in page


@pytest.mark.parametrize("who", ["ash", "rowan", "sorrel"])
def test_the_questions_are_the_leads_alone(signed_in, address, who):
    visitor = signed_in(who)

    assert visitor.get(address).status_code == 404
    assert visitor.post(address, {"card": "1", "ed_past": "no"}).status_code == 404


def test_there_is_nothing_to_ask_without_a_pathway(wren, world):
    assert wren.get(f"/goals/{world.goal_id}/screening").status_code == 404


@pytest.mark.parametrize("card", ["0", "99", "x", "-1", "1e3", "\u0661"])
def test_an_odd_card_number_shows_a_card(wren, address, card):
    assert wren.get(f"{address}?card={card}").status_code == 200
