"""The client's own pages, behind `/p/<token>`, and where the lead hands them out."""

from careteam.web.own import (
    agreeing,
    calendar,
    checking_in,
    handing_out,
    helping,
    home,
    leaving,
    notes,
    opening,
    papers,
    partner,
    pins,
    places,
    plan,
    record,
    screening,
    sharing,
)
from careteam.web.own.room import room

__all__ = [
    "agreeing",
    "calendar",
    "checking_in",
    "handing_out",
    "helping",
    "home",
    "leaving",
    "notes",
    "opening",
    "papers",
    "partner",
    "pins",
    "places",
    "plan",
    "record",
    "room",
    "screening",
    "sharing",
]
