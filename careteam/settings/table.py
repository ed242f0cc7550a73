"""The settings there are; README shows the same table, and a test compares the two."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the settings table in README; a test compares the two."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting(
        "DATABASE_URL",
        "SQLite file in the data folder",
        "Database: `sqlite:///...` or `postgresql://...`",
    ),
    Setting("CARETEAM_DATA", "`var/`", "Folder of the database file and the secret key"),
    Setting("CARETEAM_HOST", "127.0.0.1", "Address the server listens on"),
    Setting("CARETEAM_PORT", "8000", "Port the server listens on"),
    Setting("CARETEAM_WORKERS", "number of cores", "Server processes, one thread each"),
    Setting("CARETEAM_DEMO", "1", "`0` starts an empty community instead of the worked example"),
    Setting(
        "CARETEAM_PUBLIC_URL",
        "none",
        "https address people reach it at; needed for links that leave",
    ),
    Setting(
        "CARETEAM_TRUSTED_HOSTS", "none", "Further host names to answer to, separated by commas"
    ),
    Setting(
        "CARETEAM_PROXY_HOPS", "0", "Reverse proxies in front whose forwarded headers are believed"
    ),
    Setting("CARETEAM_TIMEZONE", "Europe/London", "Decides today, every date and working day"),
    Setting(
        "CARETEAM_COUNTRY",
        "GB",
        "Two-letter country for towns, telephone numbers and emergency numbers",
    ),
    Setting("CARETEAM_REGION", "none; `ENG` for GB", "Part of the country, for public holidays"),
    Setting("CARETEAM_SMTP_HOST", "none", "Mail server; without one, mail is shown to be copied"),
    Setting("CARETEAM_SMTP_PORT", "587; 465 for `tls`, 25 for `none`", "Its port"),
    Setting(
        "CARETEAM_SMTP_SECURITY",
        "starttls",
        "`starttls`, `tls`, or `none`; certificates are always checked",
    ),
    Setting("CARETEAM_SMTP_USER", "none", "Name to sign in with at the mail server"),
    Setting("CARETEAM_SMTP_PASSWORD", "none", "Its password; never logged"),
    Setting("CARETEAM_SMTP_TIMEOUT", "60", "Seconds that one mail may take, 5 to 300"),
    Setting(
        "CARETEAM_MAIL_SENDER",
        "`careteam@` and the public host",
        "Address mail comes from; needed with a mail server",
    ),
    Setting(
        "CARETEAM_MAIL_FOLDER",
        "none",
        "Mail is written here instead, one file a message, for other programs",
    ),
    Setting(
        "CARETEAM_SECRET_KEY",
        "made once, kept in the data folder",
        "Signs cookies; 32 characters or more",
    ),
    Setting(
        "CARETEAM_ACTIVITY_HOSTS",
        "none; nothing is asked",
        "Servers whose public posts members may have counted, separated by commas",
    ),
    Setting("CARETEAM_LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR"),
)
