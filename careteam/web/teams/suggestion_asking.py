"""What is asked of a suggestion. Sliders and filters stand in the address, where a value that makes
no sense counts as none; names kept and left out are stored with the goal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from flask import request, url_for
from wtforms import BooleanField, SelectChoice, SelectField
from wtforms.fields import IntegerRangeField

from careteam.domain.matching import WorkingWay
from careteam.features.clients.models import Client
from careteam.features.network.suggesting import USUAL, Wishes
from careteam.features.teams.candidates import TAKEN_FOR_GRANTED, Hard
from careteam.features.teams.models import NameWish
from careteam.kit.languages import language_name
from careteam.web.frame.forms import Form

WITHIN_KM = (10, 25, 50, 100)
WAYS = {
    WorkingWay.IN_PERSON: "In person",
    WorkingWay.ONLINE: "Online",
    WorkingWay.HOME_VISIT: "At home",
}
SLIDERS = ("near", "quick", "knows", "fee")
MOST = 2 * USUAL
HOW_MUCH = ("not at all", "a little", "as usual", "more", "most")


class WishForm(Form):
    class Meta:
        csrf = False

    near = IntegerRangeField("Near", default=USUAL)
    quick = IntegerRangeField("Quick to answer", default=USUAL)
    knows = IntegerRangeField("Knows the others", default=USUAL)
    fee = IntegerRangeField("Low fee", default=USUAL)
    within = SelectField(
        "At most",
        choices=[
            SelectChoice("", "Any distance"),
            *(SelectChoice(str(km), f"{km} km") for km in WITHIN_KM),
        ],
        validate_choice=False,
    )
    way = SelectField(
        "Sees clients",
        choices=[SelectChoice("", "In any way"), *(SelectChoice(*each) for each in WAYS.items())],
        validate_choice=False,
    )
    accepting = BooleanField("Only who is known to take new clients")
    language = BooleanField("Only who speaks the client's language")
    later = BooleanField("For places put off until later as well")


def asked(stored: Iterable[NameWish] = ()) -> Wishes:
    """What the address asks for, with the names that are kept and left out."""
    kept = {wish.seat_id: wish.practitioner_id for wish in stored if wish.seat_id is not None}
    given = request.args
    within, way = given.get("within", ""), given.get("way", "")
    return Wishes(
        **{name: _slider(given.get(name, "")) for name in SLIDERS},
        later=_is_ticked("later"),
        hard=Hard(
            within_km=float(within) if within in map(str, WITHIN_KM) else None,
            only_language=_is_ticked("language"),
            only_accepting=_is_ticked("accepting"),
            ways=frozenset({WorkingWay(way)}) if way in WAYS else frozenset(),
            without=frozenset(wish.practitioner_id for wish in stored if wish.seat_id is None),
        ),
        kept=kept,
    )


def _slider(text: str) -> int:
    return int(text) if text in map(str, range(MOST + 1)) else USUAL


def _is_ticked(name: str) -> bool:
    return request.args.get(name, "") not in ("", "false", "0", "n")


def state(wishes: Wishes) -> dict[str, str]:
    """The parameters of the address; what is as usual is left out."""
    hard = wishes.hard
    found = {name: str(getattr(wishes, name)) for name in SLIDERS}
    found = {name: value for name, value in found.items() if value != str(USUAL)}
    more = {
        "within": f"{hard.within_km:.0f}" if hard.within_km else "",
        "way": next(iter(hard.ways), ""),
        "accepting": "y" if hard.only_accepting else "",
        "language": "y" if hard.only_language else "",
        "later": "y" if wishes.later else "",
    }
    return {**found, **{name: value for name, value in more.items() if value}}


def _url(goal_id: UUID, given: Mapping[str, str]) -> str:
    return url_for(
        "teams.suggestion_show",
        goal_id=goal_id,
        **dict[str, Any]({name: value for name, value in given.items() if value}),
    )


def wish_form(wishes: Wishes) -> WishForm:
    given = state(wishes)
    data: dict[str, Any] = {name: getattr(wishes, name) for name in SLIDERS}
    data.update({name: given.get(name, "") for name in ("within", "way")})
    data.update(accepting=wishes.hard.only_accepting, language=wishes.hard.only_language)
    data.update(later=wishes.later)
    return WishForm(formdata=None, data=data)


def language_of(client: Client) -> str:
    """The language that somebody could be asked to speak, '' where there is none to ask for."""
    code = client.language
    return language_name(code) if code and code != TAKEN_FOR_GRANTED else ""


def counted(wishes: Wishes, *, place_known: bool) -> str:
    """How much each slider counts, in a sentence; near only where it can."""
    labels = {
        "near": "near",
        "quick": "quick to answer",
        "knows": "knowing the others",
        "fee": "a low fee",
    }
    said = [
        f"{labels[name]} {HOW_MUCH[getattr(wishes, name)]}"
        for name in SLIDERS
        if name != "near" or place_known
    ]
    return f"Counts now: {', '.join(said)}."


def chips(goal_id: UUID, wishes: Wishes, *, place_known: bool) -> list[dict[str, str]]:
    """What is asked for beyond the usual, each with the address without it."""
    hard, given = wishes.hard, state(wishes)
    said = {
        "within": f"Within {given.get('within')} km{'' if place_known else ': needs a town'}",
        "way": WAYS[next(iter(hard.ways))] if hard.ways else "",
        "accepting": "Known to take new clients",
        "language": "Speaks the client's language",
        "later": "Places put off as well",
    }
    return [
        {"label": words, "href": _url(goal_id, {**given, name: ""})}
        for name, words in said.items()
        if name in given
    ]
