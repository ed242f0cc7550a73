"""YAML that somebody typed or brought: small, flat and plain, before anything else looks at it."""

from __future__ import annotations

from typing import Any

import yaml

from careteam.features.pathways.reading.entry import (
    LOADER,
    ContentError,
    Entry,
    entry_of,
    scalar_of,
)
from careteam.kit.text import UNSTORABLE

LARGEST = 256 * 1024
"""Characters; several times the longest shipped pathway."""
DEEPEST = 12
MOST_EVENTS = 60_000


def read_typed(file: str, source: str) -> Entry:
    """The top mapping of a typed text. Raises ContentError for whatever a pathway never needs:
    references (a few lines of them unfold to gigabytes), tags, deep nesting, control characters.
    """
    return entry_of(file, compose_typed(file, source), "")


def compose_typed(file: str, source: str) -> yaml.Node:
    """The text as nodes with their places. Raises ContentError."""
    if len(source) > LARGEST:
        raise ContentError(file, 1, f"longer than {LARGEST // 1024} thousand characters")
    try:
        _check(file, source)
        node = yaml.compose(source, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContentError(file, line, f"not valid YAML: {error.problem}") from error
    except (yaml.YAMLError, UnicodeError) as error:
        raise ContentError(file, 1, "holds characters that are no text") from error
    if node is None:
        raise ContentError(file, 1, "the file is empty")
    return node


def plain(node: yaml.Node) -> Any:
    """What a node says, as dicts, lists and single values, read as the pathway reader reads it."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(each) for each in node.value]
    assert isinstance(node, yaml.ScalarNode)
    return scalar_of(node)


def _check(file: str, source: str) -> None:
    depth = 0
    event: Any
    for number, event in enumerate(yaml.parse(source, Loader=LOADER)):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise ContentError(file, line, "references (& and *) are not read: write it out")
        if getattr(event, "tag", None):
            raise ContentError(file, line, f"the tag {event.tag} is not read: leave it out")
        if isinstance(event, yaml.ScalarEvent) and UNSTORABLE.search(event.value):
            raise ContentError(file, line, "a control character stands here")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise ContentError(file, line, f"nested deeper than {DEEPEST} levels")
        if number > MOST_EVENTS:
            raise ContentError(file, line, "holds more entries than a pathway can have")
