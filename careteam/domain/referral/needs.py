"""What each action must come with, checked before it becomes an event."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from careteam.domain.referral.refusals import Refused
from careteam.domain.referral.values import (
    Action,
    Contact,
    DeclineReason,
    GoalReached,
    Matter,
    Outcome,
    Route,
    Told,
    needs_telephone,
)

Data = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Need:
    """One thing an action comes with: the form field, its kind, and whether it must be there.

    Kinds: 'text', 'choice', 'day' (ISO day), 'instant' (aware; ISO text or datetime),
    'tick' ('yes' or nothing), 'page' (an address of the web; https:// may be left out).
    `of_client`: not asked for in a letter about nobody.
    """

    name: str
    kind: str
    required: bool = True
    choices: type[StrEnum] | None = None
    missing: str = "Please fill this in."
    of_client: bool = False


_TEXT = Need("text", "text", missing="Please write a sentence.")
_REMARK = Need("text", "text", required=False)
_REASON = Need("reason", "choice", choices=DeclineReason, missing="Please choose a reason.")
_BOOKING = (
    Need("start_at", "instant", missing="When does the appointment start?"),
    Need("end_at", "instant", required=False),
    Need("place", "text", required=False),
)

NEEDS: Mapping[Action, tuple[Need, ...]] = {
    Action.SEND: (
        Need("route", "choice", choices=Route, missing="How is it handed over?"),
        Need("spoken_to", "text", required=False),
    ),
    Action.ASK: (_TEXT,),
    Action.ANSWER: (_TEXT,),
    Action.REPORT: (
        _TEXT,
        Need("next_step", "text", required=False),
        Need("caution", "text", required=False),
        Need("hold", "text", required=False),
        Need("care_ended", "tick", required=False),
    ),
    Action.ACCEPT: (
        Need(
            "contact", "choice", choices=Contact, missing="Who makes contact next?", of_client=True
        ),
        Need("booking_page", "page", required=False, of_client=True),
        _REMARK,
    ),
    Action.DECLINE: (_REASON, Need("suggests", "text", required=False), _REMARK),
    Action.UN_ACCEPT: (_REASON, Need("suggests", "text", required=False), _REMARK),
    Action.REDIRECT: (
        Need("to", "text", missing="Whom do they suggest?"),
        Need("to_id", "text", required=False),
        _REMARK,
    ),
    Action.HOLD: (Need("review_on", "day", missing="When is it looked at again?"), _REMARK),
    Action.BOOK: _BOOKING,
    Action.REBOOK: _BOOKING,
    Action.CLOSE: (
        Need("outcome", "choice", choices=Outcome, missing="How did it end?"),
        Need("goal_reached", "choice", required=False, choices=GoalReached),
        Need("client_told", "tick", required=False, of_client=True),
        _REMARK,
    ),
    Action.TELL_CLIENT: (Need("told", "choice", required=False, choices=Told), _REMARK),
    Action.REFER_NEXT: (Need("next_id", "text", missing="Which referral follows?"),),
    **dict.fromkeys(
        (
            Action.DISCARD,
            Action.ACKNOWLEDGE,
            Action.WITHDRAW,
            Action.EXPIRE,
            Action.START,
            Action.SEEN,
            Action.NOT_ATTENDED,
            Action.REOPEN,
            Action.DELIVER,
            Action.REMIND,
        ),
        (_REMARK,),
    ),
}

_ALWAYS = (Need("approximate", "tick", required=False),)


def checked(action: Action, data: Data, at: datetime, matter: Matter) -> dict[str, str]:
    """The data of an event as JSON text: trimmed, only known names, empty ones left out.

    Raises Refused with `field` naming the first thing that is missing or wrong.
    """
    clean: dict[str, str] = {}
    for need in (*NEEDS[action], *_ALWAYS):
        text = _READERS[need.kind](need, data.get(need.name))
        if text:
            clean[need.name] = text
        elif need.required and (matter.has_client or not need.of_client):
            raise Refused(need.missing, field=need.name)
    extra = _EXTRA_CHECKS.get(action)
    if extra is not None:
        extra(clean, at, matter)
    return clean


def instant(text: str) -> datetime:
    """The UTC instant of ISO text that carries a zone; raises ValueError otherwise."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return at.astimezone(UTC)


def _read_text(need: Need, value: object) -> str:
    return "" if value is None else str(value).strip()


def _read_choice(need: Need, value: object) -> str:
    text = _read_text(need, value)
    if text and need.choices is not None and text not in set(need.choices):
        raise Refused("Please choose one of the answers offered.", field=need.name)
    return text


def _read_day(need: Need, value: object) -> str:
    text = _read_text(need, value)
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise Refused("This is not a day.", field=need.name) from None


def _read_instant(need: Need, value: object) -> str:
    text = value.isoformat() if isinstance(value, datetime) else _read_text(need, value)
    try:
        return instant(text).isoformat() if text else ""
    except (ValueError, OverflowError):
        raise Refused("This is not a day and time.", field=need.name) from None


def _read_tick(need: Need, value: object) -> str:
    return "yes" if value is True or _read_text(need, value) == "yes" else ""


def _read_page(need: Need, value: object) -> str:
    """A client's browser opens it: an address of the web and nothing else."""
    text = _read_text(need, value)
    if not text:
        return ""
    address = text if ":" in text.partition("/")[0] else f"https://{text}"
    host = address.removeprefix("https://").partition("/")[0]
    if not address.startswith("https://") or "." not in host or " " in address:
        raise Refused("Give the address of a page, such as example.org/book.", field=need.name)
    return address


_READERS: Mapping[str, Callable[[Need, object], str]] = {
    "text": _read_text,
    "choice": _read_choice,
    "day": _read_day,
    "instant": _read_instant,
    "tick": _read_tick,
    "page": _read_page,
}


def _check_send(clean: Data, at: datetime, matter: Matter) -> None:
    if needs_telephone(matter.urgency) and not clean.get("spoken_to"):
        raise Refused("This is for the telephone: whom did you speak to?", field="spoken_to")


def _check_refusal(clean: Data, at: datetime, matter: Matter) -> None:
    if clean["reason"] == DeclineReason.OTHER and not clean.get("text"):
        raise Refused("Please say what the other reason is.", field="text")


def _check_hold(clean: Data, at: datetime, matter: Matter) -> None:
    if date.fromisoformat(str(clean["review_on"])) < at.date():
        raise Refused("The day to look again lies in the past.", field="review_on")


def _check_booking(clean: Data, at: datetime, matter: Matter) -> None:
    end_at = clean.get("end_at")
    if end_at and instant(str(end_at)) <= instant(str(clean["start_at"])):
        raise Refused("The appointment ends before it starts.", field="end_at")


def _check_close(clean: Data, at: datetime, matter: Matter) -> None:
    if matter.has_client and not clean.get("client_told"):
        raise Refused("It is closed once the client has been told.", field="client_told")


_EXTRA_CHECKS: Mapping[Action, Callable[[Data, datetime, Matter], None]] = {
    Action.SEND: _check_send,
    Action.DECLINE: _check_refusal,
    Action.UN_ACCEPT: _check_refusal,
    Action.HOLD: _check_hold,
    Action.BOOK: _check_booking,
    Action.REBOOK: _check_booking,
    Action.CLOSE: _check_close,
}
