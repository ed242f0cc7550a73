"""A YAML mapping that knows its file and lines, so that every complaint can point at one."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypeVar

import yaml

from careteam.features.pathways.reading.saying import either, instead, unreadable

LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
"""The C parser where it is there: about ten times as quick, with the same line marks."""

ID = re.compile(r"[a-z][a-z0-9_]*")

Scalar = str | int | float | bool | None
W = TypeVar("W", bound=StrEnum)
T = TypeVar("T")


class ContentError(Exception):
    """A content file breaks a rule of its format. The start of the application stops.

    ``others`` are further entries of the same list that break one.
    """

    others: tuple["ContentError", ...] = ()

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}, line {line}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason

    @property
    def every(self) -> tuple["ContentError", ...]:
        return self, *self.others


@dataclass(frozen=True)
class Entry:
    """One mapping of a file; ``where`` names it in complaints, such as ``rule r_current``."""

    file: str
    line: int
    nodes: Mapping[str, yaml.Node]
    where: str = ""

    def fail(self, reason: str, key: str = "") -> NoReturn:
        """Raise ContentError at the line of ``key``, or of the entry."""
        node = self.nodes.get(key)
        line = node.start_mark.line + 1 if node is not None else self.line
        raise ContentError(self.file, line, f"{self.where}: {reason}" if self.where else reason)

    def named(self, where: str) -> "Entry":
        return Entry(self.file, self.line, self.nodes, where)

    def keys(self, required: str, optional: str = "") -> None:
        """Refuse an entry that lacks a required key or has one not named here."""
        needed, allowed = required.split(), required.split() + optional.split()
        for key in needed:
            if key not in self.nodes:
                self.fail(f'the line "{key}:" is missing')
        for key in self.nodes:
            if key not in allowed:
                self.fail(f'"{key}:" does not belong here{instead(key, allowed)}', key)

    def scalar(self, key: str) -> Scalar:
        node = self._node(key)
        if not isinstance(node, yaml.ScalarNode):
            self.fail(f'after "{key}:" one value is needed, no list and no further lines', key)
        return scalar_of(node)

    def text(self, key: str) -> str:
        """A text that is not empty."""
        value = self.scalar(key)
        if value is None or value == "":
            self.fail(f'words are needed after "{key}:"', key)
        if not isinstance(value, str) or not value.strip():
            self.fail(f'words are needed after "{key}:"; a number, yes or no goes in quotes', key)
        return value

    def text_or(self, key: str, default: str = "") -> str:
        return self.text(key) if key in self.nodes else default

    def text_or_null(self, key: str) -> str | None:
        return None if self.scalar(key) is None else self.text(key)

    def boolean(self, key: str) -> bool:
        value = self.scalar(key)
        if not isinstance(value, bool):
            self.fail(f'write true or false after "{key}:"', key)
        return value

    def integer(self, key: str) -> int:
        value = self.scalar(key)
        if not isinstance(value, int) or isinstance(value, bool):
            self.fail(f'write a whole number after "{key}:"', key)
        return value

    def integer_or_null(self, key: str) -> int | None:
        return None if self.scalar(key) is None else self.integer(key)

    def number(self, key: str) -> float:
        value = self.scalar(key)
        if not isinstance(value, int | float) or isinstance(value, bool):
            self.fail(f'write a number after "{key}:"', key)
        return value

    def word(self, key: str, words: type[W]) -> W:
        """One word of a closed list."""
        value = self.scalar(key)
        if value not in list(words):
            self.fail(f'"{value}" is not possible after "{key}:"; choose {either(words)}', key)
        return words(value)

    def known(self, key: str, names: Mapping[str, object] | set[str], what: str) -> str:
        """An id that has to be among ``names``."""
        value = self.text(key)
        if value not in names:
            self.fail(f'there is no {what} called "{value}"{instead(value, names)}', key)
        return value

    def id(self, key: str = "id") -> str:
        value = self.text(key)
        if not ID.fullmatch(value):
            words = f'"{value}" after "{key}:" has to be of small letters, digits and _'
            self.fail(f"{words}, a letter first", key)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; the list may be empty, a text may not."""
        return tuple(
            self._item(key, node, str, "a text; numbers, yes and no go in quotes")
            for node in self._list(key)
        )

    def texts_or_none(self, key: str) -> tuple[str, ...]:
        return self.texts(key) if key in self.nodes else ()

    def integers(self, key: str) -> tuple[int, ...]:
        return tuple(self._item(key, node, int, "a whole number") for node in self._list(key))

    def known_texts(
        self, key: str, names: Mapping[str, object] | set[str], what: str
    ) -> tuple[str, ...]:
        """A list of ids that all have to be among ``names``."""
        values = self.texts(key)
        for value in values:
            if value not in names:
                self.fail(f'there is no {what} called "{value}"{instead(value, names)}', key)
        return values

    def entry(self, key: str, where: str = "") -> "Entry":
        node = self._node(key)
        return entry_of(self.file, node, where or f"{self.where} {key}".strip())

    def entries(self, key: str, where: str = "") -> Iterator["Entry"]:
        """The mappings of a list."""
        for node in self._list(key):
            yield entry_of(self.file, node, where or self.where)

    def _node(self, key: str) -> yaml.Node:
        node = self.nodes.get(key)
        if node is None:
            self.fail(f'the line "{key}:" is missing')
        return node

    def _list(self, key: str) -> list[yaml.Node]:
        node = self._node(key)
        if not isinstance(node, yaml.SequenceNode):
            self.fail(
                f'after "{key}:" a list is needed, each entry on a line that begins with a dash',
                key,
            )
        return node.value

    def _item(self, key: str, node: yaml.Node, kind: type[T], words: str) -> T:
        value = scalar_of(node) if isinstance(node, yaml.ScalarNode) else None
        if not isinstance(value, kind) or isinstance(value, bool) or value == "":
            line = node.start_mark.line + 1
            reason = f'every entry of "{key}:" has to be {words}'
            raise ContentError(self.file, line, f"{self.where}: {reason}" if self.where else reason)
        return value


def read_file(path: Path) -> Entry:
    """The top mapping of a YAML file. Raises ContentError when it is no such file."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=LOADER)
    except UnicodeDecodeError as error:
        raise ContentError(path.name, 1, "the file is not UTF-8 text") from error
    except yaml.MarkedYAMLError as error:
        raise ContentError(path.name, *unreadable(error)) from error
    if node is None:
        raise ContentError(path.name, 1, "the file is empty")
    return entry_of(path.name, node, "")


def unique(
    parent: Entry, key: str, what: str, read: Callable[[Entry], T], name: str = "id"
) -> dict[str, T]:
    """The entries of a list by id, each read by ``read``; a double or ill-formed id is refused.

    All are read before the first wrong one is raised, with the others beside it.
    """
    found: dict[str, T] = {}
    wrong: list[ContentError] = []
    for item in parent.entries(key, what):
        try:
            identity = item.id(name)
            item = item.named(f"{what} {identity}")
            if identity in found:
                item.fail("stands in the list twice: take one out, or rename it", name)
            found[identity] = read(item)
        except ContentError as error:
            wrong += error.every
    if wrong:
        wrong[0].others = tuple(wrong[1:])
        raise wrong[0]
    return found


def entry_of(file: str, node: yaml.Node, where: str) -> Entry:
    """A mapping node as an entry. Raises ContentError for any other node and for a double key."""
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        reason = 'lines with a name and a colon are needed here, as in "title: Our words"'
        raise ContentError(file, line, f"{where}: {reason}" if where else reason)
    nodes: dict[str, yaml.Node] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in nodes:
            raise ContentError(
                file, key_node.start_mark.line + 1, f'"{key}:" stands here twice: take one out'
            )
        nodes[key] = value_node
    return Entry(file, line, nodes, where)


def scalar_of(node: yaml.ScalarNode) -> Scalar:
    """A single value; a number of more digits than anybody counts stays a text."""
    kind = node.tag.rsplit(":", 1)[-1]
    text = str(node.value)
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() in ("true", "yes", "on")
    if kind == "int" and re.fullmatch(r"[-+]?\d{1,15}", text):
        return int(text)
    if kind == "float" and re.fullmatch(r"[-+]?\d{0,15}\.\d{1,15}", text):
        return float(text)
    return text
