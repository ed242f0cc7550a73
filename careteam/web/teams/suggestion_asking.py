"""What is asked of a suggestion. The whole state stands in the address; a value that makes no
sense counts as none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask import request, url_for
from wtforms import BooleanField, HiddenField, SelectChoice, SelectField
from wtforms.fields import IntegerRangeField

from careteam.domain.matching import WorkingWay
from careteam.features.clients.models import Client
from careteam.features.directory.queries import names_of
from careteam.features.network.suggesting import USUAL, Wishes
from careteam.features.teams.candidates import TAKEN_FOR_GRANTED, Hard
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
MOST_NAMED = 50
"""Names that an address may keep or leave out."""


class WishForm(Form):
    """`keep` and `without` travel along; they are changed by links."""

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
    keep = HiddenField()
    without = HiddenField()


def asked() -> Wishes:
    """What the address asks for."""
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
            without=frozenset(each for each in map(_id, _several("without")) if each),
        ),
        kept=dict(pair for pair in map(_pair, _several("keep")) if pair),
    )


def _slider(text: str) -> int:
    return int(text) if text in map(str, range(MOST + 1)) else USUAL


def _is_ticked(name: str) -> bool:
    return request.args.get(name, "") not in ("", "false", "0", "n")


def _several(name: str) -> list[str]:
    return " ".join(request.args.getlist(name)).split()[:MOST_NAMED]


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _pair(text: str) -> tuple[UUID, UUID] | None:
    """'seat_practitioner'."""
    seat, _, who = text.partition("_")
    keys = _id(seat), _id(who)
    return (keys[0], keys[1]) if keys[0] and keys[1] else None


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
        "keep": " ".join(sorted(f"{seat}_{who}" for seat, who in wishes.kept.items())),
        "without": " ".join(sorted(map(str, hard.without))),
    }
    return {**found, **{name: value for name, value in more.items() if value}}


def changing(goal_id: UUID, wishes: Wishes) -> Callable[..., str]:
    """The address with a name kept for a seat, let go again, or left out altogether."""

    def address(
        *,
        keep: tuple[UUID, UUID] | None = None,
        free: UUID | None = None,
        without: UUID | None = None,
    ) -> str:
        kept = {seat: who for seat, who in wishes.kept.items() if seat != free and who != without}
        kept.update([keep] if keep else [])
        out = set(wishes.hard.without) | ({without} if without else set())
        given = state(wishes)
        given["keep"] = " ".join(sorted(f"{seat}_{who}" for seat, who in kept.items()))
        given["without"] = " ".join(sorted(map(str, out)))
        return _url(goal_id, given)

    return address


def _url(goal_id: UUID, given: Mapping[str, str]) -> str:
    return url_for(
        "teams.suggestion_show",
        goal_id=goal_id,
        **dict[str, Any]({name: value for name, value in given.items() if value}),
    )


def wish_form(wishes: Wishes) -> WishForm:
    given = state(wishes)
    data: dict[str, Any] = {name: getattr(wishes, name) for name in SLIDERS}
    data.update({name: given.get(name, "") for name in ("within", "way", "keep", "without")})
    data.update(accepting=wishes.hard.only_accepting, language=wishes.hard.only_language)
    data.update(later=wishes.later)
    return WishForm(formdata=None, data=data)


def language_of(client: Client) -> str:
    """The language that somebody could be asked to speak, '' where there is none to ask for."""
    code = client.language
    return language_name(code) if code and code != TAKEN_FOR_GRANTED else ""


def counted(wishes: Wishes) -> str:
    """How much each slider counts, in a sentence."""
    labels = {
        "near": "near",
        "quick": "quick to answer",
        "knows": "knowing the others",
        "fee": "a low fee",
    }
    said = [f"{labels[name]} {HOW_MUCH[getattr(wishes, name)]}" for name in SLIDERS]
    return f"Counts now: {', '.join(said)}."


def chips(goal_id: UUID, wishes: Wishes) -> list[dict[str, str]]:
    """What is asked for beyond the usual, each with the address without it."""
    hard, given = wishes.hard, state(wishes)
    names = names_of([*wishes.kept.values(), *hard.without])
    said = {
        "within": f"Within {given.get('within')} km",
        "way": WAYS[next(iter(hard.ways))] if hard.ways else "",
        "accepting": "Known to take new clients",
        "language": "Speaks the client's language",
        "later": "Places put off as well",
    }
    found = [
        {"label": words, "href": _url(goal_id, {**given, name: ""})}
        for name, words in said.items()
        if name in given
    ]
    for words, name in (("Kept", "keep"), ("Left out", "without")):
        for each in given.get(name, "").split():
            who = names.get(UUID(each.rpartition("_")[2]))
            rest = " ".join(one for one in given[name].split() if one != each)
            href = _url(goal_id, {**given, name: rest})
            found += [{"label": f"{words}: {who}", "href": href}] if who else []
    return found
