"""One's own referrals and contacts as tables: all of them, nobody else's, and no client."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date

from careteam.audit.models import AccessRead
from careteam.features.referrals.models import Referral
from careteam.features.relationships.models import Call, Touch
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]
DAY = date(2026, 3, 2)


def rows_of(visitor: Visitor, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(visitor.get(path).data.decode("utf-8-sig"))))


def test_ledger_has_ones_own_referrals_and_no_client(world: World, signed_in: SignIn) -> None:
    wren, ash = world.wren.practitioner_id, world.ash.practitioner_id
    now = clock.now()
    about = {"client_id": world.client_id, "author_id": wren}
    db.session.add_all(
        [
            Referral(sender_id=wren, receiver_id=ash, status="accepted", sent_at=now,
                     accepted_at=now, **about),
            Referral(sender_id=wren, receiver_id=ash, status="draft", **about),
            Referral(sender_id=ash, receiver_id=wren, status="closed", is_past=True,
                     happened_on=DAY),
            Referral(sender_id=ash, receiver_id=world.juniper, status="sent", sent_at=now),
        ]
    )  # fmt: skip
    db.session.commit()
    path = "/relationships/referrals.csv"
    mine = rows_of(signed_in("wren"), path)
    assert [(row["Day"], row["Direction"], row["Logged later"]) for row in mine] == [
        ("2026-03-02", "received", "yes"),
        ("2026-03-04", "given", ""),
    ]
    assert "Hazel" not in signed_in("wren").get(path).text
    assert rows_of(signed_in("rowan"), path) == []
    assert db.session.query(AccessRead).count() == 0, "nothing about a client was looked at"


def test_contacts_are_ones_own_and_a_formula_is_text(world: World, signed_in: SignIn) -> None:
    mine = {"author_id": world.wren.practitioner_id}
    db.session.add_all(
        [
            Touch(practitioner_id=world.juniper, kind="met", happened_on=DAY, note="=1+1", **mine),
            Touch(
                practice="A clinic", kind="visit", happened_on=DAY, removed_at=clock.now(), **mine
            ),
            Call(practitioner_id=world.juniper, outcome="spoke", at=clock.now(), **mine),
        ]
    )
    db.session.commit()
    path = "/relationships/contacts.csv"
    rows = rows_of(signed_in("wren"), path)
    assert [(row["Day"], row["What"], row["Note"]) for row in rows] == [
        ("2026-03-02", "Met in person", "'=1+1"),
        ("2026-03-04", "Call, spoke", ""),
    ]
    assert rows_of(signed_in("ash"), path) == []
