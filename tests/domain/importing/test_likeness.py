"""Who is perhaps one person by a name spelt almost the same, and who is not."""

from __future__ import annotations

import pytest

from careteam.domain.importing.likeness import similar_pairs, with_similar
from careteam.domain.importing.twins import likely_twins
from careteam.domain.importing.values import Draft, Known, Outcome


def somebody(
    id_: str, name: str, place: str = "Bath", practice: str = "", trade: str = "physio"
) -> Known:
    practices = (practice,) if practice else ()
    return Known(id_, name, places=(place,), practices=practices, disciplines=(trade,))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jon Smith", "John Smith"),
        ("John Smith", "Smith, John"),
        ("Smith, Jon, MSc", "Prof. John Smith"),
        ("Dr Zoë Núñez", "Zoe Nunez"),
        ("Jörg Müller", "Joerg Mueller"),
        ("Anna Meyer", "Anna Mayer"),
        ("Anna Maria Berg", "Anna Berg"),
        ("J. Smith", "John Smith"),
    ],
)
def test_names_that_are_perhaps_one(one: str, other: str) -> None:
    pair = [somebody("1", one), somebody("2", other, "bath")]
    assert list(similar_pairs(pair)) == [tuple(pair)]


@pytest.mark.parametrize(
    "other",
    [
        somebody("2", "Jon Smith", "York"),
        somebody("2", "Bert Smith"),
        somebody("2", "Joan Smith"),
        somebody("2", "Jon Smith", trade="dietitian"),
        somebody("2", "Jon Smith", practice="Quay Rooms"),
        somebody("2", "John Smith junior"),
        somebody("2", "John Brown"),
        somebody("2", "Smith"),
    ],
)
def test_people_who_are_two(other: Known) -> None:
    assert list(similar_pairs([somebody("1", "John Smith", practice="Mill House"), other])) == []


@pytest.mark.parametrize(
    ("one", "other", "are_offered"),
    [
        ("Jon Smith", "John Smith", True),
        ("Smith, Jon, MSc", "Prof. John Smith", True),
        ("Katharina Berg", "Katarina Berg", True),
        ("Joerg Mueller", "Jörg Müller", True),
        ("Anna Meyer", "Anna Mayer", False),
        ("J. Smith", "John Smith", False),
        ("John Smith", "John Smith junior", False),
    ],
)
def test_where_neither_says_a_town_names_must_be_more_alike(
    one: str, other: str, are_offered: bool
) -> None:
    pair = [somebody("1", one, ""), somebody("2", other, "")]
    assert bool(list(similar_pairs(pair))) is are_offered
    somewhere = [pair[0], somebody("2", other, "Bath")]
    assert list(similar_pairs(somewhere)) == [], "nothing says that they are in one place"
    elsewhere = [somebody("1", one, "", "Mill"), somebody("2", other, "", "Quay")]
    assert list(similar_pairs(elsewhere)) == []


def test_namesakes_without_a_town_are_named_once() -> None:
    rows = [Draft(n, name, ("physio",)) for n, name in ((2, "Jon Smith"), (3, "John Smith"))]
    first, second = with_similar(rows, [Known("1", "Jon Smith", disciplines=("physio",))])
    assert first.notes == ()
    assert [note.rpartition(": ")[2] for note in second.notes] == [
        "similar names, same discipline, and no town"
    ] * 2


def test_pair_with_a_surer_reason_stands_once() -> None:
    same, like = somebody("2", "John Smith"), somebody("3", "Jon Smith")
    found = likely_twins([somebody("1", "John Smith"), same, like])
    nearly = "similar names, the same town and discipline"
    assert [(each.one.id, each.other.id, each.why) for each in found] == [
        ("1", "2", "the same name and place"),
        ("1", "3", nearly),
        ("2", "3", nearly),
    ]


def test_new_row_names_whom_it_is_perhaps_and_stays_new() -> None:
    entry = somebody("1", "John Smith")
    rows = [Draft(n, "Jon Smith", ("physio",), place="Bath") for n in (2, 3)]
    ann = Draft(4, "Ann Smith", ("physio",), place="Bath")
    first, second, third = with_similar([*rows, ann], [entry, somebody("5", "Jon Smith")])
    assert first.notes == (
        "Perhaps the same as John Smith in the directory: similar names, same town and discipline",
        "Perhaps the same as Jon Smith in the directory: similar names, same town and discipline",
    )
    assert second.notes[-1].startswith("Perhaps the same as Jon Smith in row 2")
    assert {each.outcome for each in (first, second, third)} == {Outcome.NEW}
    assert (first.is_perhaps_same, third) == (True, ann)


def test_crowd_of_one_name_in_one_town_is_compared_with_its_neighbours_alone() -> None:
    """Of all 44,850 pairs most are alike: without a limit twice as many are found."""
    crowd = [somebody(str(at), f"Ida{at:04d} Example") for at in range(300)]
    found = list(similar_pairs(crowd))
    assert len(found) <= 50 * len(crowd)
    assert ("7", "8") in {(one.id, other.id) for one, other in found}
