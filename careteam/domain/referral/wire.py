"""The FHIR R4 codes of a referral: ServiceRequest, Task and the business status between them.

Business status codes are those of the BSeR vocabulary, where it has one for the state.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from careteam.domain.referral.labels import DECLINE_REASONS, OUTCOMES
from careteam.domain.referral.values import (
    NOTHING_DONE,
    DeclineReason,
    Standing,
    State,
)


@dataclass(frozen=True, slots=True)
class Wire:
    """Status codes of one state; `reason` is Task.statusReason.text, '' where none is due.

    `needs_output`: the Task must carry at least one output (report, appointment, observation).
    """

    service_request: str
    task: str
    business_code: str = ""
    business_text: str = ""
    needs_output: bool = False
    reason: str = ""


FHIR: Mapping[State, Wire] = {
    State.DRAFT: Wire("draft", "draft"),
    State.DISCARDED: Wire("revoked", "cancelled", "6.0", "Fulfillment Cancelled"),
    State.SENT: Wire("active", "requested", "2.0", "Service Request Created"),
    State.ACKNOWLEDGED: Wire("active", "received"),
    State.NEEDS_INFORMATION: Wire("active", "received"),
    State.ON_HOLD: Wire("active", "on-hold"),
    State.ACCEPTED: Wire("active", "accepted", "3.0", "Accepted"),
    State.BOOKED: Wire("active", "accepted", "5.1.1", "Event Scheduled"),
    State.DID_NOT_ATTEND: Wire("active", "accepted", "5.1.2", "Unattended"),
    State.IN_TREATMENT: Wire("active", "in-progress", "5.1.4", "Event Completed"),
    State.REPORTED: Wire("active", "completed", needs_output=True),
    State.CLOSED: Wire("completed", "completed", "7.0", "Fulfillment Completed", True),
    State.DECLINED: Wire("active", "rejected", "4.0", "Declined"),
    State.REDIRECTED: Wire("active", "rejected", "4.0", "Declined"),
    State.WITHDRAWN: Wire("revoked", "cancelled", "6.0", "Fulfillment Cancelled"),
    State.EXPIRED: Wire("active", "requested", "2.0", "Service Request Created"),
}

FAILED = Wire("completed", "failed")
"""Closed although nothing was done."""


def fhir_status(standing: Standing) -> Wire:
    """The codes of a standing, with the reason where FHIR wants one."""
    wire = FHIR[standing.state]
    if standing.state is State.CLOSED and standing.outcome in NOTHING_DONE:
        wire = FAILED
    return replace(wire, reason=_reason(standing, wire))


def _reason(standing: Standing, wire: Wire) -> str:
    if wire.task == "failed" and standing.outcome is not None:
        return OUTCOMES[standing.outcome]
    if standing.state is State.ON_HOLD:
        return "On the waiting list"
    if standing.state is State.REDIRECTED:
        return f"Suggested instead: {standing.redirected_to}"
    if standing.state is State.DECLINED and standing.decline_reason is not None:
        is_other = standing.decline_reason is DeclineReason.OTHER
        return standing.decline_text if is_other else DECLINE_REASONS[standing.decline_reason]
    if standing.state in {State.WITHDRAWN, State.DISCARDED}:
        text = standing.last.data.get("text", "") if standing.last else ""
        return text or "Withdrawn by the sender"
    return ""
