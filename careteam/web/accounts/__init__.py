"""Setting up, signing in and out, one's own account, and the steward's list of accounts."""

from careteam.web.accounts import account, community, entry, silence, stewards
from careteam.web.accounts.room import room

__all__ = ["account", "community", "entry", "room", "silence", "stewards"]
