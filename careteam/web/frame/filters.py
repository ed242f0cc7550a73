"""How values look on a page: days, instants, initials, counts."""

from __future__ import annotations

from datetime import date, datetime

from flask import Flask, current_app

from careteam.kit import clock
from careteam.kit.telephones import read_telephone
from careteam.kit.text import initials


def install(app: Flask) -> None:
    app.jinja_env.filters.update(
        day=day,
        day_short=day_short,
        instant=instant,
        ago=ago,
        clock_time=clock_time,
        initials=initials,
        plural=plural,
        dialled=dialled,
    )
    app.jinja_env.globals["today"] = clock.today


def dialled(number: str | None) -> str:
    """The address that rings a number, with its country wherever the number is understood.

    Empty for words that no telephone can dial, such as "ask at the desk".
    """
    return read_telephone(number or "", current_app.extensions["careteam_settings"].country).href


def day(value: date | None) -> str:
    """3 March 2026."""
    return f"{value.day} {value:%B %Y}" if value else ""


def day_short(value: date | None) -> str:
    """3 Mar, with the year unless it is this one."""
    if value is None:
        return ""
    year = "" if value.year == clock.today().year else f" {value.year}"
    return f"{value.day} {value:%b}{year}"


def instant(value: datetime | None) -> str:
    """3 Mar at 10:42, on the community's clock."""
    if value is None:
        return ""
    local = clock.local(value)
    return f"{day_short(local.date())} at {local:%H:%M}"


def clock_time(value: datetime) -> str:
    """10:42, on the community's clock."""
    return f"{clock.local(value):%H:%M}"


def ago(value: date | datetime | None) -> str:
    """today, yesterday, 6 days ago, in 3 days."""
    if value is None:
        return ""
    on = clock.day_of(value) if isinstance(value, datetime) else value
    days = (clock.today() - on).days
    if days in (0, 1, -1):
        return {0: "today", 1: "yesterday", -1: "tomorrow"}[days]
    return f"{days} days ago" if days > 0 else f"in {-days} days"


def plural(count: int, one: str, many: str | None = None) -> str:
    """1 client, 3 clients, 5,122 clients."""
    said = f"{count:,}" if isinstance(count, int) else f"{count}"
    return f"{said} {one if count == 1 else many or one + 's'}"
