"""Every state with every action by every kind of actor, through the operations.

What is allowed is the table written out in `tests/support/referral_table.py`; why not is written
out here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest

from careteam.access.actor import ANONYMOUS, SYSTEM, Actor, Kind
from careteam.access.reach import forget
from careteam.domain.referral import Action, Way
from careteam.features.links.models import Link, LinkBrowser
from careteam.features.referrals.handing_out import hand_over_link
from careteam.features.referrals.linked import link_actor
from careteam.features.referrals.models import Referral
from careteam.features.referrals.moves import Move, make
from careteam.features.referrals.operations import act, recompute_fold, send_referral
from careteam.kit.db import db
from careteam.kit.errors import CareteamError, Conflict, Forbidden, Invalid, NotFound, SignInNeeded
from tests.conftest import NOW
from tests.personas import World
from tests.support.letters import a_draft, about, an_open_seat
from tests.support.referral_table import DATA, EXPECTED, PATHS

# kind of actor: its letter in the table, "" for those who are never allowed
KINDS = {
    "sender": "s",
    "sender by hand": "h",
    "receiver": "r",
    "link": "r",
    "confirmed link": "r",
    "policy": "p",
    "system": "",
    "member": "",
    "steward": "",
    "client": "",
    "nobody": "",
}
FIRST_ANSWERS = {"acknowledge", "ask", "accept", "decline", "redirect", "hold"}
ON_BOTH_DATABASES = {"draft", "sent", "accepted", "in_treatment"}
"""Nothing of who may do what is asked of the database, only the row that is moved."""
EACH_STATE = [
    state if state in ON_BOTH_DATABASES else pytest.param(state, marks=pytest.mark.either_database)
    for state in EXPECTED
]
UNSEEN = {"draft", "discarded"}
"""States in which the receiver's side sees nothing, by whatever door."""

NOT_THEIRS = r"^(Only the (person it was sent to|sender) can |\".+\" happens by itself)"
NOT_NOW = (
    r'^(".+" is not possible while this is ".+"\.'
    r"|(Wren Lead|Rowan Member|Careteam) already .+ on 4 Mar at 09:30\.)"
)


@pytest.fixture
def referral_in(world: World) -> Callable[[str], UUID]:
    """A referral about Hazel from Wren to Rowan, with a link, by the history of `PATHS`."""

    def brought(state: str) -> UUID:
        rowan = world.rowan.practitioner_id
        seat = an_open_seat(world, consent_for=rowan)
        forget()
        row = a_draft(world, rowan, **about(world, seat))
        for who, action in PATHS[state]:
            if action == "send":
                send_referral(actor=world.wren, referral=row, route="inbox")
                hand_over_link(actor=world.wren, referral=row)
            elif who == "p":
                make(SYSTEM, row, Move(Action(action), way=Way.POLICY))
            else:
                actor = {"s": world.wren, "r": world.rowan}[who]
                act(actor=actor, referral=row, action=Action(action), data=data_of(action))
        link = db.session.query(Link).one()
        db.session.add(
            LinkBrowser(
                link_id=link.id,
                browser_hash="known",
                device="Phone",
                remembered_at=NOW,
                until_at=NOW.replace(year=2027),
            )
        )
        db.session.commit()
        assert row.status == state
        return row.id

    return brought


def data_of(action: str) -> dict[str, object]:
    return {**DATA.get(action, {}), "client_told": "yes"}


def actors(world: World, referral_id: UUID) -> dict[str, Actor]:
    """One of each kind. Where the door of the link is shut, somebody who got past it."""
    link = db.session.query(Link).one()
    past_the_door = Actor(
        Kind.LINK,
        name="Rowan Member",
        practitioner_id=world.rowan.practitioner_id,
        link_id=link.id,
        referral_id=referral_id,
    )
    return {
        "sender": world.wren,
        "sender by hand": world.wren,
        "receiver": world.rowan,
        "link": link_actor(link.id, "") or past_the_door,
        "confirmed link": link_actor(link.id, "known") or replace(past_the_door, is_confirmed=True),
        "policy": SYSTEM,
        "system": SYSTEM,
        "member": world.ash,
        "steward": world.sorrel,
        "client": Actor(Kind.CLIENT, name="Hazel", client_id=world.client_id),
        "nobody": ANONYMOUS,
    }


def attempted(kind: str, actor: Actor, referral_id: UUID, action: str) -> str | CareteamError:
    """The state it led to, or why not; nothing of it is kept."""
    row = db.session.get_one(Referral, referral_id)
    try:
        if kind == "policy":
            make(actor, row, Move(Action(action), data_of(action), way=Way.POLICY))
        elif action == "send" and kind != "sender by hand":
            send_referral(actor=actor, referral=row, route="inbox")
        else:
            by_hand = kind == "sender by hand"
            act(
                actor=actor,
                referral=row,
                action=Action(action),
                data=data_of(action),
                way=Way.PHONE if by_hand else Way.ACCOUNT,
                by_hand=by_hand,
            )
        assert recompute_fold(row)["status"] == row.status
        return row.status
    except CareteamError as error:
        return error
    finally:
        db.session.rollback()
        forget()


def why_not(kind: str, state: str, action: str) -> tuple[type[CareteamError], str]:
    """The refusal that is due where the table does not allow it: its kind and its words."""
    if kind == "nobody":
        return SignInNeeded, ""
    if KINDS[kind] == "" or (KINDS[kind] == "r" and state in UNSEEN):
        return NotFound, ""
    if action == "send" and kind in ("receiver", "confirmed link"):
        return Forbidden, ""
    if action == "send" and kind == "link":
        return NotFound, ""
    if action == "send" and kind == "sender by hand":
        return Invalid, r"^Send it from the letter's page\."
    if kind == "link" and action not in FIRST_ANSWERS:
        return Forbidden, r"^Please show your code first\."
    return Conflict, NOT_THEIRS if action in EXPECTED[state] else NOT_NOW


@pytest.mark.parametrize("state", EACH_STATE)
def test_every_action_by_every_kind_of_actor(
    world: World, referral_in: Callable[[str], UUID], state: str
) -> None:
    referral_id = referral_in(state)
    wrong: list[str] = []
    for kind, actor in actors(world, referral_id).items():
        if kind not in asked_in(state):
            continue
        for action in map(str, Action):
            target, who = EXPECTED[state].get(action, ("", ""))
            found = attempted(kind, actor, referral_id, action)
            may = KINDS[kind] != "" and KINDS[kind] in who
            if may and (kind != "link" or action in FIRST_ANSWERS):
                is_right = found == target
            else:
                is_right = is_refusal(found, *why_not(kind, state, action))
            if not is_right:
                wrong.append(f"{kind}: {action} gave {found!r}")
    assert wrong == []
    assert db.session.get_one(Referral, referral_id).status == state


def asked_in(state: str) -> set[str]:
    """Whoever is never allowed anything is told so before the state is looked at."""
    return {kind for kind, letter in KINDS.items() if letter or state in ON_BOTH_DATABASES}


def is_refusal(found: object, expected: type[CareteamError], words: str) -> bool:
    return (
        isinstance(found, CareteamError)
        and type(found) is expected
        and bool(re.search(words, found.message))
    )
