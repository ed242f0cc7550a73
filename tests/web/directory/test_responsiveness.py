"""How somebody answers, on the page of the entry: in words, with its definition, to whom it may."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from uuid import UUID

import pytest

from careteam.domain.responsiveness import Rate
from careteam.features.demo.cast import Temper
from careteam.features.responsiveness.figures import forget_learnt
from careteam.web.directory.responsiveness import between, of_ten, said_days, said_hours, said_rate
from tests.personas import World
from tests.support.answering import played, store
from tests.support.referring import refer


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    forget_learnt()
    yield
    forget_learnt()


def answered(sender: UUID | None, receiver: UUID | None, times: int = 6) -> None:
    rng = Random(2)
    for number in range(times):
        store(sender, receiver, played(rng, Temper.PROMPT, days_ago=20 + number))


def panel(visitor, id_: UUID | None) -> str:
    answer = visitor.get(f"/practitioners/{id_}")
    assert answer.status_code == 200
    text: str = answer.text.split('id="responsiveness"')[1].split("</section>")[0]
    return " ".join(text.split())


def test_claimed_entry_says_how_they_answer_with_n_interval_and_definition(signed_in, world: World):
    answered(world.wren.practitioner_id, world.ash.practitioner_id)
    shown = panel(signed_in("rowan"), world.ash.practitioner_id)

    assert "How they answer" in shown
    assert "within 3 working days" in shown
    assert "n = 6 (5 answered in time)" in shown
    assert "None of the answers were entered by hand." in shown
    assert "<details" in shown
    assert "Counted from the delivery of a referral" in shown
    assert "in 90 of 100 such cases" in shown
    assert "Between you" not in shown


def test_unclaimed_entry_says_nothing_to_those_who_sent_nothing(signed_in, world: World):
    answered(world.wren.practitioner_id, world.juniper)

    other, sender = (panel(signed_in(name), world.juniper) for name in ("rowan", "wren"))

    assert "shown only to those who referred to them" in other
    assert "n =" not in other
    assert "n = 6" in sender


def test_below_five_there_is_too_little_to_say(signed_in, world: World):
    answered(world.wren.practitioner_id, world.ash.practitioner_id, 4)
    shown = panel(signed_in("wren"), world.ash.practitioner_id)
    assert "Too few to say" in shown
    assert "n =" not in shown
    assert "Between you" in shown


def test_own_page_says_who_else_sees_it(signed_in, world: World):
    answered(world.wren.practitioner_id, world.ash.practitioner_id)
    shown = panel(signed_in("ash"), world.ash.practitioner_id)
    assert "How you answer" in shown
    assert "Every member sees this of you." in shown
    assert "Your ledger" in shown


def test_ledger_names_nobody_and_says_what_was_withdrawn(signed_in, world: World):
    refer(world.wren.practitioner_id, world.ash.practitioner_id, 2, status="closed")
    refer(world.wren.practitioner_id, world.ash.practitioner_id, status="withdrawn")
    shown = panel(signed_in("wren"), world.ash.practitioner_id)
    assert '<td data-label="Closed" class="number"><span>2</span></td>' in shown
    assert "Not counted: 1 sent and withdrawn again." in shown
    assert "Hazel" not in shown


def test_steward_without_a_practice_reads_what_members_read(signed_in, world: World):
    answered(world.wren.practitioner_id, world.ash.practitioner_id)
    assert "n = 6" in panel(signed_in("sorrel"), world.ash.practitioner_id)


@pytest.mark.parametrize(
    ("rate", "ten", "span"),
    [
        (Rate(0.68, 0.51, 0.83, 8, 12), "7 of 10", "between 5 and 9 of 10"),
        (Rate(0.99, 0.9, 1.0, 30, 30), "more than 9 of 10", "between 9 and 10 of 10"),
        (Rate(0.02, 0.0, 0.11, 0, 30), "fewer than 1 of 10", "between 0 and 2 of 10"),
    ],
)
def test_chance_in_words_is_rounded_outwards_and_never_certain(rate, ten, span):
    assert (of_ten(rate), between(rate)) == (ten, span)
    assert said_rate(rate) == f"{ten}, {span}, n = {rate.n}"


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0.2, "1 hour"),
        (5.4, "5 hours"),
        (23.6, "1 working day"),
        (34.0, "1.5 working days"),
        (75.0, "3 working days"),
    ],
)
def test_hours_in_words(hours, words):
    assert said_hours(hours) == words


def test_what_is_not_known_is_left_out():
    assert (said_hours(None), said_days(None), said_rate(None)) == (None, None, None)
    assert said_days(20.6) == "21 days"
