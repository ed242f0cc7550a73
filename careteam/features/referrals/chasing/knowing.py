"""What the steps of a batch need to know, read for all of them at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from careteam.domain.referral import Route
from careteam.domain.referral.policy import Step
from careteam.features.consents.queries import opened_to
from careteam.features.directory.queries import Contact, inboxes_of, party_contacts
from careteam.features.links.models import Link
from careteam.features.referrals.chasing.planning import Grounds, Planned
from careteam.features.referrals.chasing.queries import list_held, list_seats
from careteam.features.referrals.handing_out import Ends, links_leave, links_of
from careteam.features.referrals.models import Referral
from careteam.features.teams.models import Seat
from careteam.kit import clock

Due = tuple[Planned, Step]


@dataclass(frozen=True, slots=True)
class Known:
    """Rows by their keys. `inboxes` are the addresses of those who sign in here; `consents` are
    (client, practitioner, goal) in force today; `seats` are kept at hand for what moves them.
    """

    grounds: Grounds
    referrals: Mapping[UUID, Referral]
    people: Mapping[UUID, Contact]
    inboxes: Mapping[UUID, str]
    consents: Collection[tuple[UUID, UUID, UUID]]
    links: Mapping[UUID, Link]
    seats: Sequence[Seat]

    def may_be_asked(self, referral: Referral) -> bool:
        """Whether the client still agrees that the receiver is asked."""
        client_id, goal_id = referral.client_id, referral.goal_id
        if client_id is None:
            return True
        return goal_id is not None and (client_id, referral.receiver_id, goal_id) in self.consents

    def ends(self, referral: Referral) -> Ends:
        people = self.people
        return Ends(
            people[referral.sender_id], people[referral.receiver_id], self.links[referral.id]
        )


def known_of(due: Sequence[Due], grounds: Grounds) -> Known:
    """Seven statements, whatever the number, and none for what no step of them needs."""
    steps = {found.case.referral_id: step for found, step in due}
    referrals = {row.id: row for row in list_held(list(steps))}
    reminded = [row for row in referrals.values() if steps[row.id] is Step.REMIND]
    spoken_of = [row for row in referrals.values() if steps[row.id] is not Step.EXPIRE]
    people_ids = {id_ for row in spoken_of for id_ in (row.sender_id, row.receiver_id)}
    clients = {row.client_id for row in reminded if row.client_id is not None}
    seats = {
        row.seat_id
        for row in referrals.values()
        if steps[row.id] is Step.EXPIRE and row.seat_id is not None
    }
    people = party_contacts(people_ids)
    return Known(
        grounds=grounds,
        referrals=referrals,
        people=people,
        inboxes=inboxes_of(people_ids) if people_ids else {},
        consents=opened_to(clients, clock.today()) if clients else (),
        links=_links(reminded, people),
        seats=list_seats(seats) if seats else (),
    )


def _links(reminded: Collection[Referral], people: Mapping[UUID, Contact]) -> dict[UUID, Link]:
    """Of those that are reminded by a link."""
    if not links_leave():
        return {}
    by_link = [
        row for row in reminded if row.sent_by != Route.INBOX and people[row.receiver_id].email
    ]
    return links_of(by_link) if by_link else {}
