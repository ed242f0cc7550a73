"""Where the tests' Chromium is, and what it needs to run.

Looked for in this order: the one named by CHROMIUM; the one from npm that `tools/setup.py --dev`
brings to machines it is built for; an installed one (docs/decisions/0014-the-tests-browser.md).
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import platform
import shutil
import tarfile
from functools import cache
from pathlib import Path
from typing import Any

import brotli

ROOT = Path(__file__).resolve().parents[2]
BUILT_FOR = ("x86_64", "AMD64")
INSTALLED = ("chromium", "google-chrome")
PACKED = ROOT / "node_modules" / "@sparticuz" / "chromium" / "bin"
UNPACKED = ROOT / ".cache" / "chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
)
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}/fonts</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""
MISSING = (
    "No Chromium for the browser tests. Install one: apt-get install chromium"
    "   or, without root: python3 tools/setup.py --dev"
)


class NoBrowserError(Exception):
    """There is no browser; the message is the line that installs one."""


@cache
def launch_arguments() -> dict[str, Any]:
    """For Playwright's `launch`. Raises NoBrowserError when there is nothing to launch."""
    named = os.environ.get("CHROMIUM")
    if not named and platform.machine() in BUILT_FOR and (PACKED / "chromium.br").is_file():
        return from_npm()
    installed = named or next(filter(None, map(shutil.which, INSTALLED)), None)
    if installed is None:
        raise NoBrowserError(MISSING)
    return {"executable_path": installed, "args": list(ARGUMENTS)}


def from_npm() -> dict[str, Any]:
    folder = unpack(PACKED, UNPACKED)
    libraries = f"{folder / 'lib'}:{os.environ.get('LD_LIBRARY_PATH', '')}".rstrip(":")
    return {
        "executable_path": str(folder / "chromium"),
        "args": list(ARGUMENTS),
        "env": {
            **os.environ,
            "LD_LIBRARY_PATH": libraries,
            "FONTCONFIG_FILE": str(folder / "fonts.conf"),
        },
    }


def unpack(packed: Path, target: Path) -> Path:
    """Unpack browser, libraries and fonts once a version; safe with several processes at once."""
    folder = target / hashlib.sha256((packed / "chromium.br").read_bytes()).hexdigest()[:16]
    target.mkdir(parents=True, exist_ok=True)
    with (target / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            half = folder.with_suffix(".half")
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir()
            (half / "chromium").write_bytes(plain(packed / "chromium.br"))
            (half / "chromium").chmod(0o755)
            for archive in ("al2023.tar.br", "fonts.tar.br"):
                with tarfile.open(fileobj=io.BytesIO(plain(packed / archive))) as files:
                    # An early 3.11 has no filters; the lockfile vouches for the archive.
                    files.extraction_filter = getattr(tarfile, "data_filter", None)
                    files.extractall(half)  # noqa: S202
            (half / "fonts.conf").write_text(FONTS.format(folder=folder))
            half.rename(folder)
    return folder


def plain(path: Path) -> bytes:
    data: bytes = brotli.decompress(path.read_bytes())
    return data
