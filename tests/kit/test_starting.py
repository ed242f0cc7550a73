"""What a process has loaded when it begins to answer."""

import subprocess
import sys

ASKED = """
import careteam, gc, sys
heavy = {"scipy.linalg", "scipy.optimize", "scipy.sparse", "scipy.spatial", "scipy.special"}
print(gc.isenabled(), gc.get_freeze_count() > 100_000, sorted(heavy & set(sys.modules)))
"""


def test_garbage_is_looked_for_but_not_in_what_stays_and_heavy_parts_wait() -> None:
    said = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)
    assert said.stdout.split("\n")[0] == "True True []"
