"""Events are numbered, folded and followed by the seat; the second of two is told who was first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from careteam.domain.referral import Action, Party, Way
from careteam.features.referrals import moves
from careteam.features.referrals.models import Referral, ReferralEvent
from careteam.features.referrals.operations import (
    act,
    change_draft,
    recompute_fold,
    send_referral,
    write_referral,
)
from careteam.features.referrals.queries import events_of
from careteam.features.teams.models import Seat
from careteam.features.teams.operations import fill_seat, reopen_seat
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict, Invalid, NotFound
from tests.personas import World
from tests.support.letters import a_draft, a_letter, about, an_open_seat, sent

ACCEPT = {"contact": "receiver"}


def state_of(seat: Seat) -> tuple[str, object]:
    db.session.refresh(seat)
    return seat.state, seat.practitioner_id


def test_sending_numbers_the_first_event_and_stores_the_fold(world: World) -> None:
    row = sent(world, world.rowan.practitioner_id)
    events = events_of(row.id)
    assert [(event.number, event.action, event.party) for event in events] == [
        (1, "send", "sender")
    ]
    assert (row.status, row.waiting_on, row.sent_by) == ("sent", "receiver", "inbox")
    assert row.sent_at == row.delivered_at == clock.now()


def test_accepted_referral_fills_its_seat(world: World) -> None:
    seat = an_open_seat(world, consent_for=world.rowan.practitioner_id)
    row = sent(world, world.rowan.practitioner_id, **about(world, seat))
    assert state_of(seat) == ("referred", world.rowan.practitioner_id)
    act(actor=world.rowan, referral=row, action=Action.ACCEPT, data=ACCEPT)
    db.session.commit()
    assert state_of(seat) == ("filled", world.rowan.practitioner_id)
    assert seat.filled_on == clock.today()


@pytest.mark.parametrize(
    ("action", "data"),
    [(Action.DECLINE, {"reason": "no_capacity"}), (Action.REDIRECT, {"to": "Sage Example"})],
)
def test_refused_referral_opens_its_seat_again(
    world: World, action: Action, data: dict[str, object]
) -> None:
    seat = an_open_seat(world, consent_for=world.rowan.practitioner_id)
    row = sent(world, world.rowan.practitioner_id, **about(world, seat))
    act(actor=world.rowan, referral=row, action=action, data=data)
    db.session.commit()
    assert state_of(seat) == ("open", None)


def test_withdrawn_referral_opens_its_seat_again(world: World) -> None:
    seat = an_open_seat(world, consent_for=world.rowan.practitioner_id)
    row = sent(world, world.rowan.practitioner_id, **about(world, seat))
    act(actor=world.wren, referral=row, action=Action.WITHDRAW)
    db.session.commit()
    assert state_of(seat) == ("open", None)


def test_referral_without_a_seat_leaves_the_team_alone(world: World) -> None:
    seat = an_open_seat(world)
    row = sent(world, world.rowan.practitioner_id)
    act(actor=world.rowan, referral=row, action=Action.ACCEPT, data=ACCEPT)
    db.session.commit()
    assert state_of(seat) == ("open", None)


def test_seat_not_wanted_meanwhile_stays_so(world: World) -> None:
    seat = an_open_seat(world, consent_for=world.rowan.practitioner_id)
    row = sent(world, world.rowan.practitioner_id, **about(world, seat))
    seat.state, seat.practitioner_id = "not_wanted", None
    db.session.commit()
    act(actor=world.rowan, referral=row, action=Action.ACCEPT, data=ACCEPT)
    db.session.commit()
    assert state_of(seat) == ("not_wanted", None)


def test_one_person_at_a_time_is_asked_for_a_seat(world: World) -> None:
    seat = an_open_seat(world, consent_for=world.rowan.practitioner_id)
    sent(world, world.rowan.practitioner_id, **about(world, seat))
    second = a_draft(world, world.ash.practitioner_id, **about(world, seat))
    with pytest.raises(Conflict, match="Rowan Member has been asked for this place already"):
        send_referral(actor=world.wren, referral=second, route="phone")


def test_second_decision_names_who_was_first_and_when(world: World) -> None:
    row = sent(world, world.rowan.practitioner_id)
    with clock.stopped(datetime(2026, 3, 4, 10, 42, tzinfo=UTC)):
        act(actor=world.rowan, referral=row, action=Action.ACCEPT, data=ACCEPT)
        db.session.commit()
    with (
        clock.stopped(datetime(2026, 3, 4, 10, 44, tzinfo=UTC)),
        pytest.raises(Conflict, match=r"Rowan Member already accepted this on 4 Mar at 10:42\."),
    ):
        act(
            actor=world.wren,
            referral=row,
            action=Action.DECLINE,
            data={"reason": "no_capacity"},
            way=Way.PHONE,
            by_hand=True,
        )
    assert [event.action for event in events_of(row.id)] == ["send", "accept"]


def test_number_taken_meanwhile_loses_and_says_who_won(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read is old by one event, as when two people act in the same instant."""
    row = sent(world, world.rowan.practitioner_id)
    row_id = row.id
    act(actor=world.rowan, referral=row, action=Action.ACCEPT, data=ACCEPT)
    db.session.commit()
    stale = [True]

    def late(referral_id: UUID) -> Sequence[ReferralEvent]:
        return events_of(referral_id)[:1] if stale and stale.pop() else events_of(referral_id)

    monkeypatch.setattr(moves, "events_of", late)
    with pytest.raises(Conflict, match="Rowan Member already accepted this on 4 Mar at 09:30"):
        act(
            actor=world.rowan,
            referral=db.session.get_one(Referral, row_id),
            action=Action.DECLINE,
            data={"reason": "no_capacity"},
        )
    db.session.rollback()
    assert db.session.get_one(Referral, row_id).status == "accepted"


def test_answer_by_telephone_counts_as_the_receivers_and_is_marked(world: World) -> None:
    row = sent(world, world.juniper, route="phone")
    with clock.stopped(clock.now() + timedelta(hours=2)):
        act(
            actor=world.wren,
            referral=row,
            action=Action.ACCEPT,
            data=ACCEPT,
            way=Way.PHONE,
            by_hand=True,
            at=clock.now() - timedelta(hours=1),
        )
        db.session.commit()
    last = events_of(row.id)[-1]
    assert (last.party, last.by_name, last.entered_by, last.way) == (
        Party.RECEIVER,
        "Juniper Outside",
        "Wren Lead",
        "phone",
    )
    assert row.first_response_at == clock.now() + timedelta(hours=1)


def test_sending_needs_the_clients_consent_at_that_moment(world: World) -> None:
    seat = an_open_seat(world)
    row = a_draft(world, world.rowan.practitioner_id, **about(world, seat))
    with pytest.raises(Invalid) as refused:
        send_referral(actor=world.wren, referral=row, route="inbox")
    assert refused.value.field == "how_given"
    assert row.status == "draft"


def test_same_day_matter_asks_whom_somebody_spoke_to(world: World) -> None:
    row = a_draft(world, world.rowan.practitioner_id, urgency="same_day")
    with pytest.raises(Invalid) as refused:
        send_referral(actor=world.wren, referral=row, route="inbox")
    assert refused.value.field == "spoken_to"
    send_referral(actor=world.wren, referral=row, route="inbox", spoken_to="Rowan, 9:20")
    assert row.status == "sent"


def test_inbox_is_refused_where_there_is_no_account(world: World) -> None:
    row = a_draft(world, world.juniper)
    with pytest.raises(Invalid) as refused:
        send_referral(actor=world.wren, referral=row, route="inbox")
    assert refused.value.field == "route"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"urgency": "soonish"}, "urgency"),
        ({"receiver_id": uuid4()}, "to"),
    ],
)
def test_letter_that_cannot_be_kept_is_refused_beside_the_field(
    world: World, more: dict[str, object], field: str
) -> None:
    letter = a_letter(world, world.rowan.practitioner_id, **more)
    with pytest.raises(Invalid) as refused:
        write_referral(actor=world.wren, letter=letter, referral_id=uuid4())
    assert refused.value.field == field


def test_nobody_writes_in_anothers_name_or_about_anothers_client(world: World) -> None:
    seat = an_open_seat(world)
    with pytest.raises(NotFound):
        write_referral(
            actor=world.rowan,
            letter=a_letter(world, world.ash.practitioner_id),
            referral_id=uuid4(),
        )
    theirs = a_letter(world, world.ash.practitioner_id, **about(world, seat))
    with pytest.raises(NotFound):
        write_referral(
            actor=world.rowan,
            letter=a_letter(
                world,
                world.ash.practitioner_id,
                sender_id=world.rowan.practitioner_id,
                client_id=theirs.client_id,
                goal_id=theirs.goal_id,
            ),
            referral_id=uuid4(),
        )


def test_words_stand_once_sent(world: World) -> None:
    row = sent(world, world.rowan.practitioner_id)
    with pytest.raises(Conflict):
        change_draft(
            actor=world.wren, referral=row, urgency="soon", reason="Other", question="Other?"
        )


def test_fold_is_the_same_from_the_events_alone(world: World) -> None:
    row = sent(world, world.rowan.practitioner_id)
    act(actor=world.rowan, referral=row, action=Action.HOLD, data={"review_on": "2026-04-01"})
    db.session.commit()
    stored = {name: getattr(row, name) for name in recompute_fold(row)}
    assert stored == recompute_fold(row)
    assert (row.status, str(row.review_on)) == ("on_hold", "2026-04-01")


def test_next_person_asked_is_said_at_the_one_that_was_declined(world: World) -> None:
    first = sent(world, world.rowan.practitioner_id)
    act(actor=world.rowan, referral=first, action=Action.DECLINE, data={"reason": "no_capacity"})
    db.session.commit()
    assert first.waiting_on == "sender"
    second = sent(world, world.ash.practitioner_id, previous_id=first.id)
    assert events_of(first.id)[-1].data == {"next_id": str(second.id)}
    assert (first.status, first.waiting_on) == ("declined", "nobody")


def test_place_opened_again_stays_open_whatever_goes_on(world: World) -> None:
    seat = an_open_seat(world, consent_for=world.rowan.practitioner_id)
    row = sent(world, world.rowan.practitioner_id, **about(world, seat))
    act(actor=world.rowan, referral=row, action=Action.ACCEPT, data=ACCEPT)
    reopen_seat(actor=world.wren, seat=seat)
    act(actor=world.rowan, referral=row, action=Action.START)
    db.session.commit()
    assert state_of(seat) == ("open", None)


def test_report_is_taken_from_one_whose_place_another_fills_by_now(world: World) -> None:
    ash = world.ash.practitioner_id
    assert ash is not None
    seat = an_open_seat(world, consent_for=world.rowan.practitioner_id)
    row = sent(world, world.rowan.practitioner_id, **about(world, seat))
    act(actor=world.rowan, referral=row, action=Action.ACCEPT, data=ACCEPT)
    act(actor=world.rowan, referral=row, action=Action.START)
    reopen_seat(actor=world.wren, seat=seat)
    fill_seat(actor=world.wren, seat=seat, practitioner_id=ash)
    act(actor=world.rowan, referral=row, action=Action.REPORT, data={"text": "Seen twice."})
    db.session.commit()
    assert row.status == "reported"
    assert state_of(seat) == ("filled", ash)
