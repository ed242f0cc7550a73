"""Referrals: one table of states and moves, and the fold of events over it."""

from careteam.domain.referral.board import Column, Step, column_of, next_step
from careteam.domain.referral.clock import (
    ResponseClock,
    next_working_day,
    response_clock,
    working_days,
)
from careteam.domain.referral.labels import action_label, state_label
from careteam.domain.referral.moves import apply, is_too_early
from careteam.domain.referral.needs import NEEDS, Need
from careteam.domain.referral.past import PastAnswer, PastReferral, past_events
from careteam.domain.referral.refusals import BrokenHistory, Refused
from careteam.domain.referral.standing import advance, fold
from careteam.domain.referral.table import TABLE, allowed_actions, is_open, may
from careteam.domain.referral.usual import working_hours_ago
from careteam.domain.referral.values import (
    Action,
    Appointment,
    Contact,
    DeclineReason,
    Event,
    GoalReached,
    Matter,
    Outcome,
    Party,
    Route,
    Standing,
    State,
    Told,
    WaitingOn,
    Way,
    needs_telephone,
)
from careteam.domain.referral.wire import FHIR, Wire, fhir_status

__all__ = [
    "FHIR",
    "NEEDS",
    "TABLE",
    "Action",
    "Appointment",
    "BrokenHistory",
    "Column",
    "Contact",
    "DeclineReason",
    "Event",
    "GoalReached",
    "Matter",
    "Need",
    "Outcome",
    "Party",
    "PastAnswer",
    "PastReferral",
    "Refused",
    "ResponseClock",
    "Route",
    "Standing",
    "State",
    "Step",
    "Told",
    "WaitingOn",
    "Way",
    "Wire",
    "action_label",
    "advance",
    "allowed_actions",
    "apply",
    "column_of",
    "fhir_status",
    "fold",
    "is_open",
    "is_too_early",
    "may",
    "needs_telephone",
    "next_step",
    "next_working_day",
    "past_events",
    "response_clock",
    "state_label",
    "working_days",
    "working_hours_ago",
]
