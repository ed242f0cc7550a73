"""Imported by the process of which servers are copies: what each would load again, or at the first
page that wants it."""

from __future__ import annotations

import phonenumbers.data  # noqa: F401

from careteam.cli.gate import leave_what_is_loaded
from careteam.features.pathways.content import shipped
from careteam.kit.holidays import public_holidays

shipped()
public_holidays("GB")
leave_what_is_loaded()
