"""Settings: read, checked, and written down."""

from __future__ import annotations

from pathlib import Path

import pytest

from careteam.settings import SETTINGS, Settings, SettingsError


def read(tmp_path: Path, **environ: str) -> Settings:
    return Settings.from_environ({"CARETEAM_DATA": str(tmp_path), **environ})


def test_nothing_set_is_a_local_community_on_sqlite(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path / 'careteam.sqlite3'}"
    assert (settings.host, settings.port, settings.demo) == ("127.0.0.1", 8000, True)
    assert not settings.links_can_leave


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("CARETEAM_PORT", "eighty", "whole number"),
        ("CARETEAM_PORT", "70000", "whole number"),
        ("CARETEAM_PORT", "٨٠٠٠", "whole number"),
        ("CARETEAM_DEMO", "maybe", "0 or 1"),
        ("CARETEAM_TIMEZONE", "Mars/Olympus", "time zone"),
        ("CARETEAM_PUBLIC_URL", "team.example.org", "like https"),
        ("CARETEAM_PUBLIC_URL", "https://team.example.org/path", "like https"),
        ("DATABASE_URL", "mysql://x", "sqlite"),
        ("DATABASE_URL", "sqlite:///:memory:", "sqlite"),
        ("CARETEAM_SECRET_KEY", "short", "32 characters"),
        ("CARETEAM_LOG_LEVEL", "LOUD", "one of"),
        ("CARETEAM_COUNTRY", "England", "two-letter"),
        ("CARETEAM_PROT", "8000", "not a setting"),
    ],
)
def test_wrong_setting_stops_the_start(tmp_path: Path, name: str, value: str, word: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read(tmp_path, **{name: value})
    assert len(refused.value.problems) == 1
    assert name.split("_", 1)[0] in refused.value.problems[0]
    assert word in refused.value.problems[0]


def test_every_problem_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        read(tmp_path, CARETEAM_PORT="x", CARETEAM_DEMO="x", CARETEAM_TIMEZONE="x")
    assert len(refused.value.problems) == 3


def test_postgresql_address_gets_its_driver(tmp_path: Path) -> None:
    settings = read(tmp_path, DATABASE_URL="postgres://me@db/careteam")
    assert settings.database_url == "postgresql+psycopg://me@db/careteam"


def test_public_address_is_a_trusted_host_and_lets_links_leave(tmp_path: Path) -> None:
    settings = read(tmp_path, CARETEAM_PUBLIC_URL="https://team.example.org")
    assert "team.example.org" in settings.trusted_hosts
    assert settings.links_can_leave
    assert not read(tmp_path, CARETEAM_PUBLIC_URL="http://localhost:8000").links_can_leave


def test_secret_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    first, second = read(tmp_path), read(tmp_path)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
    assert first.secret_key not in repr(first)


def test_readme_lists_every_setting_as_it_is() -> None:
    readme = Path("README.md").read_text(encoding="utf-8")
    for setting in SETTINGS:
        assert f"| `{setting.name}` | {setting.default} | {setting.meaning} |" in readme
