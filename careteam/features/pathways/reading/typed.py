"""YAML that somebody typed or brought: small, flat and plain, before anything else looks at it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import yaml

from careteam.features.pathways.reading.entry import (
    LOADER,
    ContentError,
    Entry,
    entry_of,
    scalar_of,
)
from careteam.features.pathways.reading.saying import unreadable
from careteam.kit.text import UNSTORABLE

LARGEST = 256 * 1024
"""Characters; several times the longest shipped pathway."""
DEEPEST = 12
MOST_EVENTS = 60_000
NO_TEXT = "the text holds signs that cannot be read: save it as plain text (UTF-8)"


def read_typed(file: str, source: str) -> Entry:
    """The top mapping of a typed text. Raises ContentError for whatever a pathway never needs:
    references (a few lines of them unfold to gigabytes), tags, deep nesting, control characters.
    """
    return entry_of(file, compose_typed(file, source), "")


@lru_cache(maxsize=4)
def compose_typed(file: str, source: str) -> yaml.Node:
    """The text as nodes with their places, for reading only: one page asks for the same text
    several times. Raises ContentError.
    """
    if len(source) > LARGEST:
        raise ContentError(
            file, 1, f"the text is longer than {LARGEST // 1024} thousand characters"
        )
    try:
        _check(file, source)
        node = yaml.compose(source, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        raise ContentError(file, *unreadable(error)) from error
    except (yaml.YAMLError, UnicodeError) as error:
        raise ContentError(file, 1, NO_TEXT) from error
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
            raise ContentError(file, line, "words that begin with & or * go in quotes")
        if getattr(event, "tag", None):
            raise ContentError(file, line, "words that begin with ! go in quotes")
        if isinstance(event, yaml.ScalarEvent) and UNSTORABLE.search(event.value):
            raise ContentError(file, line, "an invisible sign stands here: type the words anew")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise ContentError(
                file,
                line,
                f"more than {DEEPEST} levels lie in each other: check indents and brackets",
            )
        if number > MOST_EVENTS:
            raise ContentError(file, line, "there are more entries than a pathway can have")
