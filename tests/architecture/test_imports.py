"""What may be imported where, beyond the contracts in pyproject.toml."""

from __future__ import annotations

import sys
import tomllib

import pytest

from tests.support.sources import ROOT, imports, modules, named

TRADE_MAY_IMPORT = {"networkx", "numpy", "rapidfuzz", "scipy", "careteam"}
WHO_REFERS_TO_THE_LEAD = ("careteam.domain.network.ego", "careteam.domain.network.ties")


def test_domain_imports_only_the_standard_library_and_mathematics():
    allowed = TRADE_MAY_IMPORT | sys.stdlib_module_names
    strangers = [
        f"{named(path, line)} imports {name}"
        for path, tree in modules("careteam/domain")
        for name, line in imports(tree)
        if name.split(".")[0] not in allowed
        or (name.startswith("careteam.") and not name.startswith("careteam.domain."))
    ]
    assert strangers == []


def test_domain_reads_no_clock():
    clocks = {"time", "now", "utcnow", "today", "monotonic"}
    readers = [
        f"{named(path, line)} imports {name}"
        for path, tree in modules("careteam/domain")
        for name, line in imports(tree)
        if name.split(".")[0] == "time" and name.split(".")[-1] in clocks
    ]
    assert readers == []


def test_kit_knows_nothing_of_care():
    knowing = [
        f"{named(path, line)} imports {name}"
        for path, tree in modules("careteam/kit")
        for name, line in imports(tree)
        if name.startswith("careteam.") and not name.startswith("careteam.kit")
    ]
    assert knowing == []


def test_matching_cannot_see_who_refers_to_the_lead():
    seeing = [
        f"{named(path, line)} imports {name}"
        for path, tree in modules("careteam/domain/matching")
        for name, line in imports(tree)
        if name.startswith(WHO_REFERS_TO_THE_LEAD)
    ]
    assert seeing == []


@pytest.mark.parametrize("folder", ["features", ""])
def test_every_package_stands_in_a_contract(folder):
    """A room or storey that no contract names would escape the order."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    container = "careteam.features" if folder else "careteam"
    layers = next(c["layers"] for c in contracts["contracts"] if c["containers"] == [container])
    placed = {name.strip("() ") for layer in layers for name in layer.split("|")}
    packages = {path.parent.name for path in (ROOT / "careteam" / folder).glob("*/__init__.py")}
    outside = {"content", "migrations"}  # data and scripts, imported by nobody

    assert packages - placed - outside == set()
