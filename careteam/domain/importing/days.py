"""Days as people write them: in figures, or with the month in words of five languages."""

from __future__ import annotations

import re
from datetime import date

from careteam.domain.importing.words import fold

FIRST_YEAR = 1950
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][\d:.+Z-]+)?$")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$")
_NUMBER = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|e|ste|de)?")
_YEAR = re.compile(r"\d{4}")
_BETWEEN = frozenset("of the de den der del le".split())
_LONGEST = 40
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan january januar janvier janv januari enero ene",
            "feb february februar fevrier fevr febr februari febrero",
            "mar march marz mrz maerz mars maart mrt marzo",
            "apr april avril avr abril abr",
            "may mai mei mayo",
            "jun june juni juin junio",
            "jul july juli juillet juil julio",
            "aug august aout augustus agosto ago",
            "sep sept september septembre septiembre",
            "oct october oktober okt octobre octubre",
            "nov november novembre noviembre",
            "dec december dezember dez decembre diciembre dic",
        ),
        start=1,
    )
    for word in words.split()
}


def read_day(typed: str) -> date | None:
    """A day written from the year down or from the day up; from the month on only where it is a
    word, since figures would leave open which is which. None before `FIRST_YEAR`."""
    read = _read(typed)
    return read if read and read.year >= FIRST_YEAR else None


def is_too_early(typed: str) -> bool:
    read = _read(typed)
    return read is not None and read.year < FIRST_YEAR


def _read(typed: str) -> date | None:
    if found := _YEAR_FIRST.match(typed):
        year, month, day = map(int, found.groups())
    elif found := _DAY_FIRST.match(typed):
        day, month, year = map(int, found.groups())
    elif in_words := _in_words(typed):
        year, month, day = in_words
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _in_words(typed: str) -> tuple[int, int, int] | None:
    words = [word for word in fold(typed[:_LONGEST]).split() if word not in _BETWEEN]
    months = [word for word in words if word in _MONTHS]
    years = [word for word in words if _YEAR.fullmatch(word)]
    days = [found for word in words if (found := _NUMBER.fullmatch(word))]
    if len(words) != 3 or not len(months) == len(years) == len(days) == 1:
        return None
    return int(years[0]), _MONTHS[months[0]], int(days[0][1])


def has_month_first(typed: str) -> bool:
    """Whether it is a day only with the month before the day."""
    found = _DAY_FIRST.match(typed)
    return found is not None and int(found[1]) <= 12 < int(found[2]) <= 31


def is_either(typed: str) -> bool:
    """Whether it could be two days."""
    found = _DAY_FIRST.match(typed)
    return found is not None and max(int(found[1]), int(found[2])) <= 12 and found[1] != found[2]
