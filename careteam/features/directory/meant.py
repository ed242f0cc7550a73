"""The disciplines somebody may have meant by words that find nobody: a slip, or what they need."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flask import current_app

from careteam.domain.importing import nearest_disciplines
from careteam.domain.importing.words import fold
from careteam.domain.pathway.catalogue import Content
from careteam.features.directory.catalogue import discipline_labels, label_of

MOST = 3
_SHORTEST = 4
_WORDLESS = frozenset("someone somebody anyone with good help helps need needs that".split())
"""Words of a question that name no need."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A discipline that may be meant, with its label."""

    id: str
    label: str


def meant_by(typed: str) -> tuple[Meant, ...]:
    """Up to three: spelt nearly so, else those who most often see to the need that is named."""
    ids = nearest_disciplines(typed, discipline_labels(), MOST) or _for_need(typed)
    return tuple(Meant(id_, label_of(id_)) for id_ in ids)


def _for_need(typed: str) -> tuple[str, ...]:
    """The roles that cover the factors named in the words, the commonest over all pathways, the
    community's own among them; where no factor is named, those of the pathways whose title is.
    """
    content: Content = current_app.extensions["careteam_pathways"]()
    words = [word for word in fold(typed).split() if len(word) >= _SHORTEST]
    asked = {word for word in words if word not in _WORDLESS}
    factors = {
        factor.id
        for factor in content.catalogue.factors.values()
        if asked & set(fold(factor.label).split())
    }
    counted = Counter(
        role.discipline
        for pathway in content.pathways.values()
        for role in pathway.roles
        if factors & set(role.covers) or (not factors and asked & set(fold(pathway.title).split()))
    )
    ordered = sorted(counted, key=lambda id_: (-counted[id_], id_))
    return tuple(ordered[:MOST])
