"""What is known of the whole network: worked out once for each version of it, and kept."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest
from sqlalchemy import delete

from careteam.domain.network.snapshot import Snapshot, snapshot_of
from careteam.domain.network.springs import lay_out_by_ties, ties_that_all_may_see
from careteam.features.accounts.models import Account
from careteam.features.directory.models import (
    Practitioner,
    PractitionerDiscipline,
    Workplace,
)
from careteam.features.network.arranging import arranged
from careteam.features.network.knowing import claims, kinds, work
from careteam.features.network.knowing.engines import (
    Engine,
    Figure,
    bridging,
    choose,
    groups,
    spring,
)
from careteam.features.network.knowing.queries import current_version
from careteam.features.network.knowing.store import Known, State, known
from careteam.features.network.knowing.work import work_out
from careteam.features.referrals.models import Referral
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.writing import write_changes
from tests.personas import World, a_practitioner
from tests.support.referring import refer
from tests.support.statements import statements


def moved_by_commit(before: int) -> bool:
    db.session.commit()
    return current_version() > before


def test_version_moves_with_what_enters_or_changes_the_counted_ties(world: World) -> None:
    wren, juniper = world.wren.practitioner_id, world.juniper
    refer(wren, juniper, status="draft")
    start = current_version()
    draft = db.session.query(Referral).filter_by(status="draft").one()
    draft.reason = "Sore knees"
    assert not moved_by_commit(start)
    moves = (("status", "sent"), ("accepted_at", clock.now()), ("status", "withdrawn"))
    for name, value in moves:
        before = current_version()
        setattr(draft, name, value)
        assert moved_by_commit(before), name
    before = current_version()
    assert draft.status == "withdrawn"
    draft.status = "draft"
    assert not moved_by_commit(before)
    changes: tuple[tuple[Any, str, Any], ...] = (
        (db.session.get_one(Account, world.ash.account_id), "keeps_ties_private", True),
        (db.session.get_one(Practitioner, juniper), "accepting", "no"),
        (db.session.query(Workplace).filter_by(practitioner_id=juniper).one(), "place", "Leeds"),
        (db.session.get_one(Practitioner, juniper), "retired_at", clock.now()),
    )
    for row, name, value in changes:
        before = current_version()
        setattr(row, name, value)
        assert moved_by_commit(before), name
    before = current_version()
    db.session.add(PractitionerDiscipline(practitioner_id=juniper, discipline="osteopath"))
    assert moved_by_commit(before)
    before = current_version()
    draft.status = "sent"
    db.session.flush()
    db.session.rollback()
    assert not moved_by_commit(before)
    draft.status = "sent"
    write_changes(db.session())
    assert moved_by_commit(before)
    before = current_version()
    db.session.execute(delete(Referral).where(Referral.id == draft.id))
    assert moved_by_commit(before)


def circle(names: list[str]) -> None:
    people = [a_practitioner(name).id for name in names]
    for one in people:
        for other in people:
            if one != other:
                refer(one, other, 3, status="closed")


def test_figure_is_waited_for_worked_out_kept_and_grows_older(world: World) -> None:
    circle(["Alder One", "Beech Two", "Cherry Three"])
    circle(["Dogwood Four", "Elder Five", "Fir Six"])
    assert known(world.wren, "groups") == Known(State.WAITING)
    db.session.rollback()
    assert work_out() == "Figures of the network worked out: 5."
    found = known(world.wren, "groups")
    assert found.state is State.FRESH
    assert found.value is not None
    assert found.value["sizes"][:2] == [3, 3]
    assert found.value["within"][:2] == [18, 18]
    assert found.computed_at == clock.now()
    db.session.rollback()
    assert work_out() is None
    refer(world.wren.practitioner_id, world.juniper)
    with statements() as asked:
        older = known(world.wren, "groups")
    assert (older.state, older.value) == (State.OLDER, found.value)
    assert len(asked) == 1, "the value is held by the process, which reads only signs"


def test_progress_and_refusal_are_shown(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    refer(world.wren.practitioner_id, world.juniper, 6)
    seen: list[Known] = []

    def slow(_network: Snapshot, before: object, report: object) -> None:
        assert callable(report)
        report(40)
        seen.append(known(world.wren, "slow"))
        db.session.rollback()
        assert not claims.claim("slow")

    monkeypatch.setattr(work, "KINDS", (kinds.Kind("slow", slow),))
    db.session.rollback()
    work_out()
    assert seen == [Known(State.WORKING, percent=40)]
    assert known(world.wren, "slow").state is State.REFUSED


def test_figure_that_breaks_off_is_said_hinders_no_other_and_is_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    refer(world.wren.practitioner_id, world.juniper, 6)

    def broken(*_: object) -> None:
        raise ArithmeticError

    figures = (kinds.Kind("broken", broken), kinds.Kind("sound", lambda *_: {"is": "there"}))
    monkeypatch.setattr(work, "KINDS", figures)
    db.session.rollback()
    with pytest.raises(ExceptionGroup):
        work_out()
    assert known(world.wren, "broken") == Known(State.FAILED, has_failed=True)
    assert known(world.wren, "sound").state is State.FRESH
    db.session.rollback()
    assert work_out() is None, "it rests for a while"
    later = clock.now() + work.AGAIN
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(ExceptionGroup):
        work_out()


@pytest.mark.either_database
def test_group_names_nobody_by_ties_below_five() -> None:
    pairs = (("a", "b", 3), ("b", "a", 3), ("c", "d", 5), ("d", "c", 1))
    network = snapshot_of((one, other, given, given) for one, other, given in pairs)
    found = next(kind for kind in kinds.KINDS if kind.name == "groups").work_out(
        network, None, lambda _: None
    )
    assert found is not None
    assert sorted(zip(found["sizes"], found["groups"], strict=True)) == [(2, []), (2, ["c", "d"])]


def test_who_has_become_private_stands_nowhere_though_figures_are_older(world: World) -> None:
    wren, ash = str(world.wren.practitioner_id), str(world.ash.practitioner_id)
    refer(world.wren.practitioner_id, world.ash.practitioner_id, 9, status="closed")
    work_out()
    assert set(arranged(world.rowan, "ties").places or ()) == {wren, ash}
    db.session.get_one(Account, world.ash.account_id).keeps_ties_private = True
    db.session.commit()
    assert set(arranged(world.rowan, "ties").places or ()) == {wren}
    assert set(arranged(world.rowan, "groups").found or ()) == {wren}


def test_ties_that_somebody_keeps_private_enter_no_figure_of_all(world: World) -> None:
    refer(world.wren.practitioner_id, world.ash.practitioner_id, 9, status="closed")
    refer(world.wren.practitioner_id, world.juniper, 9, status="closed")
    db.session.get_one(Account, world.ash.account_id).keeps_ties_private = True
    db.session.commit()
    work_out()
    value = known(world.wren, "authority").value
    assert value is not None
    assert str(world.juniper) in value["people"]
    assert str(world.ash.practitioner_id) not in value["people"]


def test_one_function_chooses_the_engine() -> None:
    chosen = [choose(Figure.BRIDGING, people, has_igraph=True) for people in (2_000, 2_001)]
    assert chosen == [Engine.NETWORKX, Engine.IGRAPH]
    assert choose(Figure.GROUPS, 2_001, has_igraph=False) is None
    assert choose(Figure.GROUPS, 1_000_001, has_igraph=True) is None
    assert choose(Figure.LAYOUT, 20_001, has_igraph=True) is None
    assert choose(Figure.AUTHORITY, 1_000_001) is Engine.SCIPY


@pytest.mark.parametrize("people", [60, 400])
def test_both_engines_find_the_same_bridges(people: int) -> None:
    rng = Random(people)
    powers = (1, 3, 7)  # lengths that add up without rounding
    pairs = {(rng.randrange(people), rng.randrange(people)) for _ in range(4 * people)}
    network = snapshot_of(
        (f"{one:03}", f"{other:03}", accepted, accepted)
        for one, other in sorted(pairs)
        for accepted in rng.choices(powers)
    )
    one = bridging(network, lambda _: None, Engine.NETWORKX)
    other = bridging(network, lambda _: None, Engine.IGRAPH)
    assert one is not None
    assert other is not None
    assert one.pivots == other.pivots
    assert np.allclose(one.values, other.values, atol=1e-12)


@pytest.mark.parametrize("engine", [Engine.NETWORKX, Engine.IGRAPH])
def test_both_engines_draw_everybody_and_draw_on_from_before(engine: Engine) -> None:
    ties = [(f"p{one}", f"p{(one * 7 + 3) % 40}", 5 + one % 9) for one in range(40) if one % 4]
    graph = ties_that_all_may_see(ties)
    first = lay_out_by_ties(graph, None, spring(engine))
    assert set(first.places) == set(graph)
    assert lay_out_by_ties(graph, None, spring(engine)) == first
    more = lay_out_by_ties(ties_that_all_may_see([*ties, ("p1", "new", 6)]), first, spring(engine))
    assert set(more.places) == {*graph, "new"}


def test_both_engines_find_the_same_groups_where_they_are_plain() -> None:
    rng = Random(3)
    pairs = {
        (f"g{place}p{rng.randrange(12):02}", f"g{place}p{rng.randrange(12):02}")
        for place in range(4)
        for _ in range(200)
    }
    ties = [(*pair, 4, 2) for pair in sorted(pairs)]
    network = snapshot_of([*ties, *((f"g{one}p00", f"g{one + 1}p01", 1, 1) for one in range(3))])
    one = groups(network, [], Engine.NETWORKX)
    other = groups(network, [], Engine.IGRAPH)
    assert one is not None
    assert other is not None
    assert set(one) == set(other)
    assert len(one) == 4
    assert groups(network, one[::-1], Engine.IGRAPH) == one[::-1]
