"""A profile as PDF, on one page."""

from __future__ import annotations

from dataclasses import asdict

from careteam.exports.typesetting import typeset
from careteam.features.relationships.profile import Profile
from careteam.kit.drawings import qr_picture


def profile_pdf(profile: Profile, address: str = "") -> bytes:
    """`address` shows the entry to whoever holds the sheet; empty where none does."""
    data = asdict(profile)
    del data["made_at"]
    data["paragraphs"] = profile.about.splitlines()
    more = {"address": address, "qr": qr_picture(address) if address else ""}
    return typeset("profile.typ", data | more, profile.made_at)
