"""Questions about referrals and names given."""

from careteam.features.referrals.queries.appointments import (
    Booked,
    list_appointments,
    list_appointments_of_client,
)
from careteam.features.referrals.queries.board import (
    asked_now,
    count_board,
    list_board,
)
from careteam.features.referrals.queries.letters import (
    LetterClient,
    all_with_events,
    events_of,
    find_letter_client,
    find_referral,
    get_led_seat,
    get_own_draft,
    get_referral,
    other_sent_for,
    seat_discipline,
    seat_of,
)
from careteam.features.referrals.queries.lines import ReferralLine
from careteam.features.referrals.queries.linked import (
    LinkedRow,
    ToAnswer,
    find_linked,
    get_to_answer,
)
from careteam.features.referrals.queries.lists import (
    count_needing,
    list_between,
    list_next,
    list_of_client,
    list_referrals,
    list_waiting,
)
from careteam.features.referrals.queries.names import (
    NameAsked,
    find_given,
    find_names,
    get_names,
    list_names_to_ask,
    names_told_of,
)
from careteam.features.referrals.queries.order import Dues
from careteam.features.referrals.queries.questions import (
    QuestionLine,
    count_open_questions,
    find_question,
    get_question,
    list_questions,
    list_waiting_questions,
)
from careteam.features.referrals.queries.stages import Stage, chase_hours

__all__ = [
    "Booked",
    "Dues",
    "LetterClient",
    "LinkedRow",
    "NameAsked",
    "QuestionLine",
    "ReferralLine",
    "Stage",
    "ToAnswer",
    "all_with_events",
    "asked_now",
    "chase_hours",
    "count_board",
    "count_needing",
    "count_open_questions",
    "events_of",
    "find_given",
    "find_letter_client",
    "find_linked",
    "find_names",
    "find_question",
    "find_referral",
    "get_led_seat",
    "get_names",
    "get_own_draft",
    "get_question",
    "get_referral",
    "get_to_answer",
    "list_appointments",
    "list_appointments_of_client",
    "list_between",
    "list_board",
    "list_names_to_ask",
    "list_next",
    "list_of_client",
    "list_questions",
    "list_referrals",
    "list_waiting",
    "list_waiting_questions",
    "names_told_of",
    "other_sent_for",
    "seat_discipline",
    "seat_of",
]
