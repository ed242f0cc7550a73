"""What every page shows around its content: the five entries, the person, the sample banner."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, request, url_for

from careteam.access.actor import Actor, Kind
from careteam.features.accounts.queries import House


@dataclass(frozen=True, slots=True)
class Entry:
    endpoint: str
    label: str
    icon: str
    current: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class Me:
    name: str
    line: str
    is_steward: bool


ENTRIES = (
    ("today.today", "Today", "house"),
    ("clients.client_list", "Clients", "users"),
    ("referrals.referral_list", "Referrals", "inbox"),
    ("network.network_show", "Network", "share-2"),
    ("directory.practitioner_list", "Directory", "book-user"),
)
UNDER = {
    "teams": "clients",
    "plans": "clients",
    "measures": "clients",
    "standing": "directory",
    "relationships": "network",
}
"""Rooms without an entry of their own, by the entry they lie under."""
STEWARD_LINKS = (
    Entry("accounts.account_list", "Accounts", "users"),
    Entry("accounts.community_edit", "Community", "settings"),
)

Counter = Callable[[Actor], int]


def install(app: Flask) -> None:
    app.context_processor(_frame)
    app.jinja_env.globals["asset"] = asset


def count_with(app: Flask, endpoint: str, counter: Counter) -> None:
    """Show beside the entry `endpoint` how many things wait there for the actor."""
    app.extensions.setdefault("careteam_counters", {})[endpoint] = counter


def _frame() -> dict[str, Any]:
    """Asks the database nothing on error pages: their transaction has ended."""
    actor: Actor | None = g.get("actor")
    context: dict[str, Any] = {"me": None, "navigation": [], "request_id": g.get("request_id", "")}
    if actor is None or actor.kind is not Kind.MEMBER or g.get("has_failed"):
        return context
    house = g.signed.house if g.get("signed") else House()
    return context | {
        "me": Me(actor.name, "Steward" if actor.is_steward else "", actor.is_steward),
        "actor": actor,
        "navigation": _navigation(actor),
        "community_name": house.name,
        "sample_data": house.has_sample,
        "sample_data_url": _known_url("demo.sample_show"),
        "account_links": STEWARD_LINKS if actor.is_steward else (),
    }


def _navigation(actor: Actor) -> list[Entry]:
    counters: dict[str, Counter] = current_app.extensions.get("careteam_counters", {})
    room = (request.endpoint or "").partition(".")[0]
    here = UNDER.get(room, room)
    return [
        Entry(
            endpoint=endpoint,
            label=label,
            icon=icon,
            current=endpoint.partition(".")[0] == here,
            count=counters[endpoint](actor) if endpoint in counters else 0,
        )
        for endpoint, label, icon in ENTRIES
        if endpoint in current_app.view_functions
    ]


def _known_url(endpoint: str) -> str | None:
    return url_for(endpoint) if endpoint in current_app.view_functions else None


def asset(filename: str) -> str:
    """Address of a static file with the hash of its content, so that it may be kept for a year.

    A page asks dozens of times, once for each drawing, so the answers are kept.
    """
    kept: dict[tuple[str, str], str] = current_app.extensions.setdefault("careteam_assets", {})
    key = (request.script_root, filename)
    if key not in kept or current_app.debug:
        file = Path(current_app.static_folder or "") / filename
        kept[key] = url_for("static", filename=filename, v=_hash(file, current_app.debug))
    return kept[key]


@lru_cache(maxsize=256)
def _kept_hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else "missing"


def _hash(path: Path, fresh: bool) -> str:
    return _kept_hash.__wrapped__(path) if fresh else _kept_hash(path)
