"""A community in another part of the country, with other days off."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask


def in_region(app: Flask, monkeypatch: pytest.MonkeyPatch, region: str) -> None:
    """`ENG`, `SCT` or another code of `CARETEAM_REGION`, until the test ends."""
    settings = replace(app.extensions["careteam_settings"], region=region)
    monkeypatch.setitem(app.extensions, "careteam_settings", settings)
