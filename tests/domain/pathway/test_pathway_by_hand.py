"""What is laid by hand beside what the answers bring."""

from __future__ import annotations

import pytest

from careteam.domain.pathway import LaidByHand, PrecautionKind, client_safety
from careteam.domain.pathway.by_hand import lacks_words
from careteam.domain.pathway.vocabulary import HoldScope
from tests.domain.pathway.test_pathway_safety import ANKLE

HOLD, CAUTION = PrecautionKind.HOLD, PrecautionKind.CAUTION
LIMB, ALL, NONE = HoldScope.LIMB, HoldScope.ALL, HoldScope.NONE


@pytest.mark.parametrize(
    ("laid", "words"),
    [
        (LaidByHand(HOLD, ALL), "No hands-on work at all."),
        (LaidByHand(HOLD, ALL, "the scan first."), "No hands-on work at all: the scan first."),
        (LaidByHand(HOLD, LIMB, "left leg"), "No hands-on work on that limb: left leg."),
        (LaidByHand(HOLD, NONE, "running and jumping"), "On hold: running and jumping."),
        (LaidByHand(HOLD, NONE, "no running until seen"), "No running until seen."),
        (LaidByHand(HOLD, NONE, "notes by hand"), "On hold: notes by hand."),
        (LaidByHand(CAUTION, NONE, "light touch only."), "Light touch only."),
    ],
)
def test_effect_is_one_sentence(laid: LaidByHand, words: str) -> None:
    assert laid.words == words


@pytest.mark.parametrize(
    ("kind", "scope", "lacks"),
    [
        (HOLD, ALL, False),
        (HOLD, HoldScope.ABDOMEN, False),
        (HOLD, LIMB, True),
        (HOLD, HoldScope.LOCAL, True),
        (HOLD, NONE, True),
        (CAUTION, NONE, True),
    ],
)
def test_words_are_asked_where_the_scope_does_not_say_it(
    kind: PrecautionKind, scope: HoldScope, lacks: bool
) -> None:
    assert lacks_words(kind, scope, "  ") is lacks
    assert not lacks_words(kind, scope, "left leg")


def test_bare_hold_joins_the_scopes_and_the_wider_wins() -> None:
    safety = client_safety([ANKLE], [LaidByHand(HOLD, ALL)])
    assert safety.held == (ALL,)
    assert (safety.effects_only().held, safety.effects_only().in_words) == ((ALL,), ())


def test_hold_in_words_holds_as_much_and_is_said_once() -> None:
    safety = client_safety([ANKLE], [LaidByHand(HOLD, ALL, "the scan first")])
    effects = safety.effects_only()
    assert safety.held == (ALL,)
    assert effects.held == ()
    assert effects.in_words == ("No hands-on work at all: the scan first.",)


def test_derived_place_and_place_by_hand_stand_side_by_side() -> None:
    effects = client_safety(
        [ANKLE], [LaidByHand(HOLD, HoldScope.LOCAL, "left calf")]
    ).effects_only()
    assert effects.held == (LIMB,)
    assert effects.in_words == ("No hands-on work on or near the place: left calf.",)


def test_hold_of_something_else_and_caution_hold_no_hands_on_work() -> None:
    laid = [LaidByHand(HOLD, NONE, "running"), LaidByHand(CAUTION, NONE, "no heat on the scar")]
    safety = client_safety([], laid)
    assert safety.held == ()
    assert safety.effects_only().in_words == ("On hold: running.",)
    assert safety.effects_only().cautions == ("No heat on the scar.",)


def test_same_caution_from_answers_and_by_hand_is_told_once() -> None:
    laid = [LaidByHand(CAUTION, NONE, "Light touch")]
    assert client_safety([ANKLE], laid).effects_only().cautions == ("Light touch.",)
