"""One pathway of the community's own: its draft, what is wrong with it, and its versions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g
from flask.typing import ResponseReturnValue

from careteam.access.permissions import Permission
from careteam.features.pathways import operations
from careteam.features.pathways.content import broken_versions
from careteam.features.pathways.drafting import values_of
from careteam.features.pathways.models import OwnPathway
from careteam.features.pathways.parts import PARTS, entries_of
from careteam.features.pathways.placing import placed_problems
from careteam.features.pathways.queries import get_own_pathway, list_versions
from careteam.kit.errors import Conflict
from careteam.web.frame.forms import attempt, conflict_rows, merged, page, shown
from careteam.web.frame.sending import done
from careteam.web.pathways.forms import WORDS, PublishForm, SourceForm, WordsForm
from careteam.web.pathways.own import source_in
from careteam.web.pathways.room import room

LATE = "Somebody else changed the draft meanwhile. Theirs stands below, yours in the field."


@room.get("/pathways/own/<uuid:own_id>", access=Permission.MANAGE_PATHWAYS)
def own_show(own_id: UUID) -> ResponseReturnValue:
    own = get_own_pathway(g.actor, own_id)
    versions = list_versions(g.actor, own)
    broken = [each for each in broken_versions() if each.published.pathway == own.pathway]
    return page(
        "pathways/own_show.html",
        own=own,
        versions=versions,
        parts=[(part, len(entries_of(own.source, part))) for part in PARTS.values()],
        is_changed=not versions or versions[0].source != own.source,
        problems=placed_problems(own.pathway, own.source),
        broken={each.published.number: each.reason for each in broken},
    )


@room.get("/pathways/own/<uuid:own_id>/text", access=Permission.MANAGE_PATHWAYS)
def own_text(own_id: UUID) -> ResponseReturnValue:
    own = get_own_pathway(g.actor, own_id)
    return _text_page(own, SourceForm(formdata=None, data={"source": own.source}))


def _text_page(
    own: OwnPathway, form: SourceForm, status: int = 200, **context: Any
) -> ResponseReturnValue:
    return page("pathways/own_text.html", form, status, own=own, **context)


@room.post("/pathways/own/<uuid:own_id>/text", access=Permission.MANAGE_PATHWAYS)
def own_text_save(own_id: UUID) -> ResponseReturnValue:
    own, form = get_own_pathway(g.actor, own_id), SourceForm()
    if form.version != own.version:
        form.form_errors.append(LATE)
        return _text_page(own, form, 409, theirs=own.source)
    saved = attempt(
        form,
        lambda: operations.replace_text(actor=g.actor, own=own, source=source_in(form)),
    )
    if saved is None:
        return _text_page(own, form)
    return done("pathways.own_show", "The draft is saved.", own_id=own.id)


@room.get("/pathways/own/<uuid:own_id>/words", access=Permission.MANAGE_PATHWAYS)
def own_words(own_id: UUID) -> ResponseReturnValue:
    own = get_own_pathway(g.actor, own_id)
    return _words_page(own, WordsForm(formdata=None, data=_words(own)))


def _words(own: OwnPathway) -> dict[str, Any]:
    values = values_of(own.source)
    return {name: values.get(name) for name in WORDS}


def _words_page(
    own: OwnPathway, form: WordsForm, status: int = 200, **context: Any
) -> ResponseReturnValue:
    was = shown(_words(own))
    return page("pathways/own_words.html", form, status, own=own, was=was, **context)


@room.post("/pathways/own/<uuid:own_id>/words", access=Permission.MANAGE_PATHWAYS)
def own_words_save(own_id: UUID) -> ResponseReturnValue:
    own, form = get_own_pathway(g.actor, own_id), WordsForm()

    def save() -> OwnPathway:
        sent = {name: form[name].data for name in WORDS}
        changes = merged(form.version, own.version, _words(own), sent)
        return operations.change_parts(actor=g.actor, own=own, parts=changes)

    try:
        saved = attempt(form, save)
    except Conflict as error:
        if not error.theirs:
            raise
        labels = {field.name: field.label.text for field in form}
        return _words_page(own, form, 409, conflicts=conflict_rows(error, labels))
    if saved is None:
        return _words_page(own, form)
    return done("pathways.own_show", "The draft is saved.", own_id=own.id)


@room.get("/pathways/own/<uuid:own_id>/publish", access=Permission.MANAGE_PATHWAYS)
def own_publish(own_id: UUID) -> ResponseReturnValue:
    return _publish_page(get_own_pathway(g.actor, own_id), PublishForm(formdata=None))


def _publish_page(own: OwnPathway, form: PublishForm, status: int = 200) -> ResponseReturnValue:
    problems = placed_problems(own.pathway, own.source)
    return page("pathways/own_publish.html", form, status, own=own, problems=problems)


@room.post("/pathways/own/<uuid:own_id>/publish", access=Permission.MANAGE_PATHWAYS)
def own_publish_do(own_id: UUID) -> ResponseReturnValue:
    own, form = get_own_pathway(g.actor, own_id), PublishForm()
    try:
        published = attempt(
            form,
            lambda: operations.publish_pathway(
                actor=g.actor, own=own, note=form.note.data or "", version=form.version
            ),
        )
    except Conflict as error:
        form.refuse(error)
        return _publish_page(own, form, 409)
    if published is None:
        return _publish_page(own, form)
    return done("pathways.own_show", f"Version {own.newest} is published.", own_id=own.id)


@room.post("/pathways/own/<uuid:own_id>/retire", access=Permission.MANAGE_PATHWAYS)
def own_retire(own_id: UUID) -> ResponseReturnValue:
    own = get_own_pathway(g.actor, own_id)
    operations.retire_pathway(actor=g.actor, own=own)
    return done("pathways.own_show", "It is offered to nobody any more.", own_id=own.id)


@room.post("/pathways/own/<uuid:own_id>/restore", access=Permission.MANAGE_PATHWAYS)
def own_restore(own_id: UUID) -> ResponseReturnValue:
    own = get_own_pathway(g.actor, own_id)
    operations.restore_pathway(actor=g.actor, own=own)
    return done("pathways.own_show", "It is offered again.", own_id=own.id)
