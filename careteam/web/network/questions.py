"""The questions that the network answers, one page each, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import g, make_response, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice, SelectField

from careteam.access.permissions import Permission
from careteam.domain.network.periods import HalfYear
from careteam.features.directory.catalogue import disciplines_by_group, label_of
from careteam.features.network.knowing.store import State
from careteam.features.network.questions import answering, around, community, own, shifting
from careteam.web.frame.forms import Form, page
from careteam.web.network import answers, around_answers
from careteam.web.network.asking import asked, half_years
from careteam.web.network.picture import first_steps
from careteam.web.network.room import room
from careteam.web.network.shifting import community_changes
from careteam.web.network.subjects import (
    ANSWERING,
    BALANCE,
    CHANGES,
    COMMUNITY,
    COMMUNITY_CHANGES,
    GROUPS,
    HANGING,
    INTRODUCTIONS,
    MISSING,
    RHYTHM,
    Question,
)
from careteam.web.network.tables import Table, narrowed

ASKED_ANEW_EVERY, MOST_LOOKS = 5, 24
"""Seconds between two looks of a page by itself, and how many: then a worker may not run at all."""
_LOOKS = frozenset(map(str, range(1, MOST_LOOKS + 1)))


class DisciplineForm(Form):
    class Meta:
        csrf = False

    discipline = SelectField("Discipline", validate_choice=False)


class HalfYearsForm(Form):
    class Meta:
        csrf = False

    since = SelectField("Compare", validate_choice=False)
    until = SelectField("with", validate_choice=False)


@room.get("/network/questions", access=Permission.READ_NETWORK)
def question_list() -> ResponseReturnValue:
    return page("network/question_list.html", groups=GROUPS)


@room.get("/network/questions/balance", access=Permission.READ_NETWORK)
def balance_show() -> ResponseReturnValue:
    period = asked().filters.period
    return _table(BALANCE, answers.balance(own.balances_of(g.actor, period), period))


@room.get("/network/questions/answering", access=Permission.READ_NETWORK)
def answering_show() -> ResponseReturnValue:
    return _table(ANSWERING, answers.answering(answering.answerers_of(g.actor)))


@room.get("/network/questions/rhythm", access=Permission.READ_NETWORK)
def rhythm_show() -> ResponseReturnValue:
    return _table(RHYTHM, answers.rhythm(own.pulses_of(g.actor)))


@room.get("/network/questions/changes", access=Permission.READ_NETWORK)
def changes_show() -> ResponseReturnValue:
    shifts = own.shifts_of(g.actor, _chosen_halves())
    form = _halves_form(shifts.before, shifts.after, shifts.halves)
    return _table(CHANGES, answers.changes(shifts), halves=form)


@room.get("/network/questions/community-changes", access=Permission.READ_NETWORK)
def community_changes_show() -> ResponseReturnValue:
    found = shifting.community_shifts_of(g.actor, _chosen_halves())
    offered = {*half_years(), found.before, found.after}
    form = _halves_form(found.before, found.after, sorted(offered, reverse=True))
    table = community_changes(found)
    return _table(COMMUNITY_CHANGES, table, halves=form, view="community", has_entry=True)


def _chosen_halves() -> tuple[HalfYear | None, HalfYear | None]:
    since, until = (HalfYear.read(request.args.get(name, "")) for name in ("since", "until"))
    return since, until


def _halves_form(before: HalfYear, after: HalfYear, halves: Sequence[HalfYear]) -> HalfYearsForm:
    form = HalfYearsForm(formdata=None, data={"since": str(before), "until": str(after)})
    form.since.choices = form.until.choices = [
        SelectChoice(str(half), half.words) for half in halves
    ]
    return form


@room.get("/network/questions/one-person", access=Permission.READ_NETWORK)
def hanging_show() -> ResponseReturnValue:
    return _table(HANGING, around_answers.hanging(*around.hanging_of(g.actor)))


@room.get("/network/questions/missing", access=Permission.READ_NETWORK)
def missing_show() -> ResponseReturnValue:
    return _table(MISSING, around_answers.missing(around.missing_of(g.actor)))


@room.get("/network/questions/introductions", access=Permission.READ_NETWORK)
def introductions_show() -> ResponseReturnValue:
    chosen = request.args.get("discipline", "")
    known = {id_: label for group in disciplines_by_group().values() for id_, label in group}
    form = DisciplineForm(request.args)
    form.discipline.choices = [
        SelectChoice("", "Choose"),
        *(SelectChoice(id_, known[id_]) for id_ in sorted(known, key=known.__getitem__)),
    ]
    is_known = chosen in known
    return page(
        "network/introductions_show.html",
        question=INTRODUCTIONS,
        form=form,
        discipline=label_of(chosen) if is_known else None,
        ways=around.ways_to(g.actor, chosen) if is_known else [],
        directory_url=url_for("directory.practitioner_list", discipline=chosen),
        **_frame(),
    )


@room.get("/network/questions/community", access=Permission.READ_NETWORK)
def community_show() -> ResponseReturnValue:
    found = community.community_known(g.actor)
    states = [found.known[kind] for kind in ("connectors", "groups")]
    is_coming = any(
        each.percent is not None or each.state in (State.WORKING, State.WAITING) for each in states
    )
    looks = int(request.args["looks"]) if request.args.get("looks", "") in _LOOKS else 0
    asks_again = is_coming and looks < MOST_LOOKS
    answer = make_response(
        page(
            "network/community_show.html",
            question=COMMUNITY,
            found=found,
            states=states,
            is_coming=is_coming,
            asks_again=asks_again,
            **_frame(),
        )
    )
    if asks_again:
        again = url_for("network.community_show", looks=looks + 1)
        answer.headers["Refresh"] = f"{ASKED_ANEW_EVERY}; url={again}"
    return answer


def _table(question: Question, table: Table, **more: Any) -> ResponseReturnValue:
    return page(
        "network/question_show.html",
        question=question,
        table=narrowed(table),
        **{**_frame(), **more},
    )


def _frame() -> dict[str, Any]:
    return {"has_entry": g.actor.practitioner_id is not None, **first_steps()}
