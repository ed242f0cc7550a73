"""Settings: read, checked, and written down."""

from __future__ import annotations

from pathlib import Path

import pytest

from careteam.settings import SETTINGS, Settings, SettingsError, read_settings


def read(tmp_path: Path, **environ: str) -> Settings:
    return read_settings({"CARETEAM_DATA": str(tmp_path), **environ})


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
        ("CARETEAM_COUNTRY", "ZZ", "two-letter"),
        ("CARETEAM_REGION", "XYZ", "must be one of ENG"),
        ("CARETEAM_PUBLIC_URL", "http://team.example.org", "must begin with https://"),
        ("CARETEAM_PROT", "8000", "not a setting"),
    ],
)
def test_wrong_setting_stops_the_start(tmp_path: Path, name: str, value: str, word: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read(tmp_path, **{name: value})
    assert len(refused.value.problems) == 1
    assert name.split("_", 1)[0] in refused.value.problems[0]
    assert word in refused.value.problems[0]


MAIL = {"CARETEAM_SMTP_HOST": "smtp.example.org", "CARETEAM_MAIL_SENDER": "team@example.org"}


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"CARETEAM_SMTP_HOST": "smtp.example.org:587"}, "port has its own"),
        ({"CARETEAM_SMTP_HOST": "https://smtp.example.org"}, "must be a name"),
        ({"CARETEAM_SMTP_PORT": "0"}, "whole number"),
        ({"CARETEAM_SMTP_SECURITY": "ssl"}, "one of starttls, tls, none"),
        ({"CARETEAM_SMTP_TIMEOUT": "0"}, "from 5 to 300"),
        ({"CARETEAM_SMTP_USER": "team"}, "go together"),
        ({"CARETEAM_SMTP_PASSWORD": "secret"}, "go together"),
        (
            {"CARETEAM_SMTP_USER": "team", "CARETEAM_SMTP_PASSWORD": "пароль"},
            "ASCII",
        ),
        (
            {
                "CARETEAM_SMTP_USER": "team",
                "CARETEAM_SMTP_PASSWORD": "secret",
                "CARETEAM_SMTP_SECURITY": "none",
            },
            "in the clear",
        ),
        ({"CARETEAM_MAIL_FOLDER": "mail"}, "both set"),
        ({"CARETEAM_MAIL_SENDER": ""}, "CARETEAM_MAIL_SENDER is missing"),
        ({"CARETEAM_MAIL_SENDER": "Team <team@example.org>"}, "plain address"),
    ],
)
def test_wrong_or_half_given_mail_server_stops_the_start(
    tmp_path: Path, more: dict[str, str], word: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        read(tmp_path, **{**MAIL, **more})
    assert len(refused.value.problems) == 1
    assert word in refused.value.problems[0]
    assert "secret" not in str(refused.value)


def test_settings_of_a_mail_server_that_is_not_named_stop_the_start(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        read(tmp_path, CARETEAM_SMTP_PORT="587", CARETEAM_SMTP_USER="team")
    assert [problem.split()[0] for problem in refused.value.problems] == [
        "CARETEAM_SMTP_PORT",
        "CARETEAM_SMTP_USER",
    ]


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_port_follows_the_security(tmp_path: Path, security: str, port: int) -> None:
    server = read(tmp_path, **MAIL, CARETEAM_SMTP_SECURITY=security).mail_server
    assert server is not None
    assert (server.host, server.port, server.security) == ("smtp.example.org", port, security)


def test_password_of_the_mail_server_is_kept_as_given_and_shown_nowhere(tmp_path: Path) -> None:
    given = {"CARETEAM_SMTP_USER": "team", "CARETEAM_SMTP_PASSWORD": " two words "}
    settings = read(tmp_path, **MAIL, **given)
    assert settings.mail_server is not None
    assert settings.mail_server.password == " two words "
    assert "two words" not in repr(settings)


def test_mail_comes_from_the_public_host_unless_said_otherwise(tmp_path: Path) -> None:
    public = {"CARETEAM_PUBLIC_URL": "https://team.example.org"}
    assert read(tmp_path, **public).mail_sender == "careteam@team.example.org"
    assert read(tmp_path, **public, **MAIL).mail_sender == "team@example.org"


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


def test_servers_to_count_posts_at_are_none_unless_named(tmp_path: Path) -> None:
    assert read(tmp_path).activity_hosts == ()
    named = read(tmp_path, CARETEAM_ACTIVITY_HOSTS="Public.api.bsky.app, social.example.org")
    assert named.activity_hosts == ("public.api.bsky.app", "social.example.org")
    for wrong in ("10.0.0.1", "localhost", "https://social.example.org"):
        with pytest.raises(SettingsError, match="CARETEAM_ACTIVITY_HOSTS"):
            read(tmp_path, CARETEAM_ACTIVITY_HOSTS=wrong)


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
