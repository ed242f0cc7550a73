"""Questions about who refers to whom. Counts only: nothing about a client leaves these queries."""

from careteam.features.network.queries.people import (
    count_disciplines,
    count_people,
    count_places,
    gone_ids,
    list_everybody,
    list_people,
)
from careteam.features.network.queries.ties import (
    first_own_day,
    list_all_ties,
    list_own_ties,
    list_ties_of,
    list_ties_of_everybody,
    list_ties_of_others,
    list_worked_together,
    private_ids,
)

__all__ = [
    "count_disciplines",
    "count_people",
    "count_places",
    "first_own_day",
    "gone_ids",
    "list_all_ties",
    "list_everybody",
    "list_own_ties",
    "list_people",
    "list_ties_of",
    "list_ties_of_everybody",
    "list_ties_of_others",
    "list_worked_together",
    "private_ids",
]
