"""How a pathway becomes the community's own, as a copy or from a file, and leaves as one."""

from __future__ import annotations

from uuid import UUID, uuid4

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from careteam.access.permissions import Permission
from careteam.features.pathways import operations
from careteam.features.pathways.queries import find_own_pathway, get_own_pathway, get_version
from careteam.features.pathways.reading.typed import LARGEST
from careteam.features.pathways.reading_out import find_pathway
from careteam.kit.errors import Invalid
from careteam.web.frame.files import brought, taken_away
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.sending import done
from careteam.web.pathways.forms import CopyForm, SourceForm
from careteam.web.pathways.room import room

YAML = "application/yaml"
NO_TEXT = "This is no plain text. Save the file as text (UTF-8), not as a document."


@room.get("/pathways/<pathway>/file", access=Permission.READ_PATHWAYS)
def pathway_file(pathway: str) -> ResponseReturnValue:
    return _file(operations.source_of(g.actor, pathway), pathway)


def _file(source: str, name: str) -> Response:
    return taken_away(source.encode(), f"{name}.yaml", YAML)


@room.get("/pathways/own/<uuid:own_id>/file", access=Permission.MANAGE_PATHWAYS)
def own_file(own_id: UUID) -> ResponseReturnValue:
    """The draft as it stands."""
    own = get_own_pathway(g.actor, own_id)
    return _file(own.source, own.pathway)


@room.get(
    "/pathways/own/<uuid:own_id>/versions/<uuid:version_id>", access=Permission.MANAGE_PATHWAYS
)
def version_file(own_id: UUID, version_id: UUID) -> ResponseReturnValue:
    own = get_own_pathway(g.actor, own_id)
    version = get_version(g.actor, own, version_id)
    return _file(version.source, f"{own.pathway}_{version.number}")


@room.get("/pathways/<pathway>/copy", access=Permission.MANAGE_PATHWAYS)
def pathway_copy(pathway: str) -> ResponseReturnValue:
    found = find_pathway(pathway)
    form = CopyForm(formdata=None, data={"title": f"{found.title} (ours)"[:200]})
    return page("pathways/own_copy.html", form, pathway=found, new_id=uuid4())


@room.post("/pathways/<pathway>/copy", access=Permission.MANAGE_PATHWAYS)
def pathway_copy_make(pathway: str) -> ResponseReturnValue:
    found, form = find_pathway(pathway), CopyForm()
    if again := _made(form.new_id):
        return again
    own = attempt(
        form,
        lambda: operations.copy_pathway(
            actor=g.actor,
            pathway=pathway,
            title=form.title.data or "",
            own_pathway_id=form.new_id,
        ),
    )
    if own is None:
        return page("pathways/own_copy.html", form, pathway=found, new_id=form.new_id)
    return done(
        "pathways.own_show", "Your copy is here. Nobody else sees the draft.", own_id=own.id
    )


@room.get("/pathways/bring", access=Permission.MANAGE_PATHWAYS)
def pathway_bring() -> ResponseReturnValue:
    return page("pathways/own_bring.html", SourceForm(formdata=None), new_id=uuid4())


@room.post("/pathways/bring", access=Permission.MANAGE_PATHWAYS)
def pathway_bring_save() -> ResponseReturnValue:
    form = SourceForm()
    if again := _made(form.new_id):
        return again
    own = attempt(
        form,
        lambda: operations.bring_pathway(
            actor=g.actor, source=source_in(form), own_pathway_id=form.new_id
        ),
    )
    if own is None:
        return page("pathways/own_bring.html", form, new_id=form.new_id)
    return done("pathways.own_show", "The pathway is here, as a draft.", own_id=own.id)


def _made(own_id: UUID) -> Response | None:
    """Where the same form was sent a moment ago."""
    if find_own_pathway(g.actor, own_id) is None:
        return None
    return redirect(url_for("pathways.own_show", own_id=own_id), 303)


def source_in(form: SourceForm) -> str:
    """What was brought; it stays in the form, so that it can be mended there. Raises `Invalid`."""
    data = brought(form.file.data, LARGEST)
    if len(data) > LARGEST:
        raise Invalid(f"The file is larger than {LARGEST // 1024} kB.", field="file")
    if data:
        try:
            form.source.data = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Invalid(NO_TEXT, field="file") from None
    if not form.source.data:
        raise Invalid("Choose a file, or paste its text.", field="source")
    return str(form.source.data) + "\n"
