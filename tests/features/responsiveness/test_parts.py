"""Who is told how somebody answers, and one's own ledger with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from random import Random
from uuid import UUID

import pytest

from careteam.access.actor import Actor
from careteam.domain.network.ties import Band
from careteam.features.accounts.models import Account
from careteam.features.demo.cast import Temper
from careteam.features.directory.queries import get_practitioner
from careteam.features.responsiveness.figures import forget_learnt
from careteam.features.responsiveness.parts import Direction, Part, part_of
from careteam.kit.db import db
from tests.personas import World, a_practitioner
from tests.support.answering import played, store
from tests.support.referring import refer


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    forget_learnt()
    yield
    forget_learnt()


def part(actor: Actor, id_: UUID | None) -> Part:
    assert id_ is not None
    return part_of(actor, get_practitioner(actor, id_))


def answered(sender: UUID | None, receiver: UUID | None, times: int = 6) -> None:
    rng = Random(2)
    for number in range(times):
        store(sender, receiver, played(rng, Temper.PROMPT, days_ago=20 + number))


def keep_private(id_: UUID | None) -> None:
    account = db.session.query(Account).filter_by(practitioner_id=id_).one()
    account.keeps_ties_private = True
    db.session.commit()


def test_unclaimed_entry_is_shown_to_those_who_sent_to_it(world: World) -> None:
    answered(world.wren.practitioner_id, world.juniper)

    sender, other, steward = (
        part(each, world.juniper) for each in (world.wren, world.rowan, world.sorrel)
    )

    assert sender.figures is not None
    assert sender.figures.answers is not None
    assert (other.is_withheld, steward.is_withheld) == (True, True)
    assert (other.others, steward.others) == (None, None)


def test_withdrawn_referral_was_sent_as_well(world: World) -> None:
    refer(world.rowan.practitioner_id, world.juniper, status="withdrawn")
    refer(world.ash.practitioner_id, world.juniper, status="draft")
    assert not part(world.rowan, world.juniper).is_withheld
    assert part(world.ash, world.juniper).is_withheld


def test_claimed_entry_is_shown_to_every_member(world: World) -> None:
    answered(world.wren.practitioner_id, world.ash.practitioner_id)
    for actor in (world.rowan, world.sorrel, world.ash):
        figures = part(actor, world.ash.practitioner_id).figures
        assert figures is not None
        assert figures.n == 6


def test_private_account_is_shown_to_senders_and_to_itself(world: World) -> None:
    answered(world.wren.practitioner_id, world.ash.practitioner_id)
    keep_private(world.ash.practitioner_id)

    shown = {
        name: not part(getattr(world, name), world.ash.practitioner_id).is_withheld
        for name in ("wren", "ash", "rowan", "sorrel")
    }

    assert shown == {"wren": True, "ash": True, "rowan": False, "sorrel": False}
    assert not part(world.ash, world.ash.practitioner_id).is_shared


def test_nothing_is_said_below_five(world: World) -> None:
    answered(world.wren.practitioner_id, world.ash.practitioner_id, 4)
    figures = part(world.rowan, world.ash.practitioner_id).figures
    assert figures is not None
    assert figures.is_empty


@pytest.mark.parametrize(("times", "band"), [(4, None), (5, Band.FEW), (10, Band.SOME)])
def test_others_are_said_in_bands(world: World, times: int, band: Band | None) -> None:
    refer(world.wren.practitioner_id, world.ash.practitioner_id, times)
    refer(world.rowan.practitioner_id, world.ash.practitioner_id, 7)
    assert part(world.rowan, world.ash.practitioner_id).others == band


def test_others_who_keep_ties_private_are_not_in_the_band(world: World) -> None:
    refer(world.wren.practitioner_id, world.ash.practitioner_id, 6)
    keep_private(world.wren.practitioner_id)
    assert part(world.rowan, world.ash.practitioner_id).others is None


def test_ledger_counts_each_direction(world: World) -> None:
    wren, ash = world.wren.practitioner_id, world.ash.practitioner_id
    march = datetime(2026, 3, 2, 12, tzinfo=UTC)
    for status in ("sent", "acknowledged", "accepted", "closed", "declined", "withdrawn"):
        refer(wren, ash, status=status)
    refer(wren, ash, status="draft", at=march)
    refer(ash, wren, 2, status="closed", at=march)
    refer(ash, wren, status="closed", happened_on=date(2026, 1, 1))
    refer(wren, world.rowan.practitioner_id, 3)

    ledger = part(world.wren, ash).ledger

    assert ledger.sent == Direction(
        count=5, withdrawn=1, accepted=2, closed=1, waiting=2, last_on=date(2026, 1, 10)
    )
    assert ledger.received == Direction(count=3, accepted=3, closed=3, last_on=date(2026, 3, 2))


def test_own_page_has_the_ledger_with_everybody(world: World) -> None:
    wren = world.wren.practitioner_id
    refer(wren, world.ash.practitioner_id, 2)
    refer(wren, world.juniper, 3, status="closed")
    refer(world.rowan.practitioner_id, wren, 4)

    own = part(world.wren, wren)

    assert (own.ledger.sent.count, own.ledger.received.count) == (5, 4)
    assert own.is_own
    assert own.others is None


def test_ledger_of_others_is_nobodys_to_read(world: World) -> None:
    refer(world.wren.practitioner_id, world.ash.practitioner_id, 6)
    assert part(world.rowan, world.ash.practitioner_id).ledger.is_empty
    assert part(world.sorrel, world.ash.practitioner_id).ledger.is_empty


def test_retired_or_new_entry_without_a_discipline_is_no_error(world: World) -> None:
    stranger = a_practitioner("Stranger Example", claimed=True)
    stranger.disciplines = []
    db.session.commit()
    figures = part(world.wren, stranger.id).figures
    assert figures is not None
    assert figures.is_empty
