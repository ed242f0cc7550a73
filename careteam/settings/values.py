"""What the settings are once they are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail leaves by. `security` is starttls, tls or none; `timeout` is in seconds."""

    host: str
    port: int
    security: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 60.0


@dataclass(frozen=True, slots=True)
class Settings:
    database_url: str
    data_folder: Path
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    demo: bool = True
    public_url: str | None = None
    trusted_hosts: tuple[str, ...] = LOCAL_HOSTS
    proxy_hops: int = 0
    timezone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/London"))
    country: str = "GB"
    region: str | None = None
    mail_server: MailServer | None = None
    mail_sender: str = "careteam@localhost"
    mail_folder: Path | None = None
    secret_key: str = field(default="", repr=False)
    activity_hosts: tuple[str, ...] = ()
    log_level: str = "INFO"
    testing: bool = False

    @property
    def is_https(self) -> bool:
        return bool(self.public_url and self.public_url.startswith("https://"))

    @property
    def links_can_leave(self) -> bool:
        """Whether a link sent to somebody else can be opened by them."""
        host = urlsplit(self.public_url or "").hostname or ""
        return self.is_https and host not in ("localhost", "127.0.0.1", "::1")

    @property
    def mail_leaves(self) -> bool:
        """Whether mail leaves by itself; otherwise it is shown to be copied."""
        return self.mail_server is not None or self.mail_folder is not None
