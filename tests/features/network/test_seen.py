"""What one member sees of the network: own ties in full, others' in bands, private ones not."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import partial
from uuid import UUID

import pytest

from careteam.domain.network.graph import Recall
from careteam.domain.network.periods import HalfYear, Period
from careteam.domain.network.ties import Band, SeenTie, TieKind, pair_figures
from careteam.features.accounts.models import Account
from careteam.features.network.graph import (
    Filters,
    Sight,
    community_of,
    count_without,
    fitting,
    links_seen,
    neighbourhood_of,
    picture_of,
    strongest,
    with_usual,
)
from careteam.features.network.operations import remember_ties
from careteam.features.network.queries import first_own_day
from careteam.features.referrals.models import Referral
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World, a_practitioner
from tests.support.referring import refer, remember
from tests.support.statements import statements


def tie(sight: Sight, sender: UUID | None, receiver: UUID | None) -> SeenTie | None:
    if not sight.seen.has_edge(str(sender), str(receiver)):
        return None
    found: SeenTie = sight.seen.edges[str(sender), str(receiver)]["tie"]
    return found


def names(sight: Sight) -> list[str]:
    return [person.name for person in sight.others]


def test_own_tie_counts_what_left_the_house_and_was_not_withdrawn(world: World) -> None:
    wren, juniper = world.wren.practitioner_id, world.juniper
    for status in ("sent", "declined", "expired", "accepted", "closed", "closed"):
        refer(wren, juniper, status=status)
    for status in ("draft", "discarded", "withdrawn"):
        refer(wren, juniper, 3, status=status)
    refer(juniper, wren, 2)

    seen = neighbourhood_of(world.wren)
    sent, received = tie(seen, wren, juniper), tie(seen, juniper, wren)

    assert sent is not None
    assert received is not None
    assert (sent.kind, sent.given, sent.accepted) == (TieKind.OWN, 6, 3)
    assert (received.given, received.accepted) == (2, 0)
    assert sent.last_on == date(2026, 1, 10)


def test_figures_agree_with_counting_every_row(world: World) -> None:
    people = [world.wren.practitioner_id, world.ash.practitioner_id, world.juniper]
    states = ("sent", "closed", "withdrawn", "accepted", "draft", "declined")
    for number in range(60):
        sender, receiver = people[number % 3], people[(number * 7 + 1) % 3]
        if sender != receiver:
            refer(sender, receiver, status=states[number % 5 if number % 2 else number % 6])

    counted, accepted = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for row in db.session.query(Referral):
        if row.status not in ("draft", "withdrawn", "discarded"):
            pair = (str(row.sender_id), str(row.receiver_id))
            counted[pair] += 1
            accepted[pair] += row.accepted_at is not None
    db.session.commit()

    assert counted
    me = str(world.wren.practitioner_id)
    for other in (world.ash.practitioner_id, world.juniper):
        assert other is not None
        graph, _ = links_seen(world.wren, other)
        figures = pair_figures(graph, me, str(other))
        out, back = (me, str(other)), (str(other), me)
        assert (figures.given, figures.given_accepted) == (counted[out], accepted[out])
        assert (figures.received, figures.received_accepted) == (counted[back], accepted[back])


def test_last_day_is_the_newest_whether_logged_or_sent(world: World) -> None:
    wren, juniper = world.wren.practitioner_id, world.juniper
    refer(wren, juniper, status="closed", happened_on=date(2025, 6, 1))
    refer(wren, juniper, at=datetime(2025, 5, 1, 23, 30, tzinfo=UTC))
    assert _last_on(world) == date(2025, 6, 1)
    refer(wren, juniper, at=datetime(2025, 7, 1, 23, 30, tzinfo=UTC))
    assert _last_on(world) == date(2025, 7, 2), "half past midnight in summer time"


def _last_on(world: World) -> date | None:
    found = tie(neighbourhood_of(world.wren), world.wren.practitioner_id, world.juniper)
    assert found is not None
    return found.last_on


@pytest.mark.parametrize(
    ("times", "band"), [(4, None), (5, Band.FEW), (10, Band.SOME), (20, Band.MANY)]
)
def test_tie_of_others_is_a_band_from_five_on(world: World, times: int, band: Band | None) -> None:
    refer(world.ash.practitioner_id, world.juniper, times)
    seen = tie(community_of(world.wren), world.ash.practitioner_id, world.juniper)
    if band is None:
        assert seen is None
        return
    assert seen is not None
    assert (seen.kind, seen.band, seen.half_year) == (TieKind.BAND, band, "January to June 2026")
    assert (seen.given, seen.accepted, seen.last_on) == (None, None, None)


def test_small_tie_of_others_does_not_leave_the_database(world: World) -> None:
    refer(world.ash.practitioner_id, world.juniper, 4)
    graph, links = links_seen(world.wren, world.juniper)
    assert list(graph.edges) == []
    assert (links.refers_to, links.receives_from) == ((), ())


def test_private_account_hides_its_ties_from_all_but_the_two(world: World) -> None:
    ash = world.ash.practitioner_id
    refer(ash, world.juniper, 9)
    refer(ash, world.wren.practitioner_id, 2)
    account = db.session.get_one(Account, world.ash.account_id)
    account.keeps_ties_private = True
    db.session.commit()

    for sight in (community_of(world.wren), neighbourhood_of(world.wren, 2)):
        assert tie(sight, ash, world.juniper) is None
        own = tie(sight, ash, world.wren.practitioner_id)
        assert own is not None
        assert own.given == 2
    _, links = links_seen(world.wren, world.juniper)
    assert links.receives_from == ()
    mine = tie(community_of(world.ash), ash, world.juniper)
    assert mine is not None
    assert mine.given == 9


def test_steward_without_an_entry_sees_bands_only(world: World) -> None:
    refer(world.wren.practitioner_id, world.juniper, 12)
    refer(world.wren.practitioner_id, world.ash.practitioner_id, 4)
    sight = community_of(world.sorrel)
    seen = tie(sight, world.wren.practitioner_id, world.juniper)
    assert seen is not None
    assert (seen.band, seen.given) == (Band.SOME, None)
    assert tie(sight, world.wren.practitioner_id, world.ash.practitioner_id) is None
    assert names(neighbourhood_of(world.sorrel)) == []


def test_recollection_is_seen_by_its_author_alone_and_counts_nowhere(world: World) -> None:
    remember_ties(actor=world.wren, ties={world.juniper: ("some", "none")})
    db.session.commit()
    seen = tie(neighbourhood_of(world.wren), world.wren.practitioner_id, world.juniper)
    assert seen is not None
    assert (seen.kind, seen.recalled, seen.given) == (
        TieKind.RECALLED,
        Recall.THREE_TO_FIVE,
        None,
    )
    assert tie(community_of(world.ash), world.wren.practitioner_id, world.juniper) is None
    assert tie(community_of(world.sorrel), world.wren.practitioner_id, world.juniper) is None


def test_second_step_follows_only_ties_that_are_seen(world: World) -> None:
    far, further = a_practitioner("Cedar Far"), a_practitioner("Maple Further")
    refer(world.wren.practitioner_id, world.juniper)
    refer(world.juniper, far.id, 5)
    refer(world.juniper, world.ash.practitioner_id, 4)
    refer(far.id, further.id, 30)
    assert names(neighbourhood_of(world.wren)) == ["Juniper Outside"]
    assert names(neighbourhood_of(world.wren, 2)) == ["Cedar Far", "Juniper Outside"]


def test_entry_taken_out_is_not_drawn(world: World) -> None:
    gone = a_practitioner("Hazel Gone")
    refer(world.wren.practitioner_id, gone.id)
    gone.retired_at = clock.now()
    db.session.commit()
    assert names(neighbourhood_of(world.wren)) == []
    assert "Hazel Gone" not in names(community_of(world.wren))


def test_those_who_receive_most_come_first(world: World) -> None:
    wren, ash, rowan = (each.practitioner_id for each in (world.wren, world.ash, world.rowan))
    refer(wren, rowan, 2)
    refer(wren, ash, 7)
    remember(wren, world.juniper, "some", "many")
    sight = neighbourhood_of(world.wren)
    assert names(sight) == ["Ash Seated", "Juniper Outside", "Rowan Member"]
    assert names(strongest(sight, 2)) == ["Ash Seated", "Juniper Outside"]


def test_filters_keep_those_who_fit_and_the_viewer(world: World) -> None:
    wren, ash = str(world.wren.practitioner_id), str(world.ash.practitioner_id)
    refer(world.wren.practitioner_id, world.ash.practitioner_id, 7)
    refer(world.juniper, world.wren.practitioner_id)
    sight = neighbourhood_of(world.wren)
    assert fitting(sight, Filters()) is None
    assert fitting(sight, Filters(discipline="dietitian")) == frozenset({wren, str(world.juniper)})
    assert fitting(sight, Filters(at_least=5)) == frozenset({wren, ash})
    assert fitting(sight, Filters(place="Bristol")) == frozenset({wren, ash, str(world.juniper)})
    assert fitting(sight, Filters(accepting=True)) == frozenset()


SPRING = Period(HalfYear(2026, 1), HalfYear(2026, 1))
BOTH = Period(HalfYear(2025, 2), HalfYear(2026, 1))
LAST_AUTUMN = datetime(2025, 11, 3, 12, tzinfo=UTC)


def test_period_counts_own_ties_by_the_community_s_day(world: World) -> None:
    wren, juniper = world.wren.practitioner_id, world.juniper
    refer(wren, juniper, 2)
    refer(wren, juniper, 1, at=datetime(2025, 12, 31, 23, 59, tzinfo=UTC))
    refer(wren, juniper, 4, at=datetime(2025, 6, 30, 23, 30, tzinfo=UTC))
    refer(wren, juniper, 8, status="closed", happened_on=date(2025, 6, 30))
    remember(wren, world.juniper, "many", "many")

    def counted(period: Period | None) -> int | None:
        found = tie(neighbourhood_of(world.wren, 1, period), wren, juniper)
        return found.given if found else None

    assert counted(SPRING) == 2
    assert counted(BOTH) == 7, "half past midnight in summer time is July"
    assert counted(None) == 15
    assert tie(neighbourhood_of(world.wren, 1, SPRING), juniper, wren) is None, "no date"
    assert first_own_day(world.wren) == date(2025, 6, 30)


def test_of_others_each_half_year_needs_five(world: World) -> None:
    refer(world.wren.practitioner_id, world.juniper)
    refer(world.juniper, world.ash.practitioner_id, 9)
    refer(world.juniper, world.ash.practitioner_id, 4, at=LAST_AUTUMN)
    for look in (partial(neighbourhood_of, world.wren, 2), partial(community_of, world.wren)):
        bands = []
        for period in (SPRING, BOTH, Period(BOTH.first, BOTH.first), None):
            found = tie(look(period=period), world.juniper, world.ash.practitioner_id)
            bands.append(found.band if found else None)
        assert bands == [Band.FEW, Band.FEW, None, Band.SOME]


def test_period_keeps_those_with_a_tie_in_it_and_moves_nobody(world: World) -> None:
    refer(world.wren.practitioner_id, world.ash.practitioner_id, 7, at=LAST_AUTUMN)
    refer(world.juniper, world.wren.practitioner_id)
    sight = neighbourhood_of(world.wren, 1, SPRING)
    filters = Filters(period=SPRING, at_least=5)
    assert fitting(sight, Filters(period=SPRING)) == frozenset(
        (str(world.wren.practitioner_id), str(world.juniper))
    )
    assert fitting(sight, filters) == frozenset()
    assert count_without(sight, filters) == {"period": 1, "at_least": 1}
    now = picture_of(sight, Filters(period=SPRING))["nodes"]
    ever = picture_of(neighbourhood_of(world.wren), Filters())["nodes"]
    for place, id_ in enumerate(now["id"]):
        there = ever["id"].index(id_)
        assert (now["x"][place], now["y"][place]) == (ever["x"][there], ever["y"][there])


def test_answering_is_known_of_those_open_to_the_reader(world: World) -> None:
    """Ash and Rowan answer within a day; only one's own and shared figures are looked at."""
    for sender, receiver in (
        (world.wren.practitioner_id, world.ash.practitioner_id),
        (world.juniper, world.rowan.practitioner_id),
    ):
        refer(sender, receiver, 6, status="accepted", answered_after=timedelta(hours=20))
    account = db.session.get_one(Account, world.rowan.account_id)
    account.keeps_ties_private = True
    db.session.commit()
    sight = with_usual(world.wren, community_of(world.wren))
    assert sight.usual is not None
    assert set(sight.usual) == {str(world.ash.practitioner_id)}
    ids = (str(world.wren.practitioner_id), str(world.ash.practitioner_id))
    assert fitting(sight, Filters(answers=1)) == frozenset(ids)
    own = with_usual(world.rowan, community_of(world.rowan)).usual
    assert own is not None
    assert str(world.rowan.practitioner_id) in own


@pytest.mark.either_database
def test_neighbourhood_costs_the_same_however_many(world: World) -> None:
    def cost() -> int:
        with statements() as seen:
            neighbourhood_of(world.wren, 2)
        return len(seen)

    refer(world.wren.practitioner_id, world.juniper)
    cost()  # the first also asks how far the member reaches
    one = cost()
    for number in range(6):
        other = a_practitioner(f"Oak {number}")
        refer(world.wren.practitioner_id, other.id, 5)
        refer(other.id, world.juniper, 6)
    assert cost() == one == 5
