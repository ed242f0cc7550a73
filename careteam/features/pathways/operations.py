"""What stewards do with the community's own pathways: copy, bring, change, publish, retire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import update

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.accounts.models import Community
from careteam.features.pathways.content import CONTENT_FOLDER, OWN, ContentError, shipped
from careteam.features.pathways.drafting import line_of, own_id, problems_of, values_of, with_parts
from careteam.features.pathways.models import OwnPathway, PathwayVersion
from careteam.features.pathways.queries import find_by_name, newest_source
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict, Invalid, NotFound

DRAFT = {"status": "draft_for_clinical_review", "clinically_reviewed_by": None}
LONGEST_TITLE = 200
NOT_NAMED = "Give the pathway a title of letters or digits."
TAKEN = "There is a pathway of this name already. Choose another title."


def source_of(actor: Actor, pathway: str) -> str:
    """The YAML of a pathway, shipped or published here. Raises `NotFound`."""
    if pathway in shipped().pathways:
        return (CONTENT_FOLDER / "pathways" / f"{pathway}.yaml").read_text(encoding="utf-8")
    found = newest_source(actor, pathway)
    if found is None:
        raise NotFound
    return found


@operation(Permission.MANAGE_PATHWAYS, action="pathway.copied")
def copy_pathway(
    *, actor: Actor, pathway: str, title: str, own_pathway_id: UUID | None = None
) -> OwnPathway:
    """A draft of the community's own that says what this pathway says. Whatever was reviewed was
    the original: the copy is a draft for clinical review again.
    """
    name = _free_id(title, field="title")
    parts = {"id": name, "title": title, **DRAFT}
    source = with_parts(source_of(actor, pathway), parts)
    return _draft(actor, name, title, source, own_pathway_id, copied_from=pathway)


@operation(Permission.MANAGE_PATHWAYS, action="pathway.brought")
def bring_pathway(*, actor: Actor, source: str, own_pathway_id: UUID | None = None) -> OwnPathway:
    """A draft out of a YAML file. Raises `Invalid` with every problem; then nothing is kept."""
    values = _values(source)
    given, title = values.get("id"), values.get("title")
    if not isinstance(given, str) or not isinstance(title, str):
        raise Invalid("The file needs an id and a title, each a text.", field="source")
    name = _free_id(given, field="source")
    source = with_parts(source, {"id": name})
    refuse_problems(name, source, field="source")
    return _draft(actor, name, title, source, own_pathway_id)


def _draft(
    actor: Actor,
    name: str,
    title: str,
    source: str,
    key: UUID | None,
    copied_from: str | None = None,
) -> OwnPathway:
    own = OwnPathway(
        id=key or uuid4(),
        pathway=name,
        title=_title(title),
        source=source,
        copied_from=copied_from,
        changed_at=clock.now(),
        changed_by_name=actor.name,
    )
    db.session.add(own)
    return own


@operation(Permission.MANAGE_PATHWAYS, on="own", action="pathway.changed")
def change_parts(*, actor: Actor, own: OwnPathway, parts: Mapping[str, Any]) -> OwnPathway:
    """Write top keys of the draft anew. A draft may be wrong for a while; publishing is not."""
    return _changed(actor, own, with_parts(own.source, parts))


@operation(Permission.MANAGE_PATHWAYS, on="own", action="pathway.changed")
def replace_text(*, actor: Actor, own: OwnPathway, source: str) -> OwnPathway:
    """Put another text in the draft's place. Raises `Invalid` where it is no YAML of a pathway."""
    if _values(source).get("id") != own.pathway:
        raise Invalid(f"The id has to stay {own.pathway}.", field="source")
    return _changed(actor, own, source)


def _changed(actor: Actor, own: OwnPathway, source: str) -> OwnPathway:
    title = _values(source).get("title")
    own.title = _title(title if isinstance(title, str) else "")
    own.source = source
    own.changed_at, own.changed_by_name = clock.now(), actor.name
    return own


@operation(Permission.MANAGE_PATHWAYS, on="own", action="pathway.published")
def publish_pathway(*, actor: Actor, own: OwnPathway, note: str, version: int | None) -> OwnPathway:
    """Make the draft a version that goals can be made from. Goals made before keep theirs.

    `version` is that of the draft which was looked at: nobody publishes what they have not seen.
    """
    if version != own.version:
        raise Conflict("The draft was changed meanwhile. Look at it again, then publish.")
    number = own.newest + 1
    source = with_parts(own.source, {"version": f"{number}.0.0"})
    refuse_problems(own.pathway, source)
    own.newest, own.source, own.retired_at = number, source, None
    own.changed_at, own.changed_by_name = clock.now(), actor.name
    db.session.add(
        PathwayVersion(
            own_pathway_id=own.id,
            number=number,
            title=own.title,
            source=source,
            note=note,
            published_at=clock.now(),
            published_by_name=actor.name,
        )
    )
    _stamp()
    return own


@operation(Permission.MANAGE_PATHWAYS, on="own", action="pathway.retired")
def retire_pathway(*, actor: Actor, own: OwnPathway) -> OwnPathway:
    """Offer it to nobody any more. Goals made from it keep it."""
    own.retired_at = own.retired_at or clock.now()
    _stamp()
    return own


@operation(Permission.MANAGE_PATHWAYS, on="own", action="pathway.restored")
def restore_pathway(*, actor: Actor, own: OwnPathway) -> OwnPathway:
    own.retired_at = None
    _stamp()
    return own


def _stamp() -> None:
    """Tell every process. It is no change of the community that an open form could miss."""
    db.session.execute(update(Community).values(pathways_stamp=uuid4()))


def _free_id(words: str, field: str) -> str:
    name = own_id(words)
    if name == OWN:
        raise Invalid(NOT_NAMED, field=field)
    if find_by_name(name) is not None:
        raise Invalid(TAKEN, field=field)
    return name


def _title(title: str) -> str:
    if not title.strip() or len(title) > LONGEST_TITLE:
        raise Invalid(f"Give a title of at most {LONGEST_TITLE} characters.", field="title")
    return title


def _values(source: str) -> dict[str, Any]:
    try:
        return values_of(source)
    except ContentError as error:
        raise Invalid(_said(error, source), field="source") from None


def refuse_problems(name: str, source: str, field: str | None = None) -> None:
    """Raise `Invalid` that names every problem with its place."""
    found = [Invalid(_said(each, source), field=field) for each in problems_of(name, source)]
    if found:
        raise Invalid(found[0].message, field=field, others=found[1:])


def _said(problem: ContentError, source: str) -> str:
    words = line_of(source, problem.line)
    quoted = f", “{words}”" if words else ""
    return f"Line {problem.line}{quoted}: {problem.reason}."
