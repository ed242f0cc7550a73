"""What of the network is asked for. The whole state stands in the address, the same for picture,
list, JSON and SVG; a value that makes no sense counts as none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, g, request, url_for
from wtforms import BooleanField, HiddenField, SelectChoice, SelectField

from careteam.domain.network.periods import LONGEST, HalfYear, Period
from careteam.domain.network.picture import Grouping
from careteam.features.directory.catalogue import label_of
from careteam.features.network.everybody import everybody_of
from careteam.features.network.graph import (
    Filters,
    Sight,
    Steps,
    count_without,
    neighbourhood_of,
    with_usual,
)
from careteam.features.network.queries import first_own_day
from careteam.kit import clock
from careteam.web.frame.filters import plural
from careteam.web.frame.forms import Form
from careteam.web.network.saying import part_words

AT_LEAST = (2, 5, 10, 20)
ANSWERS = (1, 2, 3, 5, 10)
"""Working days within which somebody usually answers."""
FEWEST_OFFERED, MOST_OFFERED = 4, 20
"""Half-years to choose from, back from today; an older one can stand in the address."""
STATE = (
    "view",
    "steps",
    "discipline",
    "place",
    "since",
    "until",
    "at_least",
    "answers",
    "accepting",
    "by",
)
"""The parameters of the address that say what is shown."""
COMMUNITY = "community"
_BY: dict[str, Grouping] = {"place": "place", "groups": "groups", "ties": "ties"}


class FilterForm(Form):
    """`view` and `steps` travel along; they are changed by links."""

    class Meta:
        csrf = False

    view = HiddenField()
    steps = HiddenField()
    discipline = SelectField("Discipline", validate_choice=False)
    place = SelectField("Place", validate_choice=False)
    since = SelectField("From", validate_choice=False)
    until = SelectField("To", validate_choice=False)
    at_least = SelectField(
        "Referrals",
        choices=[
            SelectChoice("", "Any number"),
            *(SelectChoice(str(number), f"{number} or more") for number in AT_LEAST),
        ],
        validate_choice=False,
    )
    answers = SelectField(
        "Usually answers within",
        choices=[
            SelectChoice("", "Any time, or not known"),
            *(SelectChoice(str(days), plural(days, "working day")) for days in ANSWERS),
        ],
        validate_choice=False,
    )
    accepting = BooleanField("Takes new clients")
    by = SelectField(
        "Group by",
        choices=[
            SelectChoice("", "Discipline"),
            SelectChoice("place", "Place"),
            SelectChoice("groups", "Groups found"),
            SelectChoice("ties", "Who really works with whom"),
        ],
        validate_choice=False,
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """`may_choose` is False for a steward without an entry, who has no neighbourhood."""

    is_community: bool
    steps: Steps
    filters: Filters
    by: Grouping
    may_choose: bool

    def sight(self) -> Sight:
        """What is looked at, before the filters."""
        if self.is_community:
            sight = everybody_of(g.actor, self.filters)
        else:
            sight = neighbourhood_of(g.actor, self.steps, self.filters.period)
        return with_usual(g.actor, sight) if self.filters.answers else sight

    @property
    def words(self) -> str:
        if self.is_community:
            return "in the community"
        return "within two steps of you" if self.steps == 2 else "in your network"


def asked() -> Asked:
    """What the address asks for."""
    given = request.args
    may_choose = g.actor.practitioner_id is not None
    at_least, answers = given.get("at_least", ""), given.get("answers", "")
    return Asked(
        is_community=given.get("view") == COMMUNITY or not may_choose,
        steps=2 if given.get("steps") == "2" else 1,
        filters=Filters(
            discipline=given.get("discipline", ""),
            place=given.get("place", ""),
            accepting=given.get("accepting", "") not in ("", "false", "0", "n"),
            at_least=int(at_least) if at_least in map(str, AT_LEAST) else 0,
            period=_period(given.get("since", ""), given.get("until", "")),
            answers=int(answers) if answers in map(str, ANSWERS) else 0,
        ),
        by=_BY.get(given.get("by", ""), "discipline"),
        may_choose=may_choose,
    )


def _period(since: str, until: str) -> Period | None:
    """Open ends: until now, and as far back as a stretch may reach."""
    first, last = HalfYear.read(since), HalfYear.read(until)
    if first is None and last is None:
        return None
    now = HalfYear.of(clock.today())
    if last is None:
        last = max(now, first) if first is not None else now
    return Period.between(first if first is not None else last.moved(1 - LONGEST), last)


def half_years() -> list[HalfYear]:
    """Those to choose from, the oldest first: from one's oldest referral on, and what is chosen."""
    now = HalfYear.of(clock.today())
    fewest = MOST_OFFERED if g.actor.practitioner_id is None else FEWEST_OFFERED
    oldest = first_own_day(g.actor)
    first = min(HalfYear.of(oldest) if oldest else now, now.moved(1 - fewest))
    offered = set(Period.between(max(first, now.moved(1 - MOST_OFFERED)), now).half_years)
    chosen = (HalfYear.read(request.args.get(name, "")) for name in ("since", "until"))
    return sorted(offered.union(half for half in chosen if half))


def filter_form(disciplines: Mapping[str, int], places: Mapping[str, int]) -> FilterForm:
    """The filters with what there is to choose from, each with how many."""
    form = FilterForm(request.args)
    form.discipline.choices = [
        SelectChoice("", "Any discipline"),
        *sorted(
            (_choice(id_, label_of(id_), count) for id_, count in disciplines.items() if id_),
            key=lambda choice: str(choice.label),
        ),
    ]
    form.place.choices = [
        SelectChoice("", "Any place"),
        *(_choice(place, place, places[place]) for place in sorted(places)),
    ]
    halves = [SelectChoice(str(half), half.words) for half in reversed(half_years())]
    form.since.choices = [SelectChoice("", "The beginning"), *halves]
    form.until.choices = [SelectChoice("", "Today"), *halves]
    return form


def _choice(value: str, label: str, count: int) -> SelectChoice:
    return SelectChoice(value, f"{label} ({count})")


def state(**changed: str | int | None) -> dict[str, Any]:
    """The parameters of the address, with some of them changed or (None) dropped."""
    kept: dict[str, Any] = {
        name: request.args[name] for name in STATE if request.args.get(name, "") != ""
    }
    kept.update(changed)
    return {name: value for name, value in kept.items() if value is not None}


def unfiltered(endpoint: str) -> str:
    """Where all filters are taken away at once; what is looked at stays."""
    kept = {name: value for name, value in state().items() if name in ("view", "steps")}
    return url_for(endpoint, **kept)


def views(endpoint: str, given: Asked) -> list[dict[str, Any]]:
    """My network, two steps, community: each keeps the filters."""
    if not given.may_choose:
        return []
    shown = (given.is_community, given.steps if not given.is_community else 1)
    choices = (
        ("Mine", (False, 1), {"view": None, "steps": None}),
        ("Two steps", (False, 2), {"view": None, "steps": 2}),
        ("Community", (True, 1), {"view": COMMUNITY, "steps": None}),
    )
    return [
        {
            "label": label,
            "href": url_for(endpoint, **state(**change)),
            "current": shown == which,
        }
        for label, which, change in choices
    ]


def chips(given: Asked) -> list[dict[str, str]]:
    """The filters in use, each with the list without it."""
    return [
        {"label": label, "href": url_for("network.network_list", **without(name))}
        for name, label in _said(given.filters).items()
    ]


def without(name: str) -> dict[str, Any]:
    """The parameters of the address without one filter."""
    fields = ("since", "until") if name == "period" else (name,)
    return state(**dict.fromkeys(fields))


def _said(filters: Filters) -> dict[str, str]:
    """The filters in use in words, by their names."""
    said = {
        "discipline": label_of(filters.discipline),
        "place": filters.place,
        "period": filters.period.words if filters.period else "",
        "at_least": f"{plural(filters.at_least, 'referral')} or more",
        "answers": f"Usually answers within {plural(filters.answers, 'working day')}",
        "accepting": "Takes new clients",
    }
    return {name: said[name] for name in filters.used}


@dataclass(frozen=True, slots=True)
class WayOut:
    """One filter less, and how many people there would be."""

    label: str
    fields: tuple[str, ...]
    count: int
    href: str


def ways_out(sight: Sight, filters: Filters, endpoint: str) -> list[WayOut]:
    """Where nobody fits: which one filter to drop, the one that frees most first."""
    said = _said(filters)
    freed = sorted(count_without(sight, filters).items(), key=lambda each: (-each[1], each[0]))
    return [
        WayOut(
            said[name],
            ("since", "until") if name == "period" else (name,),
            count,
            url_for(endpoint, **without(name)),
        )
        for name, count in freed
        if count
    ]


def notes_on(sight: Sight, filters: Filters, usual_of: tuple[int, int] | None = None) -> list[str]:
    """What the filters cannot know of the people in view, in sentences.

    usual_of: of how many of how many it is known how soon they answer, where the sight holds only
    some of them.
    """
    notes = part_words(sight.part)
    if sight.usual is not None:
        of = len(sight.others)
        known = sum(person.id in sight.usual for person in sight.others)
        known, of = usual_of or (known, of)
        notes.append(
            f"How soon somebody answers is known of {known} of {plural(of, 'person', 'people')}: "
            "it takes five answers, and the figures must be open to you."
        )
    if filters.period:
        notes.append(
            "What was noted from memory has no date and is in no period. Of others a half-year "
            "counts from five referrals on."
        )
    return notes


def known_url(endpoint: str, **values: Any) -> str | None:
    """The address of a page of another room, None where that room is not there."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None
