"""Reading the environment. Wrong settings stop the start, all of them named at once."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from careteam.kit.holidays import regions
from careteam.kit.telephones import is_country
from careteam.settings.table import SETTINGS
from careteam.settings.values import LOCAL_HOSTS, MailServer, Settings

PROJECT = Path(__file__).resolve().parents[2]
SMTP_PORTS = {"starttls": 587, "tls": 465, "none": 25}
HOST_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
MAIL_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")


class SettingsError(Exception):
    """One or more settings are wrong; `problems` holds a sentence for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read and check every setting. Raises `SettingsError` naming all that are wrong."""
    return _Reader(os.environ if environ is None else environ).read()


class _Reader:
    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[str] = []

    def read(self) -> Settings:
        known = {setting.name for setting in SETTINGS}
        for name in sorted(self.environ):
            if name.startswith("CARETEAM_") and name not in known:
                self.problems.append(f"{name} is not a setting; README lists those there are.")
        data = Path(self.text("CARETEAM_DATA") or PROJECT / "var").absolute()
        public_url = self.public_url()
        country = self.country()
        values = {
            "data_folder": data,
            "database_url": self.database_url(data),
            "host": self.text("CARETEAM_HOST") or "127.0.0.1",
            "port": self.number("CARETEAM_PORT", 8000, 1, 65535),
            "workers": self.number("CARETEAM_WORKERS", min(os.cpu_count() or 1, 8), 1, 64),
            "demo": self.flag("CARETEAM_DEMO", default=True),
            "public_url": public_url,
            "trusted_hosts": self.trusted_hosts(public_url),
            "proxy_hops": self.number("CARETEAM_PROXY_HOPS", 0, 0, 5),
            "timezone": self.timezone(),
            "country": country,
            "region": self.region(country),
            "mail_server": self.mail_server(),
            "mail_sender": self.mail_sender(public_url),
            "mail_folder": self.folder("CARETEAM_MAIL_FOLDER"),
            "activity_hosts": self.activity_hosts(),
            "log_level": self.choice("CARETEAM_LOG_LEVEL", ("INFO", "DEBUG", "WARNING", "ERROR")),
        }
        given_key = self.text("CARETEAM_SECRET_KEY")
        if given_key and len(given_key) < 32:
            self.problems.append("CARETEAM_SECRET_KEY needs 32 characters or more.")
        if self.problems:
            raise SettingsError(self.problems)
        return Settings(secret_key=given_key or _kept_secret(data), **values)  # type: ignore[arg-type]

    def text(self, name: str) -> str:
        return self.environ.get(name, "").strip()

    def number(self, name: str, default: int, low: int, high: int) -> int:
        given = self.text(name)
        if not given:
            return default
        if not (given.isascii() and given.isdigit()) or not low <= int(given) <= high:
            self.problems.append(
                f"{name} must be a whole number from {low} to {high}, not {given!r}."
            )
            return default
        return int(given)

    def flag(self, name: str, *, default: bool) -> bool:
        given = self.text(name).lower()
        if given in ("", "0", "1", "no", "yes", "false", "true", "off", "on"):
            return default if given == "" else given in ("1", "yes", "true", "on")
        self.problems.append(f"{name} must be 0 or 1, not {given!r}.")
        return default

    def choice(self, name: str, options: Iterable[str], *, capitals: bool = True) -> str:
        allowed = list(options)
        given = self.text(name).upper() if capitals else self.text(name).lower()
        if given and given not in allowed:
            self.problems.append(
                f"{name} must be one of {', '.join(filter(None, allowed))}, not {given!r}."
            )
        return given if given in allowed else allowed[0]

    def region(self, country: str) -> str | None:
        if not self.text("CARETEAM_REGION"):
            return None  # without asking for the regions, which takes long
        return self.choice("CARETEAM_REGION", ("", *regions(country))) or None

    def database_url(self, data: Path) -> str:
        given = self.text("DATABASE_URL")
        if not given:
            return f"sqlite:///{data / 'careteam.sqlite3'}"
        if given.startswith(("postgres://", "postgresql://")):
            return "postgresql+psycopg://" + given.split("://", 1)[1]
        if given.startswith("postgresql+psycopg://"):
            return given
        if given.startswith("sqlite:///") and given not in ("sqlite:///", "sqlite:///:memory:"):
            return "sqlite:///" + str(Path(given.removeprefix("sqlite:///")).absolute())
        self.problems.append(
            "DATABASE_URL must begin with sqlite:/// and name a file, or with postgresql://."
        )
        return given

    def public_url(self) -> str | None:
        given = self.text("CARETEAM_PUBLIC_URL").rstrip("/")
        if not given:
            return None
        parts = urlsplit(given)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
            self.problems.append(
                "CARETEAM_PUBLIC_URL must be like https://team.example.org, without a path."
            )
        elif parts.scheme == "http" and parts.hostname not in (*LOCAL_HOSTS, "::1"):
            self.problems.append(
                "CARETEAM_PUBLIC_URL must begin with https://: over http anybody on the way reads "
                "along, and browsers refuse the cookies."
            )
        return given

    def trusted_hosts(self, public_url: str | None) -> tuple[str, ...]:
        named = [
            part.strip() for part in self.text("CARETEAM_TRUSTED_HOSTS").split(",") if part.strip()
        ]
        public = urlsplit(public_url or "").hostname
        return tuple(dict.fromkeys([*LOCAL_HOSTS, *named, *([public] if public else [])]))

    def timezone(self) -> ZoneInfo:
        given = self.text("CARETEAM_TIMEZONE") or "Europe/London"
        try:
            return ZoneInfo(given)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self.problems.append(f"CARETEAM_TIMEZONE {given!r} is not a known time zone.")
            return ZoneInfo("UTC")

    def country(self) -> str:
        given = (self.text("CARETEAM_COUNTRY") or "GB").upper()
        if not is_country(given):
            self.problems.append("CARETEAM_COUNTRY must be a two-letter country code such as GB.")
        return given

    def mail_server(self) -> MailServer | None:
        host = self.text("CARETEAM_SMTP_HOST")
        # as it was given: a password may begin or end with a blank
        password = self.environ.get("CARETEAM_SMTP_PASSWORD", "")
        user = self.text("CARETEAM_SMTP_USER")
        security = self.choice("CARETEAM_SMTP_SECURITY", SMTP_PORTS, capitals=False)
        port = self.number("CARETEAM_SMTP_PORT", SMTP_PORTS[security], 1, 65535)
        timeout = self.number("CARETEAM_SMTP_TIMEOUT", 60, 5, 300)
        if not host:
            self.problems += [
                f"{name} says something of a mail server, but CARETEAM_SMTP_HOST names none."
                for name in sorted(self.environ)
                if name.startswith("CARETEAM_SMTP_") and self.text(name)
            ]
            return None
        self.check_mail_server(host, user, password, security)
        return MailServer(host, port, security, user, password, float(timeout))

    def check_mail_server(self, host: str, user: str, password: str, security: str) -> None:
        if not _is_host(host):
            self.problems.append(
                "CARETEAM_SMTP_HOST must be a name like smtp.example.org; the port has its own."
            )
        if bool(user) != bool(password):
            self.problems.append("CARETEAM_SMTP_USER and CARETEAM_SMTP_PASSWORD go together.")
        if not (user + password).isascii():
            self.problems.append(
                "CARETEAM_SMTP_USER and CARETEAM_SMTP_PASSWORD may hold ASCII characters only."
            )
        if user and security == "none" and host not in (*LOCAL_HOSTS, "::1"):
            self.problems.append(
                "CARETEAM_SMTP_SECURITY=none would send the password in the clear; "
                "it is for a mail server on this machine."
            )
        if self.text("CARETEAM_MAIL_FOLDER"):
            self.problems.append(
                "CARETEAM_SMTP_HOST and CARETEAM_MAIL_FOLDER are both set; mail leaves one way."
            )
        if not self.text("CARETEAM_MAIL_SENDER"):
            self.problems.append(
                "CARETEAM_MAIL_SENDER is missing: an address the mail server lets mail come from."
            )

    def mail_sender(self, public_url: str | None) -> str:
        given = self.text("CARETEAM_MAIL_SENDER")
        if given and not MAIL_ADDRESS.fullmatch(given):
            self.problems.append(
                "CARETEAM_MAIL_SENDER must be a plain address like careteam@example.org."
            )
        return given or f"careteam@{urlsplit(public_url or '').hostname or 'localhost'}"

    def activity_hosts(self) -> tuple[str, ...]:
        named = [each.strip().lower() for each in self.text("CARETEAM_ACTIVITY_HOSTS").split(",")]
        wrong = [each for each in named if each and not _is_public_name(each)]
        if wrong:
            self.problems.append(
                "CARETEAM_ACTIVITY_HOSTS must be names like public.api.bsky.app, separated by "
                f"commas, not {wrong[0]!r}."
            )
        return tuple(dict.fromkeys(filter(None, named)))

    def folder(self, name: str) -> Path | None:
        given = self.text(name)
        if given and Path(given).exists() and not Path(given).is_dir():
            self.problems.append(f"{name} must be a folder.")
        return Path(given).absolute() if given else None


def _is_public_name(text: str) -> bool:
    """A name with a dot, which is no address."""
    with suppress(ValueError):
        return not ip_address(text)
    return "." in text and HOST_NAME.fullmatch(text) is not None


def _is_host(text: str) -> bool:
    with suppress(ValueError):
        return bool(ip_address(text))
    return HOST_NAME.fullmatch(text) is not None


def _kept_secret(data: Path) -> str:
    """The signing key of this installation: made once, readable by its owner only."""
    path = data / "secret-key"
    data.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()
