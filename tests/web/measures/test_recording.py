"""Recording values in a browser without scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest

from careteam.features.clients.models import Goal
from careteam.features.consents.models import Consent
from careteam.features.measures.models import Measurement
from careteam.kit.db import db
from tests.personas import World
from tests.support.statements import statements
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]


def prepared(world: World, **values: object) -> str:
    goal = db.session.get_one(Goal, world.goal_id)
    goal.measure, goal.baseline, goal.target = "pain_nrs", 8.0, 2.0
    for name, value in values.items():
        setattr(goal, name, value)
    db.session.commit()
    return f"/goals/{world.goal_id}/measures"


def a_value(value: object = "6", **values: object) -> dict[str, object]:
    return {
        "measure": "pain_nrs",
        "value": value,
        "taken_on": "2026-03-04",
        "how": "by phone",
        "note": "after a walk",
    } | values


def test_value_is_recorded_once_and_shown_with_its_chart(world: World, signed_in: SignIn) -> None:
    place, wren = prepared(world), signed_in("wren")
    assert wren.get(place).status_code == 200
    sent = a_value("6,5", new_id=str(uuid4()))
    for _ in range(2):
        assert wren.post(place, sent).status_code == 303
    row = db.session.query(Measurement).one()
    assert (row.value, row.taken_on, row.how) == (6.5, date(2026, 3, 4), "by phone")
    assert row.note == "after a walk"
    shown = wren.get(place).text
    assert "too few to say" in shown
    assert "By phone, by you. after a walk" in shown
    assert "A picture comes with the second value." in shown
    assert wren.post(place, a_value("6", taken_on="2026-03-01")).status_code == 303
    shown = wren.get(place).text
    assert "Pain, average over the last week (0-10): 6 on 1 Mar, 6.5 on 4 Mar. Target 2." in shown
    assert "up 0.5 since 1 Mar" in shown
    assert "as a table" in shown


def test_wrong_values_are_kept_and_named(world: World, signed_in: SignIn) -> None:
    place, wren = prepared(world), signed_in("wren")
    for sent, words in (
        (a_value("11"), "give 0 to 10 points"),
        (a_value("much"), "Give a number"),
        (a_value("nan"), "give 0 to 10 points"),
        (a_value(taken_on="2026-02-30"), "Not a valid date"),
        (a_value(taken_on="1800-01-01"), "between 1900 and 2199"),
        (a_value(taken_on="2026-03-05"), "lies in the future"),
        (a_value(measure="weight_kg"), "Choose one of the measures"),
        (a_value(how="by owl"), "Choose how it was taken"),
        (a_value(note="x" * 1_000_000), "longer than"),
    ):
        answer = wren.post(place, sent)
        assert answer.status_code == 422, words
        assert words in answer.text
    assert db.session.query(Measurement).count() == 0


def test_measures_are_for_lead_and_consented_team(world: World, signed_in: SignIn) -> None:
    place = prepared(world)
    wren = signed_in("wren")
    assert wren.post(place, a_value()).status_code == 303
    assert "Pain" not in signed_in("ash").get(place).text
    assert signed_in("ash").post(place, a_value()).status_code == 422
    for name in ("rowan", "sorrel"):
        assert signed_in(name).get(place).status_code == 404
        assert signed_in(name).post(place, a_value()).status_code == 404
    consent = db.session.get_one(Consent, world.consent_id)
    consent.classes = [*consent.classes, "functional_status"]
    db.session.commit()
    ash = signed_in("ash")
    assert "6 on 4 Mar" in ash.get(place).text
    assert ash.post(place, a_value("5")).status_code == 303


def test_value_is_taken_back(world: World, signed_in: SignIn) -> None:
    place, wren = prepared(world), signed_in("wren")
    wren.post(place, a_value())
    row = db.session.query(Measurement).one()
    assert wren.post(f"{place}/{uuid4()}/take-back").status_code == 404
    assert wren.post(f"{place}/{row.id}/take-back", {"back": "client"}).status_code == 303
    assert db.session.query(Measurement).count() == 0


@pytest.mark.either_database
def test_many_values_cost_what_three_do(world: World, signed_in: SignIn) -> None:
    place, wren = prepared(world), signed_in("wren")
    counts = []
    for more in (3, 27):
        for number in range(more):
            wren.post(place, a_value(number % 10))
        wren.get(place)
        with statements() as seen:
            assert wren.get(place).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_thousands_of_values_are_drawn_by_their_peaks_and_leafed_through(
    world: World, signed_in: SignIn
) -> None:
    place = prepared(world, pathway="achilles_tendinopathy")
    goal = db.session.get_one(Goal, world.goal_id)
    for number in range(250):
        row = Measurement(
            id=uuid4(),
            client_id=goal.client_id,
            author_id=goal.author_id,
            goal_id=goal.id,
            information_class="pain_function",
            measure="pain_nrs",
            value=9 if number == 123 else number % 3,
            taken_on=date(2025, 3, 1) + timedelta(days=number),
        )
        db.session.add(row)
    db.session.commit()
    wren = signed_in("wren")
    page = wren.get(place).text
    assert "of 250 values: " in page
    assert page.count('class="chart-value') == 1, "sixty numbers would cover each other"
    assert "9 on 2 Jul 2025" in page
    assert page.count("Take back") <= 200
    assert "From the latest: 1 to 100 of 250" in page
    assert "From the latest: 201 to 250 of 250" in wren.get(f"{place}?after=200").text
    wren.post(place, a_value(4, measure="confidence_nrs"))
    leafed = wren.get(f"{place}?after=200&of=pain_nrs").text
    assert "From the latest: 201 to 250 of 250" in leafed
    assert leafed.count("Take back") == 51
    for odd in ("-5", "x", "9" * 40):
        assert wren.get(f"{place}?after={odd}").status_code == 200
