"""Sizes, pages without inline code, and files that speak of no one machine."""

from __future__ import annotations

import json
import re

import pytest

from tests.support.sources import ROOT, all_files, files, named

BINARY = re.compile(rb"\x00")
INLINE = re.compile(
    r"""<script(?![^>]*\ssrc=)|<style\b|\sstyle\s*=\s*["'{]|\son[a-z]+\s*=\s*["'{]|javascript:""",
    re.IGNORECASE,
)
MACHINE = re.compile(r"(?<![\w.])/(?:work|root)/\w|(?<![\w.])/home/(?!careteam\b)\w")
REGISTRY = re.compile(r"https?://(?:registry|files|pypi|index)\.[\w.-]+", re.IGNORECASE)


@pytest.mark.parametrize(
    ("folder", "ending", "limit"),
    [
        ("careteam", ".py", 350),
        ("tests", ".py", 350),
        ("tools", ".py", 350),
        ("templates", ".html", 120),
    ],
)
def test_files_are_short_enough_to_read(folder, ending, limit):
    """Migrations are written once and read from the top; they may be long."""
    lengths = {
        named(path): len(path.read_text().splitlines())
        for path in files(folder, endings=(ending,))
        if "migrations" not in path.parts
    }
    assert {place: length for place, length in lengths.items() if length > limit} == {}


def test_pages_hold_no_inline_code_or_style():
    """The content policy would refuse it. Mails and PDF have their own rules."""
    found = [
        named(path, number)
        for path in files("templates", endings=(".html", ".svg"))
        if not {"emails", "pdf"} & set(path.relative_to(ROOT).parts)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if INLINE.search(line)
    ]
    assert found == []


def test_no_file_names_a_folder_of_one_machine():
    found = [
        named(path, number)
        for path in all_files()
        if not BINARY.search(path.read_bytes()[:1024])
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if MACHINE.search(line)
    ]
    assert found == []


def test_lockfile_names_no_host_and_pins_every_package():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}

    assert not REGISTRY.search((ROOT / "package-lock.json").read_text())
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []
