"""Islands: deterministic, apart from each other, everybody on their own."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careteam.domain.network.layout import GAP, SMALLEST, Member, lay_out, radius_of

people = st.lists(
    st.builds(
        Member,
        st.integers(0, 999).map("p{:03d}".format),
        st.sampled_from(["acupuncturist", "dietitian", "osteopath", "physiotherapist", "gp"]),
        st.floats(0, 1, allow_nan=False),
    ),
    min_size=1,
    max_size=60,
    unique_by=lambda member: member.id,
)


@st.composite
def communities(draw):
    members = draw(people)
    ids = st.sampled_from([member.id for member in members])
    weights = st.floats(0.1, 50, allow_nan=False)
    return members, draw(st.lists(st.tuples(ids, ids, weights), max_size=40))


def test_nobody_makes_an_empty_picture():
    islands = lay_out([])
    assert islands.discs == ()
    assert islands.positions == {}
    assert islands.box == (0.0, 0.0, 0.0, 0.0)


def test_single_person_stands_in_the_middle_of_the_only_island():
    islands = lay_out([Member("ada", "dietitian")])
    assert islands.positions == {"ada": (0.0, 0.0)}
    assert islands.box == (-SMALLEST, -SMALLEST, SMALLEST, SMALLEST)


def test_most_referred_stands_nearest_the_middle():
    islands = lay_out([Member(f"p{n}", "dietitian", n / 10) for n in range(10)])
    distances = [math.hypot(*islands.positions[f"p{n}"]) for n in range(10)]
    assert distances == sorted(distances, reverse=True)


def test_largest_group_is_placed_first_in_the_middle():
    islands = lay_out([Member("a", "small"), *(Member(f"b{n}", "large") for n in range(3))])
    assert [disc.group for disc in islands.discs] == ["large", "small"]
    assert (islands.discs[0].x, islands.discs[0].y) == (0.0, 0.0)


def test_chosen_group_is_placed_in_the_middle():
    members = [Member("a", "small"), *(Member(f"b{n}", "large") for n in range(3))]
    islands = lay_out(members, centre="small")
    assert islands.positions["a"] == (0.0, 0.0)
    assert [disc.group for disc in islands.discs] == ["small", "large"]


def test_groups_that_exchange_referrals_stand_nearer():
    members = [Member(f"{group}{n}", group) for group in "abcdefgh" for n in range(9)]
    islands = lay_out(members, [("h0", "b0", 40.0)])
    at = {disc.group: (disc.x, disc.y) for disc in islands.discs}
    to_b = math.dist(at["h"], at["b"])
    assert to_b == min(math.dist(at["h"], at[group]) for group in "bcdefg")


@pytest.mark.parametrize(("count", "radius"), [(1, 44.0), (4, 50.24), (100, 179.2)])
def test_radius_grows_with_the_root_of_the_count(count, radius):
    assert radius_of(count) == pytest.approx(radius)


@settings(max_examples=60, deadline=None)
@given(communities())
def test_islands_keep_their_gap(community):
    discs = lay_out(*community).discs
    for number, one in enumerate(discs):
        for other in discs[number + 1 :]:
            apart = math.dist((one.x, one.y), (other.x, other.y))
            assert apart >= one.radius + other.radius + GAP - 1e-6


@settings(max_examples=60, deadline=None)
@given(communities())
def test_everybody_stands_inside_their_island_and_apart(community):
    islands = lay_out(*community)
    disc_of = {disc.group: disc for disc in islands.discs}
    assert set(islands.positions) == {member.id for member in community[0]}
    for member in community[0]:
        disc = disc_of[member.group]
        x, y = islands.positions[member.id]
        assert math.hypot(x - disc.x, y - disc.y) + 10 <= disc.radius
    spots = sorted(islands.positions.values())
    for one, other in itertools.pairwise(spots):
        assert math.dist(one, other) > 15


@settings(max_examples=60, deadline=None)
@given(communities(), st.randoms(use_true_random=False))
def test_order_of_people_and_ties_moves_nobody(community, random):
    members, ties = community
    mixed_members = random.sample(members, len(members))
    mixed_ties = [
        (other, one, weight) if random.random() < 0.5 else (one, other, weight)
        for one, other, weight in random.sample(ties, len(ties))
    ]
    assert lay_out(mixed_members, mixed_ties) == lay_out(members, ties)


@settings(max_examples=60, deadline=None)
@given(communities())
def test_box_holds_all_islands(community):
    islands = lay_out(*community)
    left, top, right, bottom = islands.box
    for disc in islands.discs:
        assert left <= disc.x - disc.radius
        assert top <= disc.y - disc.radius
        assert right >= disc.x + disc.radius
        assert bottom >= disc.y + disc.radius
