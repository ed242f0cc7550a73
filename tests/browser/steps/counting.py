"""The referrals of the worked example, counted from its database file one by one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2

from tests.browser.steps.sampling import MAIN_EMAIL

REFERRALS = """
  SELECT sender_id, receiver_id, date(coalesce(happened_on, sent_at, created_at)),
         is_past, accepted_at IS NOT NULL
  FROM referrals WHERE status NOT IN ('draft', 'discarded', 'withdrawn')
"""
ASKED_FOR = """
  SELECT DISTINCT seats.discipline FROM seats
  JOIN goals ON goals.id = seats.goal_id JOIN clients ON clients.id = goals.client_id
  WHERE clients.lead_id = ? AND goals.status IN ('active', 'paused')
    AND seats.state IN ('open', 'referred', 'filled')
"""
FROM_MEMORY = "SELECT DISTINCT practitioner_id FROM remembered_ties"
LEAST_OF_OTHERS = 5


@dataclass(frozen=True)
class Sent:
    sender: str
    receiver: str
    on: date
    is_past: bool
    is_accepted: bool

    @property
    def half_year(self) -> str:
        return f"{self.on.year}-{1 if self.on.month < 7 else 2}"

    def other_than(self, one: str) -> str:
        return self.receiver if self.sender == one else self.sender


class Counted:
    """Everything by name, as the pages say it. `mine` are the referrals of the main account."""

    def __init__(self, folder: Path) -> None:
        with closing(dbapi2.connect(next(folder.glob("*.sqlite3")))) as rows:
            named = dict(rows.execute("SELECT id, name FROM practitioners"))
            (own_id,) = one_of(
                rows.execute("SELECT practitioner_id FROM accounts WHERE email = ?", [MAIN_EMAIL])
            )
            self.me = named[own_id]
            self.all = [
                Sent(named[sender], named[receiver], date.fromisoformat(on), bool(past), bool(yes))
                for sender, receiver, on, past, yes in rows.execute(REFERRALS)
            ]
            self.practises: dict[str, list[str]] = defaultdict(list)
            for who, what in rows.execute(
                "SELECT practitioner_id, discipline FROM practitioner_disciplines ORDER BY position"
            ):
                self.practises[named[who]].append(what)
            self.asked_for = {each for (each,) in rows.execute(ASKED_FOR, [own_id])}
            self.from_memory = {named[each] for (each,) in rows.execute(FROM_MEMORY)}
        self.mains = {name: each[0] for name, each in self.practises.items()}
        self.mine = [each for each in self.all if self.me in (each.sender, each.receiver)]
        self.sent = Counter(each.receiver for each in self.mine if each.sender == self.me)
        self.received = Counter(each.sender for each in self.mine if each.receiver == self.me)

    def who_practises(self, discipline: str) -> set[str]:
        """But for the main account."""
        found = {name for name, each in self.practises.items() if discipline in each}
        return found - {self.me}

    def seen(self) -> dict[frozenset[str], int]:
        """Ties that the main account may see, with how many are counted for each: her own as they
        were accepted, of others the lowest number of the band."""
        tally = Counter((each.sender, each.receiver) for each in self.all)
        yes = Counter((each.sender, each.receiver) for each in self.all if each.is_accepted)
        found: Counter[frozenset[str]] = Counter()
        for ends, number in tally.items():
            if self.me in ends:
                found[frozenset(ends)] += yes[ends]
            elif number >= LEAST_OF_OTHERS:
                found[frozenset(ends)] += 5 if number < 10 else 10 if number < 20 else 20
        return dict(found)


def one_of(rows: Iterable[Any]) -> Any:
    (row,) = rows
    return row
