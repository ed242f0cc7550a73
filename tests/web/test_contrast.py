"""Colours of the screens against WCAG 2.2: text 4.5 to 1, edges and drawings 3 to 1."""

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).resolve().parents[2] / "careteam" / "static"
TOKEN = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")

GROUNDS = ("ground", "rail", "surface", "sunk")
SOFT_GROUNDS = ("wait-soft", "alert-soft", "info-soft", "good-soft")
TEXTS = [
    *[(text, ground) for text in ("ink", "ink-soft", "link") for ground in GROUNDS],
    *[("ink", ground) for ground in (*SOFT_GROUNDS, "brand-soft", "shade", "neutral-soft")],
    *[("ink-soft", ground) for ground in ("shade", "band", "band-other", *SOFT_GROUNDS)],
    *[(state, f"{state}-soft") for state in ("good", "wait", "alert", "info", "neutral")],
    *[(state, "surface") for state in ("good", "wait", "alert", "info", "neutral")],
    ("alert", "ground"),
    ("alert", "rail"),
    ("link", "brand-soft"),
    ("on-brand", "brand"),
    ("on-brand", "brand-deep"),
    ("on-alert", "alert-fill"),
    ("good", "band"),
    ("good", "band-other"),
]
EDGES = [
    *[("edge", ground) for ground in (*GROUNDS, "shade", "neutral-soft")],
    *[("focus", ground) for ground in (*GROUNDS, *SOFT_GROUNDS, "brand-soft")],
    *[("brand", ground) for ground in (*GROUNDS, "band", "band-other")],
    *[(line, "surface") for line in ("good-line", "alert-line", "info-line", "today", "good")],
    ("alert-line", "alert-soft"),
    ("alert-line", "rail"),
    ("today", "bar"),
    ("brand", "bar"),
    ("surface", "good"),
]


def tokens(scheme: str) -> dict[str, str]:
    column = {"light": 1, "dark": 2}[scheme]
    css = (STYLES / "app.css").read_text(encoding="utf-8")
    return {found[1]: found[column + 1] for found in TOKEN.finditer(css)}


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour `#rrggbb`, 0 to 1, as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def too_weak(pairs: list[tuple[str, str]], scheme: str, least: float) -> list[str]:
    colours = tokens(scheme)
    ratios = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}
    return [f"{a} on {b}: {ratio:.2f}" for (a, b), ratio in ratios.items() if ratio < least]


def test_contrast_of_known_colours_is_as_published() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_legible_on_every_ground(scheme: str) -> None:
    assert too_weak(TEXTS, scheme, 4.5) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_of_controls_and_drawings_stand_out(scheme: str) -> None:
    assert too_weak(EDGES, scheme, 3.0) == []


def test_components_name_no_colour_of_their_own() -> None:
    css = (STYLES / "kit.css").read_text(encoding="utf-8")
    named = [line.strip() for line in css.splitlines() if re.search(r"#[0-9a-f]{3,8}\b", line)]
    assert named == []
