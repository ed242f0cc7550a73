"""Find towns by what somebody types."""

from careteam.kit.places.index import ask
from careteam.kit.places.values import Place, fold_name

_COLUMNS = "t.name, t.country, t.latitude, t.longitude, t.population, t.region"
_LAST = "\U0010ffff"
_LONGEST = 100
# With fewer letters, names in other languages are noise: "min" would bring up Munich as Minga.
_OTHER_NAMES_AFTER = 4


def find_places(text: str, country: str | None = None, limit: int = 8) -> tuple[Place, ...]:
    """Return up to `limit` towns: names that begin with `text`, then names that contain it.

    Accents, case and punctuation do not matter; the largest town comes first in each group.
    Names in other languages count from four letters on. "Town, Country" narrows the search.
    """
    name, narrowed, region = _split(text, country)
    if not name or limit < 1:
        return ()
    found = _starting(name, narrowed, region, limit)
    if len(found) < limit and len(name) > 2:
        found = {**found, **_containing(name, narrowed, region, limit)}
    return tuple(found.values())[:limit]


def resolve(text: str, country: str | None = None) -> Place | None:
    """Return the one town meant by an exact name, or None.

    `country` is a preference, not a limit: of several towns of one name the largest in that
    country is meant, else the largest of all. A country or region after a comma is a limit.
    """
    name, narrowed, region = _split(text, None)
    if not name:
        return None
    where, values = _limits(narrowed, region)
    rows = ask(
        f"SELECT {_COLUMNS} FROM names n JOIN towns t ON t.id = n.town"
        f" WHERE n.folded = ? {where}"
        " ORDER BY t.country = ? DESC, t.folded = n.folded DESC, t.population DESC, t.id LIMIT 1",
        (name, *values, (country or "").upper()),
    )
    return Place(*rows[0]) if rows else None


def _split(text: str, country: str | None) -> tuple[str, str | None, str]:
    """Return the folded name, the country code and the region that the words name."""
    limit = country.upper() if country else None
    name, *rest = text[:_LONGEST].split(",")
    region = ""
    for word in filter(None, map(fold_name, rest)):
        regions = ask(
            "SELECT region, country FROM regions WHERE folded = ?"
            " AND country = coalesce(?, country)",
            (word, limit),
        )
        codes = ask("SELECT country FROM countries WHERE folded = ?", (word,))
        if regions:
            region, limit = regions[0]
        elif codes:
            limit = limit or codes[0][0]
        else:
            # A street, a postcode, a county: the name is still worth looking up.
            continue
    return fold_name(name), limit, region


def _limits(country: str | None, region: str) -> tuple[str, tuple[str, ...]]:
    """Return the conditions on country and region with their values."""
    given = [("t.country", country), ("t.region", region)]
    kept = [(column, value) for column, value in given if value]
    return "".join(f" AND {column} = ?" for column, _ in kept), tuple(v for _, v in kept)


def _starting(name: str, country: str | None, region: str, limit: int) -> dict[int, Place]:
    where, values = _limits(country, region)
    own = "" if len(name) >= _OTHER_NAMES_AFTER else " AND n.folded = t.folded"
    rows = ask(
        f"SELECT DISTINCT t.id, {_COLUMNS} FROM names n JOIN towns t ON t.id = n.town"
        f" WHERE n.folded >= ? AND n.folded < ? {own} {where}"
        " ORDER BY t.population DESC, t.id LIMIT ?",
        (name, name + _LAST, *values, limit),
    )
    return {row[0]: Place(*row[1:]) for row in rows}


def _containing(name: str, country: str | None, region: str, limit: int) -> dict[int, Place]:
    where, values = _limits(country, region)
    rows = ask(
        f"SELECT t.id, {_COLUMNS} FROM towns t WHERE instr(t.folded, ?) > 1 {where}"
        " ORDER BY t.population DESC, t.id LIMIT ?",
        (name, *values, limit),
    )
    return {row[0]: Place(*row[1:]) for row in rows}
