"""Towns: search, exact names, distance and boxes, on the real data."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careteam.kit.places import (
    Place,
    bounding_box,
    build_index,
    distance_km,
    find_places,
    index,
    resolve,
    use_folder,
)

degrees_north = st.floats(-90, 90, allow_nan=False)
degrees_east = st.floats(-180, 180, allow_nan=False)
points = st.builds(Place, st.just("P"), st.just("XX"), degrees_north, degrees_east, st.just(0))


PREPARED = Path(__file__).resolve().parents[2] / ".cache" / "places"


@pytest.fixture(scope="module", autouse=True)
def folder(tmp_path_factory):
    """The index that set-up made, else one in a folder of its own, made once."""
    folder = PREPARED if PREPARED.is_dir() else tmp_path_factory.mktemp("towns")
    use_folder(folder)
    build_index()
    yield folder
    use_folder(None)


def names(found):
    return [place.name for place in found]


def test_search_ignores_accents_and_case():
    assert names(find_places("MUNCHENSTEIN"))[0] == "Münchenstein"
    assert find_places("münchenstein") == find_places("Munchenstein")


def test_search_puts_beginnings_before_middles_and_large_before_small():
    found = find_places("bridge", "GB", limit=10)
    begins = [place.name.startswith(("Bridge", "Bridg")) for place in found]
    assert begins == sorted(begins, reverse=True)
    assert names(found)[0] == "Bridgend"
    assert "Cambridge" in names(found)


def test_search_stays_within_country_and_limit():
    found = find_places("new", "GB", limit=3)
    assert len(found) == 3
    assert {place.country for place in found} == {"GB"}


def test_search_finds_name_in_another_language():
    assert names(find_places("Monaco di Baviera"))[0] == "Munich"
    assert "Munich" not in names(find_places("min", "DE", limit=50))


@pytest.mark.parametrize("text", ["", "   ", ",", "!!!", "%", "_", "qqqqqq"])
def test_search_for_nothing_finds_nothing(text):
    assert find_places(text) == ()


def test_small_town_is_known():
    place = resolve("hebden bridge", "GB")
    assert place is not None
    assert (place.country, place.latitude, place.longitude) == ("GB", 53.74093, -2.01337)
    assert place.label == "Hebden Bridge, England, GB"


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("Cambridge", "GB", ("Cambridge", "England", "GB")),
        ("Cambridge", "US", ("Cambridge", "Massachusetts", "US")),
        ("Boston", None, ("Boston", "Massachusetts", "US")),
        ("Boston, UK", "US", ("Boston", "England", "GB")),
        ("Newport, Wales", None, ("Newport", "Wales", "GB")),
        ("Portland, OR", None, ("Portland", "Oregon", "US")),
        ("Wien", "GB", ("Vienna", "", "AT")),
        ("St Albans", "GB", ("St Albans", "England", "GB")),
        ("Saint Albans", "GB", ("St Albans", "England", "GB")),
        ("Totnes, Devon, United Kingdom", None, ("Totnes", "England", "GB")),
    ],
)
def test_exact_name_is_resolved(text, country, expected):
    place = resolve(text, country)
    assert place is not None
    assert (place.name, place.region, place.country) == expected


@pytest.mark.parametrize("text", ["", "Nowhere at all", "Munich, France", "Cambrid"])
def test_name_that_is_no_town_is_not_resolved(text):
    assert resolve(text) is None


def test_distance_is_the_great_circle():
    london = Place("London", "GB", 51.50853, -0.12574, 0)
    paris = Place("Paris", "FR", 48.85341, 2.3488, 0)
    assert distance_km(london, paris) == pytest.approx(343.6, abs=1.0)
    pole = Place("Pole", "XX", 90, 0, 0)
    equator = Place("Equator", "XX", 0, 77, 0)
    assert distance_km(pole, equator) == pytest.approx(6371.0088 * math.pi / 2)
    assert distance_km(pole, pole) == 0


def test_distance_crosses_the_date_line_the_short_way():
    a, b = Place("A", "FJ", 0, 179.5, 0), Place("B", "FJ", 0, -179.5, 0)
    assert distance_km(a, b) == pytest.approx(111.19, abs=0.01)


def test_box_across_the_date_line_has_two_ranges():
    box = bounding_box(Place("A", "FJ", 0, 179.5, 0), 111.19492664)
    assert box.west == pytest.approx(178.5)
    assert box.east == pytest.approx(-179.5)
    assert box.longitudes == ((box.west, 180.0), (-180.0, box.east))
    assert box.holds(Place("B", "FJ", 0, -179.9, 0))
    assert not box.holds(Place("C", "FJ", 0, 0, 0))


def test_box_at_a_pole_takes_every_longitude():
    box = bounding_box(Place("A", "NO", 89.9, 20, 0), 50)
    assert (box.west, box.east, box.north) == (-180, 180, 90)


def test_negative_radius_is_refused():
    with pytest.raises(ValueError, match="negative"):
        bounding_box(Place("A", "NO", 0, 0, 0), -1)


@given(points, points, st.floats(0, 25_000))
def test_box_holds_every_point_within_the_radius(centre, other, radius):
    near = distance_km(centre, other)
    assert 0 <= near <= 20_016
    if near <= radius * 0.999999 - 1e-6:
        assert bounding_box(centre, radius).holds(other)


@given(st.text(max_size=200), st.one_of(st.none(), st.text(max_size=3)))
def test_no_text_breaks_the_search(text, country):
    assert len(find_places(text, country)) <= 8
    resolve(text, country)


@pytest.fixture
def few_towns(monkeypatch, folder):
    """The cities alone, so that making the index anew is quick."""
    monkeypatch.setattr(index, "SMALLEST_TOWN", 15000)
    towns = index._towns()
    cities = {key: town for key, town in towns.items() if town["population"] > 100_000}
    monkeypatch.setattr(index, "_towns", lambda: cities)
    yield
    use_folder(folder)


def test_damaged_index_is_made_anew(few_towns, tmp_path):
    use_folder(tmp_path)
    build_index()
    (file,) = tmp_path.glob("*.sqlite3")
    whole = file.read_bytes()
    use_folder(tmp_path)
    file.write_bytes(b"not a database" * 100)
    assert names(find_places("Cambridge", "GB")) == ["Cambridge"]
    assert file.read_bytes() == whole
    assert list(tmp_path.iterdir()) == [file]


def test_towns_are_found_without_a_folder_to_write(few_towns, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    use_folder(blocked / "towns")
    assert names(find_places("Cambridge", "GB")) == ["Cambridge"]
