"""One referral: its letter, what happened, and what may be done now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.access.permissions import Permission
from careteam.domain.referral import (
    NEEDS,
    Action,
    Party,
    Route,
    Standing,
    State,
    Way,
    action_label,
    allowed_actions,
    is_too_early,
    may,
    state_label,
)
from careteam.domain.referral.labels import ACTIONS, TOLD, URGENCIES, WAITING_ON
from careteam.features.letters.attaching import files_shown
from careteam.features.links.queries import list_links
from careteam.features.plans.queries import parts_made_from
from careteam.features.referrals.contact_next import contact_next
from careteam.features.referrals.exchanges import exchanges
from careteam.features.referrals.handing_out import links_leave
from careteam.features.referrals.history import standing_of
from careteam.features.referrals.letter import ShownLetter, shown_letter
from careteam.features.referrals.models import Referral
from careteam.features.referrals.operations import act
from careteam.features.referrals.queries import (
    ReferralLine,
    events_of,
    get_referral,
    list_next,
)
from careteam.features.referrals.queries.still_seeing import NO, StillSees, list_still_seeing
from careteam.features.referrals.reported import reports_to_read
from careteam.features.referrals.suggested import suggested
from careteam.features.referrals.thread import thread
from careteam.kit import clock
from careteam.kit.errors import CareteamError, Conflict, NotFound
from careteam.web.frame.forms import Form, attempt, on_our_clock, page
from careteam.web.frame.panels import REFERRAL, panels_for
from careteam.web.frame.sending import done
from careteam.web.referrals.forms import action_form, sent_data
from careteam.web.referrals.room import room

ELSEWHERE = frozenset({Action.SEND, Action.REFER_NEXT})
"""Actions that have a page of their own."""
FIRST = (
    Action.ACCEPT,
    Action.ANSWER,
    Action.BOOK,
    Action.SEEN,
    Action.REBOOK,
    Action.REPORT,
    Action.CLOSE,
)
"""The usual next steps: the form of the first that is allowed stands open."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One action with its form. `has_fields` is False where one press is enough."""

    action: Action
    label: str
    form: Form
    by_hand: bool
    is_first: bool
    is_wrong: bool

    @property
    def fields(self) -> list[Any]:
        return [field for field in self.form if field.name != "csrf_token"]


@room.get("/referrals/<uuid:referral_id>", access=Permission.READ_REFERRAL)
def referral_show(referral_id: UUID) -> ResponseReturnValue:
    referral = get_referral(g.actor, referral_id)
    if referral.status == State.DRAFT:
        return redirect(url_for("referrals.draft_edit", referral_id=referral_id), 303)
    return referral_page(referral)


@room.post("/referrals/<uuid:referral_id>/<action>", access=Permission.ACT_ON_REFERRAL)
def referral_act(referral_id: UUID, action: str) -> ResponseReturnValue:
    referral = get_referral(g.actor, referral_id)
    move = _known(action)
    by_hand = request.form.get("by_hand") == "yes"
    form = action_form(move, by_hand=by_hand, has_client=referral.client_id is not None)
    try:
        moved = attempt(form, lambda: _act(referral, move, form, by_hand))
    except Conflict as error:
        return referral_page(get_referral(g.actor, referral_id), refusal=error)
    if moved is None:
        return referral_page(get_referral(g.actor, referral_id), wrong=(move, by_hand, form))
    return done("referrals.referral_show", _said(move, by_hand), referral_id=referral_id)


def _known(action: str) -> Action:
    if action not in set(Action) or Action(action) in ELSEWHERE:
        raise NotFound
    return Action(action)


def _act(referral: Referral, move: Action, form: Form, by_hand: bool) -> Referral:
    at = form["at"].data if by_hand else None
    return act(
        actor=g.actor,
        referral=referral,
        action=move,
        data=sent_data(form, [need.name for need in NEEDS[move]]),
        way=Way(form["way"].data) if by_hand else Way.ACCOUNT,
        by_hand=by_hand,
        at=on_our_clock(at) if at else None,
    )


def _said(action: Action, by_hand: bool) -> str:
    if not by_hand:
        return f"You {ACTIONS[action].past}."
    words = action_label(action, by_hand=True).removeprefix("They say: ")
    return f"Noted: {words[:1].lower()}{words[1:]}."


def referral_page(
    referral: Referral,
    *,
    wrong: tuple[Action, bool, Form] | None = None,
    refusal: CareteamError | None = None,
) -> ResponseReturnValue:
    """The referral with the actions the table allows this side now; a refused form stands open."""
    rows = events_of(referral.id)
    standing = standing_of(rows)
    letter = shown_letter(g.actor, referral, standing)
    asked = _asked(standing, letter)
    rounds = exchanges(rows, letter.side, may_read=letter.may_read)
    told = _open_to(Party.SENDER, standing, by_hand=True) if letter.is_mine else ()
    reports = reports_to_read(g.actor, rows) if letter.is_mine else []
    return page(
        "referrals/referral_show.html",
        wrong[2] if wrong else None,
        refusal.status if refusal else 200,
        referral=referral,
        letter=letter,
        standing=standing,
        refusal=refusal,
        state_words=state_label(standing.state, letter.side),
        turn=_turn(standing, letter),
        asked=asked,
        exchanges=rounds[:-1] if asked else rounds,
        reports=reports,
        made=parts_made_from(g.actor, [each.id for each in reports]),
        lines=thread(rows, letter.side, may_read=letter.may_read, apart=_apart(letter)),
        suggested=suggested(g.actor, referral, standing.redirected_to) if letter.is_mine else None,
        decides_told=_decides_told(referral, standing, letter),
        told_choices=TOLD,
        own=_offers(_open_to(letter.side, standing), referral, letter, wrong, False),
        told=_offers(told, referral, letter, wrong, True),
        following=_following(referral, letter),
        may_ask_next=letter.is_mine and may(standing.state, Action.REFER_NEXT, Party.SENDER),
        may_remind=letter.is_mine
        and referral.sent_by == Route.INBOX
        and standing.state in (State.SENT, State.ACKNOWLEDGED),
        urgencies=URGENCIES,
        still_sees=_still_sees(referral, letter),
        to_hand_over=_to_hand_over(referral, letter),
        files=files_shown(g.actor, referral) if letter.may_read else 0,
        panels=panels_for(REFERRAL, referral),
        contact_next=contact_next(referral, standing) if letter.is_mine else None,
    )


def _open_to(party: Party, standing: Standing, *, by_hand: bool = False) -> tuple[Action, ...]:
    """What the table allows, but for a visit that lies ahead."""
    allowed = allowed_actions(standing.state, party, by_hand=by_hand)
    return tuple(each for each in allowed if not is_too_early(standing, each, clock.now()))


def _still_sees(referral: Referral, letter: ShownLetter) -> StillSees | None:
    """The consent that outlived a no, for whoever keeps the record."""
    if referral.client_id is None or not letter.is_mine or referral.status not in NO:
        return None
    found = list_still_seeing(g.actor, referral.client_id)
    return next((one for one in found if one.practitioner_id == referral.receiver_id), None)


def _to_hand_over(referral: Referral, letter: ShownLetter) -> bool:
    """Whether it was to go as a link from hand to hand, and no link was shown yet."""
    by_hand = referral.sent_by == Route.LINK and referral.status == State.SENT
    if not by_hand or not letter.is_mine or not links_leave():
        return False
    return not list_links(g.actor, referral.id, clock.now())


def _turn(standing: Standing, letter: ShownLetter) -> str:
    """Whose turn it is, unless the words of the state or the banner of a no say so already."""
    is_said = (
        standing.state in (State.DECLINED, State.REDIRECTED) and not standing.passed_on
        if letter.is_mine
        else standing.state is State.SENT
    )
    if is_said:
        return ""
    words = WAITING_ON[standing.waiting_on]
    return words.sender if letter.is_mine else words.receiver


def _asked(standing: Standing, letter: ShownLetter) -> str | None:
    """The open question of the receiver, shown above the box for its answer."""
    last = standing.last
    is_open = standing.state is State.NEEDS_INFORMATION and letter.is_mine
    return last.data.get("text") if is_open and last is not None else None


def _apart(letter: ShownLetter) -> frozenset[Action]:
    """What has a card of its own beside the line of what happened."""
    rounds = frozenset({Action.ASK, Action.ANSWER})
    return rounds | {Action.REPORT} if letter.is_mine else rounds


def _decides_told(referral: Referral, standing: Standing, letter: ShownLetter) -> bool:
    """Whether the sender has still to say what the client is told of a no."""
    is_no = standing.state in (State.DECLINED, State.REDIRECTED, State.EXPIRED)
    return letter.is_mine and is_no and referral.client_id is not None and standing.told is None


def _following(referral: Referral, letter: ShownLetter) -> list[ReferralLine]:
    refused = (State.DECLINED, State.REDIRECTED)
    return list_next(g.actor, referral.id) if letter.is_mine and referral.status in refused else []


def _offers(
    actions: tuple[Action, ...],
    referral: Referral,
    letter: ShownLetter,
    wrong: tuple[Action, bool, Form] | None,
    by_hand: bool,
) -> list[Offered]:
    usual = None if by_hand else next((action for action in actions if action in FIRST), None)
    return [
        _offer(action, referral, letter, wrong, by_hand, is_first=action is usual)
        for action in actions
        if action not in ELSEWHERE
    ]


def _offer(
    action: Action,
    referral: Referral,
    letter: ShownLetter,
    wrong: tuple[Action, bool, Form] | None,
    by_hand: bool,
    *,
    is_first: bool,
) -> Offered:
    is_wrong = wrong is not None and wrong[:2] == (action, by_hand)
    form = (
        wrong[2]
        if wrong is not None and is_wrong
        else action_form(
            action,
            by_hand=by_hand,
            has_client=referral.client_id is not None,
            as_sender=letter.is_mine,
            is_shown=True,
            told_by="mail" if referral.sent_by == "mail" else "phone",
        )
    )
    return Offered(
        action,
        action_label(action, by_hand=by_hand),
        form,
        by_hand,
        is_first=is_first,
        is_wrong=is_wrong,
    )
