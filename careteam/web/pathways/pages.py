"""The list of pathways and one pathway whole."""

from __future__ import annotations

from typing import Any

from flask import g
from flask.typing import ResponseReturnValue

from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.domain.pathway import screening_groups
from careteam.domain.pathway.words import answer_words, rule_words
from careteam.features.pathways.content import OWN, broken_versions, load_content
from careteam.features.pathways.queries import list_own_pathways
from careteam.features.pathways.reading_out import (
    ANCHOR_WORDS,
    BASIS_WORDS,
    CONSULTED_WORDS,
    KIND_WORDS,
    VERDICT_WORDS,
    days_words,
    find_pathway,
    flags_by_urgency,
    list_pathways,
    weeks_words,
)
from careteam.web.frame.forms import page
from careteam.web.pathways.room import room


@room.get("/pathways", access=Permission.READ_PATHWAYS)
def pathway_list() -> ResponseReturnValue:
    is_steward = allowed(g.actor, Permission.MANAGE_PATHWAYS)
    own = list_own_pathways(g.actor) if is_steward else ()
    broken = {each.published.pathway for each in broken_versions()}
    return page("pathways/pathway_list.html", pathways=list_pathways(), own=own, broken=broken)


@room.get("/pathways/<pathway>", access=Permission.READ_PATHWAYS)
def pathway_show(pathway: str) -> ResponseReturnValue:
    content, found = load_content(), find_pathway(pathway)
    return page(
        "pathways/pathway_show.html",
        pathway=found,
        is_own=pathway.startswith(OWN),
        catalogue=content.catalogue,
        flags=flags_by_urgency(found),
        groups=screening_groups(found),
        rules=[rule_words(content, found, rule) for rule in found.rules],
        **_words(),
    )


def _words() -> dict[str, Any]:
    return {
        "anchors": ANCHOR_WORDS,
        "bases": BASIS_WORDS,
        "kinds": KIND_WORDS,
        "read": CONSULTED_WORDS,
        "verdicts": VERDICT_WORDS,
        "answer_words": answer_words,
        "days_words": days_words,
        "weeks_words": weeks_words,
    }
