"""Templates compiled once and kept in a folder, as Python keeps its own modules.

A start compiles every template it shows anew, two seconds of a processor in all; read from here
it takes a thirtieth of that.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache
from jinja2.bccache import Bucket


class _Kept(FileSystemBytecodeCache):
    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):  # a full disk costs the copy, never the page
            super().dump_bytecode(bucket)


def keep_compiled(environment: Environment, folder: Path) -> None:
    """Keep compiled templates in `folder`; where it cannot be written they stay in memory.

    What lies there is run, so only the program's own account may write to it.
    """
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            environment.bytecode_cache = _Kept(str(folder))
