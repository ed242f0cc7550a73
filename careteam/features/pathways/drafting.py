"""A draft as text: one part of it is written anew, every other character stays as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping
from textwrap import indent, shorten
from typing import Any

import yaml

from careteam.features.pathways.content import OWN, shipped
from careteam.features.pathways.reading.entry import ContentError, entry_of
from careteam.features.pathways.reading.problems import list_problems
from careteam.features.pathways.reading.typed import compose_typed, plain, read_typed
from careteam.kit.text import folded

FILE = "the draft"
"""What complaints call a text that is no file yet."""
LONGEST_ID = 60
SHOWN = 60


class _Dumper(yaml.SafeDumper):
    """Lists are indented under their key, as the shipped files have them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def values_of(source: str) -> dict[str, Any]:
    """What a draft says, as plain values by top key. Raises ContentError where it is no mapping."""
    return _values(compose_typed(FILE, source))


def _values(node: yaml.Node) -> dict[str, Any]:
    return {key: plain(each) for key, each in entry_of(FILE, node, "").nodes.items()}


def with_parts(source: str, parts: Mapping[str, Any]) -> str:
    """The text with these top keys written anew. Raises ContentError as `values_of`."""
    for key, value in parts.items():
        source = _with_part(source, key, value)
    return source


def _with_part(source: str, key: str, value: Any) -> str:
    node = compose_typed(FILE, source)
    values = _values(node)
    assert isinstance(node, yaml.MappingNode)
    if key in values and values[key] == value:
        return source
    if node.flow_style or node.start_mark.column:
        return _dumped(values | {key: value})
    lines = source.replace("\r\n", "\n").splitlines(keepends=True)
    starts = [each.start_mark.line for each, _ in node.value] + [len(lines)]
    names = [str(each.value) for each, _ in node.value]
    if key not in names:
        return "".join(lines).rstrip("\n") + "\n" + _dumped({key: value})
    first = starts[names.index(key)]
    last = starts[names.index(key) + 1]
    while last > first + 1 and _is_between(lines[last - 1]):
        last -= 1
    old = node.value[names.index(key)][1]
    return "".join([*lines[:first], _written(key, value, old, lines[:last]), *lines[last:]])


def _written(key: str, value: Any, old: yaml.Node, lines: list[str]) -> str:
    """The part as text. Entries of a list that say what they said keep their lines, with the
    remarks among them. `lines` end where the part ends.
    """
    kept = _lines_by_entry(old, lines)
    if not isinstance(value, list) or not value or not kept:
        return _dumped({key: value})
    margin = " " * (old.start_mark.column)
    found = [f"{key}:\n"]
    for each in value:
        same = next((text for said, text in kept if said == each), None)
        found.append(same or indent(_dumped([each]), margin))
    return "".join(found)


def _lines_by_entry(old: yaml.Node, lines: list[str]) -> list[tuple[Any, str]]:
    """What each entry of a list says and the lines it stands on; none where they share lines."""
    if not isinstance(old, yaml.SequenceNode) or old.flow_style:
        return []
    starts = [each.start_mark for each in old.value]
    if any(lines[each.line][: each.column].strip() != "-" for each in starts):
        return []
    ends = [*(each.line for each in starts[1:]), len(lines)]
    texts = ["".join(lines[a.line : end]) for a, end in zip(starts, ends, strict=True)]
    whole = [each if each.endswith("\n") else each + "\n" for each in texts]
    return [(plain(node), text) for node, text in zip(old.value, whole, strict=True)]


def _is_between(line: str) -> bool:
    """A blank line or a remark at the margin: it belongs to what comes after it."""
    return not line.strip() or line.startswith("#")


def _dumped(values: Any) -> str:
    dumped: str = yaml.dump(values, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    return dumped


def own_id(words: str) -> str:
    """An id of the community's own out of a title or another id."""
    plain_words = "_".join(re.findall(r"[a-z0-9]+", folded(words)))[:LONGEST_ID].strip("_")
    return plain_words if plain_words.startswith(OWN) else OWN + plain_words


def line_of(source: str, number: int) -> str:
    """The words of that line, as far as they help to find it."""
    lines = source.splitlines()
    words = lines[number - 1] if 0 < number <= len(lines) else ""
    return shorten("".join(each for each in words if each.isprintable()), SHOWN, placeholder="...")


def problems_of(name: str, source: str) -> tuple[ContentError, ...]:
    """Everything the validator says against a text that is to be the pathway `name`."""
    base = shipped()
    try:
        return list_problems(read_typed(f"{name}.yaml", source), base.catalogue, base.pathways)
    except ContentError as error:
        return error.every
