"""What a client writes on their own page and cannot wait: found in the words, told to the lead.

Nothing is judged here: words that may mean a warning sign show what to do about it, to the client
at once and on Today to whoever keeps the record or stands in.
"""

from __future__ import annotations

from uuid import UUID, uuid5

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.now import FlagMatch, RedFlag, find_flags
from careteam.features.clients.models import Goal
from careteam.features.pathways.content import load_content, pathway_of
from careteam.features.teams.covering.queries import acting_leads
from careteam.features.today.models import UrgentMatter
from careteam.kit import clock
from careteam.kit.db import db

TOLD = "Written on their own page, which showed at once what to do and whom to ring."


def sign_in(said: str | None, goal: Goal | None) -> FlagMatch | None:
    """The most urgent sign for the telephone that these words may mean, None where there is none.

    Sure matches alone: of signs that merely share a word nobody is frightened.
    """
    if not said:
        return None
    found = find_flags(said, _signs(goal)).matches
    return next((match for match in found if match.flag.urgency.is_telephone_matter), None)


def _signs(goal: Goal | None) -> list[RedFlag]:
    content = load_content()
    pathway = pathway_of(goal) if goal else None
    own = pathway.red_flags if pathway else ()
    general = (*content.catalogue.general_red_flags, *content.catalogue.shared_red_flags)
    return [*own, *general]


@operation(Permission.WRITE_NOTE, on="goal", action="urgent.told")
def tell_lead(*, actor: Actor, goal: Goal, matter_id: UUID, sign: RedFlag) -> Goal:
    """Put it on the lead's Today, to be asked about today; the same words sent twice stand once.

    Whoever stands in is told as well, each in a line of their own.
    """
    if db.session.get(UrgentMatter, matter_id) is not None:
        return goal
    for number, who in enumerate(acting_leads(goal.client_id)):
        db.session.add(
            UrgentMatter(
                id=uuid5(matter_id, str(who)) if number else matter_id,
                author_id=who,
                client_id=goal.client_id,
                flag=sign.id,
                urgency=sign.urgency.value,
                who="",
                done=TOLD,
                spoken_to=None,
                ask_on=clock.today(),
            )
        )
    return goal
