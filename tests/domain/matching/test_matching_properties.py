"""What holds for every list of candidates."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from careteam.domain.matching import (
    Accepting,
    Candidate,
    Wanted,
    WorkingWay,
    order_candidates,
)

TODAY = date(2026, 11, 24)
DISCIPLINES = ("dietitian", "nutritionist", "coach")
LANGUAGES = ("English", "Polish", "Welsh")

day = st.none() | st.integers(-1, 400).map(lambda ago: TODAY - timedelta(days=ago))
ways = st.frozensets(st.sampled_from(WorkingWay))
people = st.lists(
    st.builds(
        Candidate,
        practitioner_id=st.uuids().map(str),
        name=st.sampled_from(("Ana Example", "ana example", "Bo Placeholder")),
        disciplines=st.lists(st.sampled_from(DISCIPLINES), min_size=1, unique=True).map(tuple),
        distance_km=st.none() | st.floats(0, 500),
        languages=st.lists(st.sampled_from(LANGUAGES), unique=True).map(tuple),
        accepting=st.sampled_from(Accepting),
        said_on=day,
        usual_wait_days=st.none() | st.integers(0, 400),
        ways=ways,
        last_verified_on=day,
        ruled_out=st.sampled_from(("", "", "", "is the client's partner")),
    ),
    max_size=12,
    unique_by=lambda candidate: candidate.practitioner_id,
)
wishes = st.builds(
    Wanted,
    discipline=st.just("dietitian"),
    alternatives=st.sampled_from(((), ("nutritionist",))),
    place_known=st.booleans(),
    languages=st.lists(st.sampled_from(LANGUAGES), unique=True).map(tuple),
    ways=ways,
    within_km=st.none() | st.floats(0, 500),
    only_language=st.booleans(),
    only_way=st.booleans(),
    only_accepting=st.booleans(),
)


def ids(candidates: list[Candidate]) -> list[str]:
    return sorted(candidate.practitioner_id for candidate in candidates)


@given(wishes, people)
def test_nobody_is_lost_or_doubled(wanted: Wanted, candidates: list[Candidate]) -> None:
    shortlist = order_candidates(wanted, candidates, TODAY)
    listed = [ranked.candidate for ranked in shortlist.ranked]
    listed += [off.candidate for off in shortlist.excluded]
    assert ids(listed) == ids(candidates)
    assert bool(shortlist.empty_because) is (not shortlist.ranked)
    assert all(off.why and off.by for off in shortlist.excluded)
    assert len(shortlist.offered(1)) == min(2, len(shortlist.ranked))


@given(wishes, people, st.randoms(use_true_random=False))
def test_order_does_not_depend_on_the_order_given(
    wanted: Wanted, candidates: list[Candidate], random: Random
) -> None:
    shuffled = list(candidates)
    random.shuffle(shuffled)
    assert order_candidates(wanted, shuffled, TODAY) == order_candidates(wanted, candidates, TODAY)


@given(wishes, people)
def test_who_takes_nobody_never_stands_before_one_who_may(
    wanted: Wanted, candidates: list[Candidate]
) -> None:
    full = [
        ranked.accepting is Accepting.NO
        for ranked in order_candidates(wanted, candidates, TODAY).ranked
    ]
    assert full == sorted(full)


@given(wishes, people, st.data())
def test_saying_yes_today_never_puts_anybody_back(
    wanted: Wanted, candidates: list[Candidate], data: st.DataObject
) -> None:
    before = [r.candidate for r in order_candidates(wanted, candidates, TODAY).ranked]
    if not before:
        return
    one = data.draw(st.sampled_from(before))
    glad = replace(one, accepting=Accepting.YES, said_on=TODAY)
    changed = [glad if candidate == one else candidate for candidate in candidates]
    after = [r.candidate for r in order_candidates(wanted, changed, TODAY).ranked]
    assert after.index(glad) <= before.index(one)


@given(wishes, people)
def test_dropping_what_the_sentence_names_gives_those_people_back(
    wanted: Wanted, candidates: list[Candidate]
) -> None:
    sentence = order_candidates(wanted, candidates, TODAY).empty_because
    if not sentence.startswith("To see "):
        return
    wider = replace(
        wanted,
        within_km=None if "further" in sentence else wanted.within_km,
        only_language=wanted.only_language and "language" not in sentence,
        only_way=wanted.only_way and "way of working" not in sentence,
        only_accepting=wanted.only_accepting and "not known" not in sentence,
    )
    promised = int(sentence.split()[2])
    assert len(order_candidates(wider, candidates, TODAY).ranked) == promised
