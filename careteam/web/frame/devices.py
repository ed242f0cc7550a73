"""A few words by which a person recognises a browser; not the whole agent line."""

from flask import request

SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "Mac OS", "Linux")
BROWSERS = ("Firefox", "Edg", "Chrome", "Safari")


def device_words() -> str:
    """Of the browser that asks, such as "Firefox on Android"."""
    agent = request.user_agent.string
    system = next((name for name in SYSTEMS if name in agent), "Unknown system")
    browser = next((name for name in BROWSERS if name in agent), "browser")
    return f"{browser.replace('Edg', 'Edge')} on {system}"


def masked(email: str) -> str:
    """Enough of an address to know it by, not enough to write to it."""
    name, _, host = email.partition("@")
    return f"{name[:1]}•••@{host}"
