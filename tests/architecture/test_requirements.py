"""What is installed is what is written down, to the last indirect package."""

from __future__ import annotations

import re
from importlib.metadata import requires, version

import pytest
from packaging.requirements import Requirement

from tests.support.sources import ROOT


def pins(name: str) -> dict[str, Requirement]:
    lines = [line.split("#")[0].strip() for line in (ROOT / name).read_text().splitlines()]
    wanted = [Requirement(line) for line in lines if line and not line.startswith("-")]
    return {plain(requirement.name): requirement for requirement in wanted}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def brought_in(requirement: Requirement) -> set[str]:
    """Packages that this one needs here, those of the extras asked for included."""
    found = set()
    for line in requires(requirement.name) or ():
        needed = Requirement(line)
        extras = [*requirement.extras, ""]
        if not needed.marker or any(needed.marker.evaluate({"extra": extra}) for extra in extras):
            found.add(plain(needed.name))
    return found


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_pinned_and_installed_so(name):
    wanted = pins(name)
    everything = wanted | pins("requirements.txt")

    loose = [str(r) for r in wanted.values() if [s.operator for s in r.specifier] != ["=="]]
    differing = [str(r) for r in wanted.values() if version(r.name) not in r.specifier]
    missing = {needed for r in wanted.values() for needed in brought_in(r)} - set(everything)

    assert (loose, differing, missing) == ([], [], set())


def test_requirements_name_no_address():
    text = (ROOT / "requirements.txt").read_text() + (ROOT / "requirements-dev.txt").read_text()
    assert "://" not in text
    assert "--" not in text


def test_each_direct_requirement_says_why():
    direct = (ROOT / "requirements.txt").read_text().split("# What these bring in")[0]
    silent = [line for line in direct.splitlines() if "==" in line and "  # " not in line]
    assert silent == []
