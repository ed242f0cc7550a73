"""Urgent signs: what is seen or said, what to do today, the script, the note, the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from flask import current_app, g, request
from flask.typing import ResponseReturnValue

from careteam.access.permissions import Permission
from careteam.domain.now import (
    BODY_PARTS,
    Caller,
    EmergencyNumbers,
    HandOver,
    RedFlag,
    action_card,
    find_flags,
    flags_of_part,
    hand_over_note,
    numbers_for,
    telephone_script,
)
from careteam.domain.pathway.catalogue import Content
from careteam.domain.referral.labels import URGENCIES
from careteam.features.directory.catalogue import country
from careteam.features.directory.queries import contacts_of
from careteam.features.pathways.content import load_content
from careteam.features.today.models import UrgentMatter
from careteam.features.today.operations import log_urgent_matter, new_matter
from careteam.features.today.queries import find_matter
from careteam.kit import clock
from careteam.kit.errors import NotFound, check_all
from careteam.kit.telephones import read_telephone
from careteam.settings import Settings
from careteam.web.frame.filters import instant
from careteam.web.frame.forms import attempt, page, proposed_id
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done
from careteam.web.now.about import About, about_of, answer_with
from careteam.web.now.forms import LOGGED, NoteForm, UrgentForm
from careteam.web.now.room import room

LONGEST = 300


@dataclass(frozen=True, slots=True)
class Listed:
    """One sign to choose, with its address key."""

    key: str
    flag: RedFlag


def all_flags() -> dict[str, RedFlag]:
    """Every sign by its address key: the general ones, the shared ones, those of the pathways.

    Ids of pathways may repeat with another wording; the later ones carry the pathway's id.
    """
    return _flags_of(load_content())


@lru_cache(maxsize=2)
def _flags_of(content: Content) -> dict[str, RedFlag]:
    flags: dict[str, RedFlag] = {
        flag.id: flag
        for flag in (*content.catalogue.general_red_flags, *content.catalogue.shared_red_flags)
    }
    for pathway in content.pathways.values():
        for flag in pathway.red_flags:
            if flag.id not in flags:
                flags[flag.id] = flag
            elif flags[flag.id] != flag:
                flags[f"{pathway.id}.{flag.id}"] = flag
    return flags


def key_of(flag: RedFlag) -> str:
    return next(key for key, known in all_flags().items() if known == flag)


@room.get("/now", access=SIGNED_IN)
def now_show() -> ResponseReturnValue:
    key = request.args.get("flag")
    about = about_of(request.args.get("goal"))
    if key is not None:
        return _card_page(key, about)
    said = " ".join(request.args.get("q", "").split())[:LONGEST]
    part = request.args.get("part", "")
    flags = all_flags().values()
    return page(
        "now/now_show.html",
        said=said,
        part=part,
        parts=BODY_PARTS,
        found=find_flags(said, flags) if said else None,
        listed=[Listed(key_of(flag), flag) for flag in flags_of_part(part, flags)],
        key_of=key_of,
        general=action_card(None, numbers()),
        numbers=numbers(),
        urgencies=URGENCIES,
        goal_id=about.goal.id if about else None,
    )


def numbers() -> EmergencyNumbers:
    """The numbers of the community's country."""
    settings: Settings = current_app.extensions["careteam_settings"]
    return numbers_for(settings.country)


def _flag(key: str, about: About | None = None) -> RedFlag | None:
    """The sign of a key; `other` stands for what is in no list. Raises `NotFound`."""
    if key == "other":
        return None
    flag = (about.flag(key) if about else None) or all_flags().get(key)
    if flag is None:
        raise NotFound
    return flag


def _caller() -> Caller:
    me = contacts_of(g.actor, [g.actor.practitioner_id]).get(g.actor.practitioner_id)
    if me is None:
        return Caller(g.actor.name, "")
    phone = read_telephone(me.phone, country()).display if me.phone else ""
    return Caller(g.actor.name, me.discipline, phone)


def _card_page(
    key: str,
    about: About | None = None,
    urgent: UrgentForm | None = None,
    typed: NoteForm | None = None,
    template: str = "now/now_flag.html",
) -> ResponseReturnValue:
    """The sign's card; what is typed for script and note comes back in them, kept nowhere."""
    flag, note = _flag(key, about), typed or NoteForm(formdata=None)
    caller = _caller()
    given = {field.name: field.data or "" for field in note if field.name != "csrf_token"}
    facts = HandOver(
        noted=instant(clock.now()),
        seen=given["seen"],
        since=given["since"],
        background=given["background"],
        done=given["treated"],
        spoken_to=given["spoken_to"],
        about=about.words if about else "",
    )
    script = telephone_script(
        caller,
        flag,
        seen=given["seen"],
        since=given["since"],
        background=given["background"],
        treated=given["treated"],
        about=about.words if about else "",
    )
    return page(
        template,
        urgent or _urgent_form(key, flag),
        key=key,
        about=about,
        open_here=about.open(key) if about else None,
        flag=flag,
        card=action_card(flag, numbers()),
        note_form=note,
        facts=given,
        is_filled=any(given.values()),
        script=script,
        note=hand_over_note(caller, flag, facts),
        new_id=proposed_id(),
        numbers=numbers(),
        urgencies=URGENCIES,
    )


def _urgent_form(key: str, flag: RedFlag | None) -> UrgentForm:
    form = UrgentForm(formdata=None, data={"flag": key})
    if flag is not None and flag.urgency in LOGGED:
        form.urgency.data = flag.urgency.value
    return form


@room.post("/now/note", access=SIGNED_IN)
def note_fill() -> ResponseReturnValue:
    """What is typed goes into script and note, not into an address, and is stored nowhere."""
    is_paper = request.form.get("do") == "paper"
    template = "now/note_print.html" if is_paper else "now/now_flag.html"
    about = about_of(request.form.get("goal"))
    return _card_page(request.form.get("flag", ""), about, typed=NoteForm(), template=template)


@room.post("/now/log", access=Permission.KEEP_OWN_NOTES)
def urgent_log() -> ResponseReturnValue:
    form, new_id = UrgentForm(), proposed_id()
    key, about = form.flag.data or "other", about_of(form.goal.data)
    _flag(key, about)
    if find_matter(g.actor, new_id) is not None:
        return done("today.today", "This is logged already.")
    logged = attempt(form, lambda: _log(form, key, about, new_id))
    if logged is None:
        return _card_page(key, about_of(form.goal.data), form)
    words = f"Logged. You are asked on {logged.ask_on:%A} whether they were seen."
    if about is not None and form.answers.data:
        words += " It is answered; what it holds stays held."
    return done("today.today", words)


def _log(form: UrgentForm, key: str, about: About | None, new_id: UUID) -> UrgentMatter:
    """The matter and, where its writer says so, the answer to the client's sign: both or none."""
    matter = new_matter(
        g.actor,
        new_id,
        flag=None if key == "other" else key,
        urgency=form.urgency.data or "",
        who=form.who.data if about is None else None,
        done=form.done.data,
        spoken_to=form.spoken_to.data,
        client_id=about.client.id if about else None,
    )
    checks: list[Callable[[], object]] = [
        lambda: log_urgent_matter(actor=g.actor, matter=matter),
    ]
    if about is not None and form.answers.data:
        checks.append(lambda: answer_with(g.actor, about, key, form))
    check_all(*checks)
    return matter
