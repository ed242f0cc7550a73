"""The disciplines of the content that the application was started with, for the directory."""

from __future__ import annotations

from collections.abc import Mapping

from flask import current_app

from careteam.domain.pathway.catalogue import Catalogue, Content


def catalogue() -> Catalogue:
    content: Content = current_app.extensions["careteam_content"]
    return content.catalogue


def discipline_labels() -> dict[str, str]:
    """Label by id, in the order of the catalogue."""
    return {id_: discipline.label for id_, discipline in catalogue().disciplines.items()}


def label_of(discipline: str) -> str:
    """The label, or the id itself when the catalogue no longer has it."""
    known = catalogue().disciplines.get(discipline)
    return known.label if known else discipline


def disciplines_by_group() -> Mapping[str, list[tuple[str, str]]]:
    """Pairs (id, label) under each group's label, in the order of the catalogue."""
    grouped: dict[str, list[tuple[str, str]]] = {
        group.label: [] for group in catalogue().groups.values()
    }
    for id_, discipline in catalogue().disciplines.items():
        grouped[catalogue().groups[discipline.group].label].append((id_, discipline.label))
    return grouped


def country() -> str:
    """The country (ISO 3166) that towns and telephone numbers without one belong to."""
    code: str = current_app.extensions["careteam_settings"].country
    return code
