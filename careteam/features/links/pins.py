"""A PIN of the client's own, asked for in browsers that are remembered: for a phone that is shared.

It opens nothing by itself: only a browser that has shown a code is asked for it. Whoever forgets it
shows a code again, and may then choose another.
"""

from __future__ import annotations

from itertools import pairwise

from careteam.access.actor import Actor, Kind
from careteam.access.operation import operation
from careteam.features.accounts.passwords import hash_password, matches
from careteam.features.accounts.tries import Limit, give_back, take_tries
from careteam.features.links.codes import read_code
from careteam.features.links.models import Link
from careteam.kit import clock
from careteam.kit.errors import Invalid, NotFound

SHORTEST, LONGEST = 4, 8
WRONG_PINS = 8
"""Wrong ones for one link within fifteen minutes, as for codes."""
NOT_RIGHT = "This PIN is not right."
TOO_PLAIN = "This is among the first that are guessed. Use another."


@operation(None, on="link", action="link.pin_set")
def set_pin(*, actor: Actor, link: Link, pin: str | None) -> Link:
    """Ask for this PIN from now on, in every browser. Raises `Invalid` beside `pin`, and `NotFound`
    for everybody but the client behind the link."""
    _require_holder(actor, link)
    link.pin_hash, link.pin_set_at = hash_password(_checked(pin)), clock.now()
    return link


@operation(None, on="link", action="link.pin_removed")
def remove_pin(*, actor: Actor, link: Link) -> Link:
    """Ask for no PIN any more. Raises as `set_pin`."""
    _require_holder(actor, link)
    link.pin_hash = link.pin_set_at = None
    return link


def _require_holder(actor: Actor, link: Link) -> None:
    is_theirs = actor.kind is Kind.CLIENT and actor.link_id == link.id
    if not is_theirs or not actor.is_confirmed:
        raise NotFound


def _checked(pin: str | None) -> str:
    digits = read_code(pin)
    if not SHORTEST <= len(digits) <= LONGEST:
        raise Invalid(f"Use {SHORTEST} to {LONGEST} digits.", field="pin")
    steps = {int(after) - int(before) for before, after in pairwise(digits)}
    if steps in ({0}, {1}, {-1}):
        raise Invalid(TOO_PLAIN, field="pin")
    return digits


def check_pin(link: Link, pin: str | None) -> None:
    """Tries are counted before they are made, as for codes. Raises `TooMany`, `Invalid` beside
    `pin`."""
    stored = link.pin_hash
    tries = take_tries([Limit(f"link pin {link.id}", WRONG_PINS)])
    if not matches(stored, read_code(pin)):
        raise Invalid(NOT_RIGHT, field="pin")
    give_back(tries)
