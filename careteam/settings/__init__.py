"""What the environment may set."""

from careteam.settings.reading import PROJECT, SettingsError, read_settings
from careteam.settings.table import SETTINGS, Setting
from careteam.settings.values import LOCAL_HOSTS, MailServer, Settings

__all__ = [
    "LOCAL_HOSTS",
    "PROJECT",
    "SETTINGS",
    "MailServer",
    "Setting",
    "Settings",
    "SettingsError",
    "read_settings",
]
